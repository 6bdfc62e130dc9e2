import { AppError } from '../../../src-shared/domain/errors.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import { loadKernel } from '../../platform/load-kernel.ts';
import type { SearchGrid } from './search-grid.ts';

interface ResampleKernel {
  reserve(bytes: number): number;
  reduce(
    pixels: number, stride: number, line: number, width: number, plane: number, columns: number, rows: number,
    downFirst: number, downShares: number, downCount: number, acrossFirst: number, acrossShares: number, acrossCount: number, least: number, most: number,
  ): void;
}

/** Density outside of which nothing is told apart: gas below, tissue above, HU. */
const heldHu = { least: -1000, most: 60 } as const;

/**
 * Averages the pixels of a slice under each cell of a grid, in WebAssembly; its memory lives as long as it does.
 *
 * @param volume - The series.
 * @param grid - Over it.
 * @returns Takes a slice; gives HU held between gas and tissue, columns x rows of the grid, in memory of their own.
 * @throws {AppError} 'volume-too-large' when there is no memory; an Error when the kernel is missing.
 */
export function planeReducer(volume: CtVolume, grid: SearchGrid): (slice: number) => Float32Array {
  const across = tapsOf(grid.firstColumn, grid.columnStep, grid.columns, volume.columns);
  const down = tapsOf(grid.firstRow, grid.rowStep, grid.rows, volume.rows);
  const [firstPixel, firstRow] = [across.first[0] ?? 0, down.first[0] ?? 0];
  const width = (across.first[grid.columns - 1] ?? 0) + across.count - firstPixel;
  const pixelRows = (down.first[grid.rows - 1] ?? 0) + down.count - firstRow;
  const kernel = loadKernel<ResampleKernel>('resample');
  const sizes = [2 * pixelRows * volume.columns, 4 * width, 4 * grid.columns * grid.rows, 4 * grid.rows, down.shares.byteLength, 4 * grid.columns, across.shares.byteLength].map((bytes) => (bytes + 15) & ~15);
  const start = kernel.reserve(sizes.reduce((sum, bytes) => sum + bytes, 0));
  if (start === 0) throw new AppError('volume-too-large', 'the search of a lung needs more memory than there is');
  const [pixels = 0, line = 0, plane = 0, downFirst = 0, downShares = 0, acrossFirst = 0, acrossShares = 0] = sizes.map((_, index) => start + sizes.slice(0, index).reduce((sum, bytes) => sum + bytes, 0));
  const { buffer } = kernel.memory;
  new Int32Array(buffer, downFirst, grid.rows).set(down.first.map((row) => row - firstRow));
  new Int32Array(buffer, acrossFirst, grid.columns).set(across.first.map((column) => column - firstPixel));
  new Float32Array(buffer, downShares, down.shares.length).set(down.shares);
  new Float32Array(buffer, acrossShares, across.shares.length).set(across.shares);
  const seen = new Int16Array(buffer, pixels, pixelRows * volume.columns);
  const reduced = new Float32Array(buffer, plane, grid.columns * grid.rows);
  return (slice) => {
    const from = (slice * volume.rows + firstRow) * volume.columns;
    seen.set(volume.voxels.subarray(from, from + seen.length));
    kernel.reduce(
      pixels + 2 * firstPixel, volume.columns, line, width, plane, grid.columns, grid.rows,
      downFirst, downShares, down.count, acrossFirst, acrossShares, across.count, heldHu.least, heldHu.most,
    );
    return reduced.slice();
  };
}

interface Taps {
  /** First pixel of each cell. */
  readonly first: Int32Array;
  readonly shares: Float32Array;
  /** Pixels of each cell. */
  readonly count: number;
}

/** Which pixels lie under each cell, and by which share. */
function tapsOf(firstMiddle: number, step: number, cells: number, pixels: number): Taps {
  const count = Math.min(pixels, Math.ceil(step - 1e-6) + (Math.abs(step - Math.round(step)) < 1e-6 ? 0 : 1));
  const first = new Int32Array(cells);
  const shares = new Float32Array(cells * count);
  for (let cell = 0; cell < cells; cell += 1) {
    const from = firstMiddle + cell * step - step / 2 + 0.5;
    const start = Math.min(Math.max(0, Math.floor(from + 1e-6)), pixels - count);
    first[cell] = start;
    let sum = 0;
    for (let tap = 0; tap < count; tap += 1) sum += shares[cell * count + tap] = Math.max(0, Math.min(start + tap + 1, from + step) - Math.max(start + tap, from));
    for (let tap = 0; tap < count; tap += 1) shares[cell * count + tap] = (shares[cell * count + tap] ?? 0) / (sum || 1);
  }
  return { first, shares, count };
}
