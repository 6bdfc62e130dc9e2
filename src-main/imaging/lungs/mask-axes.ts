import type { CtVolume } from '../volume/ct-volume.ts';
import type { HounsfieldGrid } from './grid-reduce.ts';

/** How the axes of a grid's slices lie in the patient. */
export interface GridAxes {
  /** Which index runs from side to side of the patient; the other one runs from front to back. */
  readonly sideAxis: 'column' | 'row';
  /** Whether a higher index along it lies further to the patient's left. */
  readonly isTowardsLeft: boolean;
  /** Whether a higher index along the other one lies further to the patient's back. */
  readonly isTowardsBack: boolean;
}

/**
 * Tells from the affine of the slices, and never from the order of the array, which way the patient lies in a volume.
 *
 * @param volume - Of transverse slices; at least one.
 */
export function gridAxes({ slices }: Pick<CtVolume, 'slices'>): GridAxes {
  const affine = slices[0]?.affine;
  if (affine === undefined) return { sideAxis: 'column', isTowardsLeft: true, isTowardsBack: true };
  const { columnStep, rowStep } = affine;
  const alongColumns = columnStep[0] / Math.hypot(...columnStep);
  const alongRows = rowStep[0] / Math.hypot(...rowStep);
  // In LPS x grows towards the patient's left and y towards the back; rows and columns change places when the patient lay on the side.
  return Math.abs(alongColumns) >= Math.abs(alongRows)
    ? { sideAxis: 'column', isTowardsLeft: alongColumns > 0, isTowardsBack: rowStep[1] > 0 }
    : { sideAxis: 'row', isTowardsLeft: alongRows > 0, isTowardsBack: columnStep[1] > 0 };
}

/** A grid's slices seen from front to back: counts, and distances in the cells' array. */
export interface SideAndDepth {
  readonly sideCount: number;
  readonly sideStride: number;
  readonly sideMm: number;
  readonly depthCount: number;
  readonly depthStride: number;
}

/**
 * Counts and strides of a grid along the patient's axes.
 *
 * @param grid - The reduced volume.
 * @param axes - Of its slices.
 */
export function sideAndDepth({ columns, rows, cellMm }: HounsfieldGrid, { sideAxis }: GridAxes): SideAndDepth {
  return sideAxis === 'column'
    ? { sideCount: columns, sideStride: 1, sideMm: cellMm[0], depthCount: rows, depthStride: columns }
    : { sideCount: rows, sideStride: columns, sideMm: cellMm[1], depthCount: columns, depthStride: 1 };
}
