import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import { voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { cropPlane } from '../../imaging/pictures/plane.ts';
import { isToBeRead } from '../../imaging/pictures/tile-region.ts';

/** A place to keep clear of. */
export interface KeepClear {
  /** mm, LPS. */
  readonly centre: PatientPoint;
  readonly radiusMm: number;
}

/** Places that are looked at before there is said to be none. */
const mostTries = 400;
/** Aerated lung: what lies above in mean is dense or a wall; what lies below is no lung. */
const aeratedHu = [-990, -700] as const;
/** Cubes of this side are looked at as a whole, so that noise is not taken for a vessel, mm. */
const cubeMm = 2;
/** A cube with a mean above this holds a vessel or something denser. */
const quietBelowHu = -500;

/**
 * Draws places in the lungs at random until one is normal: aerated, and with nothing dense near it.
 *
 * @param volume - Voxels in HU.
 * @param mask - Its lungs.
 * @param options - radiusMm in plane and heightMm across (in all) that have to be quiet; avoid: places to keep clear of.
 * @returns mm, LPS; null where no place was found.
 */
export function findNormalPlace(
  volume: VoxelBlock, mask: LungMask,
  options: { readonly random: SeededGenerator; readonly avoid: readonly KeepClear[]; readonly radiusMm: number; readonly heightMm: number },
): PatientPoint | null {
  const { random, avoid, radiusMm, heightMm } = options;
  if (mask.kind !== 'lungs') return null;
  const cells = lungCells(mask);
  for (let attempt = 0; attempt < mostTries && cells.length > 0; attempt += 1) {
    const cell = cells[Math.floor(random() * cells.length)] ?? 0;
    const centre = cellCentre(volume, mask, cell);
    const isClear = avoid.every((place) => distance(centre, place.centre) >= place.radiusMm);
    if (isClear && isNormal(volume, centre, radiusMm, heightMm)) return centre;
  }
  return null;
}

function isNormal(volume: VoxelBlock, centre: PatientPoint, radiusMm: number, heightMm: number): boolean {
  const pixels = Math.max(2, Math.round((2 * radiusMm) / cubeMm));
  const layers = Math.max(1, Math.round(heightMm / cubeMm));
  const side = (2 * radiusMm) / pixels;
  let sum = 0;
  let count = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    const height = ((layer + 0.5) / layers - 0.5) * heightMm;
    const at: PatientPoint = [centre[0], centre[1], centre[2] + height];
    const crop = cropPlane(volume, { centre: at, plane: 'axial', fieldMm: 2 * radiusMm, pixels, thicknessMm: heightMm / layers });
    if (crop.touchesGap) return false;
    for (const [index, value] of crop.pixels.entries()) {
      const fromMiddle = Math.hypot((index % pixels) - (pixels - 1) / 2, Math.floor(index / pixels) - (pixels - 1) / 2) * side;
      if (fromMiddle > radiusMm) continue;
      if (value > quietBelowHu) return false;
      sum += value;
      count += 1;
    }
  }
  const mean = sum / Math.max(1, count);
  return count > 0 && mean > aeratedHu[0] && mean < aeratedHu[1];
}

function lungCells(mask: LungMask): readonly number[] {
  const cells: number[] = [];
  for (let cell = 0; cell < mask.labels.length; cell += 1) if (isToBeRead(mask.labels[cell])) cells.push(cell);
  return cells;
}

function cellCentre(volume: VoxelBlock, { columns, rows, step }: LungMask, cell: number): PatientPoint {
  const column = cell % columns;
  const row = Math.floor(cell / columns) % rows;
  const slice = Math.floor(cell / (columns * rows));
  const voxel = (index: number, size: number): number => index * size + (size - 1) / 2;
  return voxelToPatient(volume, voxel(column, step[0]), voxel(row, step[1]), Math.min(voxel(slice, step[2]), volume.slices.length - 1));
}

function distance(a: PatientPoint, b: PatientPoint): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
