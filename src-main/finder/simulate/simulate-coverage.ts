import { patientToVoxel, sliceNormal } from '../../imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { erf } from '../error-function.ts';
import type { ExamBlur } from '../exam-blur.ts';
import { smoothPicture } from '../gaussian-smooth.ts';
import { boxSize } from '../voxel-box.ts';
import type { VoxelBox } from '../voxel-box.ts';

/** How much of each voxel a form fills as the exam would show it. */
export interface Coverage {
  readonly box: VoxelBox;
  /** Shares 0 to 1, slice by slice and row by row of the box. */
  readonly shares: Float32Array;
}

/** Samples per pixel side. */
const fine = 3;

/**
 * Computes what an exam would show of a form: sampled finer than the voxels, averaged over the slice thickness, blurred like the exam.
 *
 * @param volume - Gives the grid.
 * @param centre - The form's origin, mm, LPS.
 * @param reachMm - No point of the form lies farther off.
 * @param contains - The form, mm from the centre along columns, rows and normal.
 * @param blur - Of the exam.
 * @returns The box is cut off at the volume's edges; null when nothing is left of it.
 */
export function coverageOf(
  volume: Omit<VoxelBlock, 'voxels'>, centre: PatientPoint, reachMm: number, contains: (x: number, y: number, z: number) => boolean, blur: ExamBlur,
): Coverage | null {
  const box = reachBox(volume, centre, reachMm, blur);
  if (box === null) return null;
  const [columns, rows, slices] = boxSize(box);
  const shares = new Float32Array(columns * rows * slices);
  for (let slice = 0; slice < slices; slice += 1) {
    shares.set(sliceShares(volume, centre, box, box.firstSlice + slice, reachMm, contains, blur), slice * columns * rows);
  }
  return { box, shares };
}

/** Heights of a slice that its average is taken over, mm from its middle, with weights that add up to 1: a box smoothed like the plane. */
function sliceProfile({ inPlaneMm, sliceMm }: ExamBlur, stepMm: number): readonly (readonly [offsetMm: number, weight: number])[] {
  const half = sliceMm / 2 + 2.5 * inPlaneMm;
  const count = Math.max(3, 2 * Math.ceil(half / stepMm) + 1);
  const weights = Array.from({ length: count }, (_, at) => {
    const offset = (2 * (at + 0.5) / count - 1) * half;
    return [offset, erf((offset + sliceMm / 2) / (Math.SQRT2 * inPlaneMm)) - erf((offset - sliceMm / 2) / (Math.SQRT2 * inPlaneMm))] as const;
  });
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return weights.map(([offset, weight]) => [offset, weight / sum]);
}

function reachBox({ columns, rows, slices, spacingMm }: Omit<VoxelBlock, 'voxels'>, centre: PatientPoint, reachMm: number, blur: ExamBlur): VoxelBox | null {
  const [column, row, slice] = patientToVoxel({ slices, spacingMm }, centre);
  const inPlane = reachMm + 3.2 * blur.inPlaneMm;
  const through = inPlane + blur.sliceMm / 2;
  const box = {
    firstColumn: Math.max(0, Math.ceil(column - inPlane / spacingMm[0])), lastColumn: Math.min(columns - 1, Math.floor(column + inPlane / spacingMm[0])),
    firstRow: Math.max(0, Math.ceil(row - inPlane / spacingMm[1])), lastRow: Math.min(rows - 1, Math.floor(row + inPlane / spacingMm[1])),
    firstSlice: Math.max(0, Math.ceil(slice - through / spacingMm[2])), lastSlice: Math.min(slices.length - 1, Math.floor(slice + through / spacingMm[2])),
  };
  return box.firstColumn > box.lastColumn || box.firstRow > box.lastRow || box.firstSlice > box.lastSlice ? null : box;
}

function sliceShares(
  volume: Omit<VoxelBlock, 'voxels'>, centre: PatientPoint, box: VoxelBox, slice: number, reachMm: number,
  contains: (x: number, y: number, z: number) => boolean, blur: ExamBlur,
): Float32Array {
  const { spacingMm } = volume;
  const [columns, rows] = boxSize(box);
  const fineColumns = columns * fine;
  const filled = new Float32Array(fineColumns * rows * fine);
  const heightMm = heightAbove(volume, centre, slice);
  // With a tilted gantry the point below the centre moves from slice to slice.
  const normal = sliceNormal(volume.slices);
  const foot: PatientPoint = [centre[0] + normal[0] * heightMm, centre[1] + normal[1] * heightMm, centre[2] + normal[2] * heightMm];
  const [footColumn, footRow] = patientToVoxel(volume, foot);
  for (const [offset, weight] of sliceProfile(blur, Math.min(0.35, Math.max(0.15, reachMm / 12)))) {
    const z = heightMm + offset;
    if (Math.abs(z) > reachMm) continue;
    for (let row = 0, at = 0; row < rows * fine; row += 1) {
      const y = (box.firstRow + (row - 1) / fine - footRow) * spacingMm[1];
      const spare = reachMm * reachMm - z * z - y * y;
      for (let column = 0; column < fineColumns; column += 1, at += 1) {
        const x = (box.firstColumn + (column - 1) / fine - footColumn) * spacingMm[0];
        if (x * x <= spare && contains(x, y, z)) filled[at] = (filled[at] ?? 0) + weight;
      }
    }
  }
  const blurred = smoothPicture(filled, fineColumns, [(blur.inPlaneMm * fine) / spacingMm[0], (blur.inPlaneMm * fine) / spacingMm[1]]);
  // Every third fine point lies on a pixel's centre.
  return Float32Array.from({ length: columns * rows }, (_, at) => blurred[(Math.floor(at / columns) * fine + 1) * fineColumns + (at % columns) * fine + 1] ?? 0);
}

function heightAbove({ slices }: Omit<VoxelBlock, 'voxels'>, centre: PatientPoint, slice: number): number {
  const normal = sliceNormal(slices);
  const origin = slices[slice]?.affine.origin ?? [0, 0, 0];
  return (origin[0] - centre[0]) * normal[0] + (origin[1] - centre[1]) * normal[1] + (origin[2] - centre[2]) * normal[2];
}
