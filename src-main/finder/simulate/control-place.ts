import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import type { VoxelBox } from '../voxel-box.ts';
import { patientToVoxel, voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import { lungLabels } from '../../imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { cropPlane } from '../../imaging/pictures/plane.ts';

/** A place to keep clear of. */
export interface KeepClear {
  /** mm, LPS. */
  readonly centre: PatientPoint;
  readonly radiusMm: number;
}

/** What place is looked for. */
export interface PlaceWish {
  readonly random: SeededGenerator;
  /** What has to be quiet around it: a ball of the radius, or a cylinder where it has a height (in all), mm. */
  readonly radiusMm: number;
  readonly heightMm?: number;
  /** No cube of 2 mm may have a higher mean, HU; default -500: there a vessel begins. */
  readonly quietBelowHu?: number;
  /** Share of the cubes that may have one nevertheless; default 0. */
  readonly mostDense?: number;
  /** Lung to look in; null: either. */
  readonly side: 'right' | 'left' | null;
  /** Voxels that it may lie in; default: all. */
  readonly within?: VoxelBox;
  readonly isClear: (centre: PatientPoint) => boolean;
}

/** Places that are looked at before there is said to be none. */
const mostTries = 400;
/** Aerated lung: what lies above in mean is dense or a wall; what lies below is no lung. */
const aeratedHu = [-990, -700] as const;
/** Cubes of this side are looked at as a whole, so that noise is not taken for a vessel, mm. */
const cubeMm = 2;
/** Of positions, in slices. */
const rounding = 1e-6;

/**
 * Draws places in the lungs at random until one is normal: aerated, and with nothing dense near it.
 *
 * @param volume - Voxels in HU.
 * @param mask - Its lungs.
 * @param wish - Where, and how much has to be quiet.
 * @returns mm, LPS; null where no place was found.
 */
export function findNormalPlace(volume: VoxelBlock, mask: LungMask, wish: PlaceWish): PatientPoint | null {
  const { random, side, within, isClear } = wish;
  if (mask.kind !== 'lungs') return null;
  const box = within ?? { firstColumn: 0, lastColumn: volume.columns - 1, firstRow: 0, lastRow: volume.rows - 1, firstSlice: 0, lastSlice: volume.slices.length - 1 };
  const cells = lungCells(mask, side, box);
  for (let attempt = 0; attempt < mostTries && cells.length > 0; attempt += 1) {
    const centre = cellCentre(volume, mask, cells[Math.floor(random() * cells.length)] ?? 0, box);
    if (isClear(centre) && isNormal(volume, centre, wish)) return centre;
  }
  return null;
}

function isNormal(volume: VoxelBlock, centre: PatientPoint, { radiusMm, heightMm, quietBelowHu = -500, mostDense = 0 }: PlaceWish): boolean {
  const high = heightMm ?? 2 * radiusMm;
  if (![-high / 2, high / 2].every((height) => isInScan(volume, [centre[0], centre[1], centre[2] + height]))) return false;
  const pixels = Math.max(2, Math.round((2 * radiusMm) / cubeMm));
  const layers = Math.max(1, Math.round(high / cubeMm));
  const side = (2 * radiusMm) / pixels;
  const sum = { hounsfield: 0, count: 0, dense: 0 };
  for (let layer = 0; layer < layers; layer += 1) {
    const height = ((layer + 0.5) / layers - 0.5) * high;
    const at: PatientPoint = [centre[0], centre[1], centre[2] + height];
    const crop = cropPlane(volume, { centre: at, plane: 'axial', fieldMm: 2 * radiusMm, pixels, thicknessMm: high / layers });
    if (crop.touchesGap) return false;
    const reachMm = heightMm === undefined ? Math.sqrt(radiusMm ** 2 - height ** 2) : radiusMm;
    for (const [index, value] of crop.pixels.entries()) {
      const fromMiddle = Math.hypot((index % pixels) - (pixels - 1) / 2, Math.floor(index / pixels) - (pixels - 1) / 2) * side;
      if (fromMiddle > reachMm) continue;
      if (value > quietBelowHu) sum.dense += 1;
      sum.hounsfield += value;
      sum.count += 1;
    }
    if (mostDense === 0 && sum.dense > 0) return false;
  }
  const mean = sum.hounsfield / Math.max(1, sum.count);
  return sum.count > 0 && sum.dense <= mostDense * sum.count && mean > aeratedHu[0] && mean < aeratedHu[1];
}

/** Beyond the first and the last slice is air, which would pass for quiet lung. */
function isInScan(volume: VoxelBlock, point: PatientPoint): boolean {
  const [, , slice] = patientToVoxel(volume, point);
  return slice >= -0.5 - rounding && slice <= volume.slices.length - 0.5 + rounding;
}

/** Cells of the lung that reach into the box. */
function lungCells({ labels, columns, rows, slices, step }: LungMask, side: PlaceWish['side'], box: VoxelBox): readonly number[] {
  const last = (voxel: number, size: number, count: number): number => Math.min(count - 1, Math.floor(voxel / size));
  const cells: number[] = [];
  for (let slice = Math.floor(box.firstSlice / step[2]); slice <= last(box.lastSlice, step[2], slices); slice += 1) {
    for (let row = Math.floor(box.firstRow / step[1]); row <= last(box.lastRow, step[1], rows); row += 1) {
      for (let column = Math.floor(box.firstColumn / step[0]); column <= last(box.lastColumn, step[0], columns); column += 1) {
        const cell = (slice * rows + row) * columns + column;
        if (isOfSide(labels[cell], side)) cells.push(cell);
      }
    }
  }
  return cells;
}

function isOfSide(label: number | undefined, side: PlaceWish['side']): boolean {
  return (side !== 'left' && label === lungLabels.rightLung) || (side !== 'right' && label === lungLabels.leftLung);
}

function cellCentre(volume: VoxelBlock, { columns, rows, step }: LungMask, cell: number, box: VoxelBox): PatientPoint {
  const voxel = (index: number, size: number, first: number, last: number): number => Math.min(Math.max(index * size + (size - 1) / 2, first), last);
  return voxelToPatient(
    volume,
    voxel(cell % columns, step[0], box.firstColumn, box.lastColumn),
    voxel(Math.floor(cell / columns) % rows, step[1], box.firstRow, box.lastRow),
    voxel(Math.floor(cell / (columns * rows)), step[2], box.firstSlice, box.lastSlice),
  );
}
