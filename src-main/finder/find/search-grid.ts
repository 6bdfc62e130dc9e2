import { voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/** A regular grid over a part of a volume: along its columns and rows, and upwards by position. */
export interface SearchGrid {
  readonly columns: number;
  readonly rows: number;
  readonly layers: number;
  /** Distance of neighbouring cells, mm. */
  readonly cellMm: readonly [column: number, row: number, layer: number];
  /** Voxel column and row of the middle of the first cell; fractional. */
  readonly firstColumn: number;
  readonly firstRow: number;
  /** Voxels from cell to cell along a row and along a column. */
  readonly columnStep: number;
  readonly rowStep: number;
  /** Position of the first layer along the slice normal, mm. */
  readonly firstMm: number;
  /** Standard deviation of the blur that its values have, by axis, mm. */
  readonly blurMm: readonly [column: number, row: number, layer: number];
}

/** A grid with values. */
export interface GridValues {
  readonly grid: SearchGrid;
  /** layers x rows x columns values, column fastest. */
  readonly values: Float32Array;
}

/** Cells of a line that may hold something: from (inclusive) and to (exclusive) per line, one line per row of each layer. */
export type LineSpans = Int32Array;

/**
 * The slice nearest below a position and how far on the way to the next one it lies.
 *
 * @param volume - At least one slice.
 * @param positionMm - Along the slice normal.
 * @returns Fractional slice index, held within the volume's slices.
 */
export function sliceAtPosition({ slices }: Pick<CtVolume, 'slices'>, positionMm: number): number {
  let low = 0;
  let high = Math.max(0, slices.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((slices[middle]?.positionMm ?? 0) <= positionMm) low = middle;
    else high = middle - 1;
  }
  const from = slices[low]?.positionMm ?? 0;
  const to = slices[low + 1]?.positionMm ?? from + 1;
  return Math.min(Math.max(low + (positionMm - from) / (to - from), 0), slices.length - 1);
}

/**
 * Maps a cell of a grid to the volume.
 *
 * @param volume - That the grid lies over.
 * @param grid - The grid.
 * @param cell - Column, row and layer; may be fractional.
 * @returns Fractional column, row and slice of the volume.
 */
function cellToVoxel(volume: Pick<CtVolume, 'slices'>, grid: SearchGrid, [column, row, layer]: readonly [number, number, number]): readonly [number, number, number] {
  return [grid.firstColumn + column * grid.columnStep, grid.firstRow + row * grid.rowStep, sliceAtPosition(volume, grid.firstMm + layer * grid.cellMm[2])];
}

/**
 * Maps a cell of a grid to the patient.
 *
 * @param volume - That the grid lies over.
 * @param grid - The grid.
 * @param cell - Column, row and layer; may be fractional.
 */
export function cellToPatient(volume: CtVolume, grid: SearchGrid, cell: readonly [number, number, number]): PatientPoint {
  return voxelToPatient(volume, ...cellToVoxel(volume, grid, cell));
}
