import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { ControlContent, SlabContent } from '../../imaging/pictures/panel-content.ts';
import { croppedAffine } from '../../imaging/pictures/picture.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import { seededGenerator } from '../seeded-generator.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import type { VoxelBox } from '../voxel-box.ts';
import { fillWithTexture } from './control-fill.ts';
import { lungShares } from './control-lung-shares.ts';
import { drawNodule, findNodulePlace, quietAroundMm } from './control-nodule.ts';
import type { KeepClear, PlaceWish } from './control-place.ts';
import { lungTexture } from './control-texture.ts';

/** A slab of other voxels. */
export interface ControlSlab {
  readonly block: VoxelBlock;
  readonly content: SlabContent;
}

/** The exam's blur reaches this much beyond what is to be kept clear of, mm. */
const blurMm = 2;

/**
 * Makes what a control for a slab is projected from: a copy of the slab's voxels in which the lung is empty, or in which a nodule lies
 * and nothing else that is to be kept clear of. Chest wall and mediastinum stay what they are.
 *
 * @param volume - Voxels in HU; left as they are.
 * @param mask - Its lungs.
 * @param control - Role, seed and size of the nodule.
 * @param like - The slab.
 * @param options - side: lung that a nodule lies in, null for either; avoid: places that must not be seen.
 * @returns Null where the lung has no quiet place.
 * @throws {RangeError} for a nodule that is not 3 to 30 mm.
 */
export function controlSlab(
  volume: VoxelBlock, mask: LungMask, { role, seed, diameterMm }: Pick<ControlContent, 'role' | 'seed' | 'diameterMm'>, like: SlabContent,
  { side, avoid }: { readonly side: PlaceWish['side']; readonly avoid: readonly KeepClear[] },
): ControlSlab | null {
  if (mask.kind !== 'lungs') return null;
  const random = seededGenerator(seed);
  const nodule = role === 'blank-control' ? null : nodulePlace(volume, mask, { random, like, side, diameterMm, avoid });
  if (role === 'nodule-control' && nodule === null) return null;
  const { block, start } = copySlab(volume, like);
  const lung = lungShares(block, start, mask);
  const shares = withPlaces(block, nodule === null ? lung.slice() : new Float32Array(lung.length), avoid);
  if (shares.some((share) => share > 0)) {
    const texture = lungTexture(volume, mask, { random, nearSlice: start[2] + (block.slices.length >> 1), avoid });
    if (texture === null) return null;
    fillWithTexture(block, lung, shares, texture, random);
  }
  if (nodule !== null) drawNodule(block, volume, nodule, diameterMm);
  return { block, content: contentOf(like, start[2]) };
}

/** A quiet place of the lung where as much of the nodule lies within the slab as fits. */
function nodulePlace(
  volume: VoxelBlock, mask: LungMask,
  { random, like: { slab, crop }, side, diameterMm, avoid }: {
    readonly random: SeededGenerator; readonly like: SlabContent; readonly side: PlaceWish['side']; readonly diameterMm: number; readonly avoid: readonly KeepClear[];
  },
): PatientPoint | null {
  const radiusMm = quietAroundMm(diameterMm);
  const [wide, high, thick] = [radiusMm / volume.spacingMm[0], radiusMm / volume.spacingMm[1], diameterMm / 2 / volume.spacingMm[2]];
  const [first, last] = [slab.sliceIndices[0] ?? 0, slab.sliceIndices.at(-1) ?? 0];
  // Where a slice is thicker than the nodule is high, half of it would be lost between two.
  const inset = thick < 1 ? 0 : Math.min(thick, (last - first) / 2);
  const within: VoxelBox = {
    firstColumn: crop.left + wide, lastColumn: crop.left + crop.columns - 1 - wide,
    firstRow: crop.top + high, lastRow: crop.top + crop.rows - 1 - high,
    firstSlice: first + inset, lastSlice: last - inset,
  };
  if (within.firstColumn > within.lastColumn || within.firstRow > within.lastRow) return null;
  const isClear = (centre: PatientPoint): boolean => avoid.every((place) => distance(centre, place.centre) > place.radiusMm + radiusMm + blurMm);
  // What lies above and below the slab is not seen.
  const slabMm = (last - first + 1) * volume.spacingMm[2];
  const wish = { random, radiusMm, ...(slabMm < 2 * radiusMm ? { heightMm: slabMm } : {}), side, within };
  // Near what is to be kept clear of is better than nowhere: it is taken away.
  return findNodulePlace(volume, mask, { ...wish, isClear }) ?? findNodulePlace(volume, mask, { ...wish, isClear: () => true });
}

/** The slab's part of the volume, with a slice more at either end. */
function copySlab(volume: VoxelBlock, { slab, crop }: SlabContent): { readonly block: VoxelBlock; readonly start: readonly [number, number, number] } {
  const first = Math.max(0, (slab.sliceIndices[0] ?? 0) - 1);
  const last = Math.min(volume.slices.length - 1, (slab.sliceIndices.at(-1) ?? 0) + 1);
  const voxels = new Int16Array((last - first + 1) * crop.rows * crop.columns);
  for (let line = 0; line < (last - first + 1) * crop.rows; line += 1) {
    const from = ((first + Math.floor(line / crop.rows)) * volume.rows + crop.top + (line % crop.rows)) * volume.columns + crop.left;
    voxels.set(volume.voxels.subarray(from, from + crop.columns), line * crop.columns);
  }
  const slices = volume.slices.slice(first, last + 1).map((slice) => ({ ...slice, affine: croppedAffine(slice.affine, crop.left, crop.top) }));
  return { block: { columns: crop.columns, rows: crop.rows, voxels, slices, spacingMm: volume.spacingMm }, start: [crop.left, crop.top, first] };
}

function contentOf({ slab, crop, ...how }: SlabContent, firstSlice: number): SlabContent {
  const moved = (indices: readonly number[]): readonly number[] => indices.map((index) => index - firstSlice);
  return {
    ...how,
    crop: { left: 0, top: 0, columns: crop.columns, rows: crop.rows },
    slab: { ...slab, sliceIndices: moved(slab.sliceIndices), undecodedSlices: moved(slab.undecodedSlices) },
  };
}

/** Adds the voxels of places, fading out around them; whether they are lung or its wall does not count. */
function withPlaces(block: VoxelBlock, shares: Float32Array<ArrayBuffer>, places: readonly KeepClear[]): Float32Array<ArrayBuffer> {
  const { columns, rows, slices, spacingMm } = block;
  for (const { centre, radiusMm } of places) {
    const reach = radiusMm + blurMm;
    const [wide, high] = [Math.ceil(reach / spacingMm[0]), Math.ceil(reach / spacingMm[1])];
    for (const [slice, { affine }] of slices.entries()) {
      const near = nearestPixel(affine, centre, spacingMm);
      for (let row = Math.max(0, near.row - high); row <= Math.min(rows - 1, near.row + high); row += 1) {
        for (let column = Math.max(0, near.column - wide); column <= Math.min(columns - 1, near.column + wide); column += 1) {
          const at = (slice * rows + row) * columns + column;
          const share = Math.min(1, (reach - distance(pixelToPatient(affine, column, row), centre)) / blurMm);
          shares[at] = Math.max(shares[at] ?? 0, share);
        }
      }
    }
  }
  return shares;
}

function nearestPixel({ origin, columnStep, rowStep }: VoxelBlock['slices'][number]['affine'], point: PatientPoint, [wide, high]: VoxelBlock['spacingMm']): { readonly column: number; readonly row: number } {
  const along = (step: PatientPoint): number => step.reduce((sum, part, axis) => sum + part * ((point[axis] ?? 0) - (origin[axis] ?? 0)), 0);
  return { column: Math.round(along(columnStep) / wide ** 2), row: Math.round(along(rowStep) / high ** 2) };
}

function distance(a: PatientPoint, b: PatientPoint): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
