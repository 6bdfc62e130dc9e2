import { AppError } from '../../src-shared/domain/errors.ts';
import { loadKernel } from '../platform/load-kernel.ts';

/** Size of a grid: columns, rows, layers. */
type Size = readonly [columns: number, rows: number, layers: number];
/** Distance of neighbouring cells, mm. */
type CellMm = readonly [column: number, row: number, layer: number];

/** What src-kernels/cells.ts exports and explains; addresses are bytes into its memory. */
export interface CellKernel {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number): number;
  distances(...call: [shape: number, result: number, ...Size, ...CellMm, work: number]): void;
  distancesNear(...call: [shape: number, place: number, result: number, ...Size, ...more: Size, ...CellMm, work: number]): void;
  fillDeep(...call: [depth: number, shape: number, ...Size, start: number, deeperThanMm: number, work: number]): number;
  farthest(...call: [shape: number, ...Size, cell: number, ...CellMm]): number;
  keepNear(...call: [shape: number, ...Size, cell: number, ...CellMm, mostMm: number]): void;
  markDense(values: number, fromWall: number, dense: number, outside: number, cells: number, levelHu: number): void;
  markOwn(...call: [outside: number, toCore: number, own: number, ...Size, reachMm: number, crustMm: number, furtherMm: number]): void;
  markOthers(dense: number, own: number, others: number, cells: number): void;
  countSides(...call: [own: number, dense: number, outside: number, ...Size, counts: number]): void;
  weightsAddress(): number;
  smoothLines(source: number, target: number, count: number, length: number, lineStep: number, step: number, reach: number): void;
}

/** Memory of the kernel for one grid. */
export interface CellMemory {
  readonly kernel: CellKernel;
  /** Addresses of as many shapes as were asked for: a byte for each cell. */
  readonly shapes: readonly number[];
  /** Addresses of as many fields as were asked for: a 32-bit float for each cell. */
  readonly fields: readonly number[];
  /** Address of the room that the kernel's functions work in. */
  readonly work: number;
}

let kernel: CellKernel | undefined;

/**
 * Lays shapes and fields of a grid into the kernel's memory; each thread has one kernel, loaded when it is first asked for.
 *
 * What it holds is lost with the next call: results are copied out before.
 *
 * @param grid - Size.
 * @param shapes - How many.
 * @param fields - How many.
 * @throws {AppError} 'volume-too-large' when there is no memory; an Error when the kernel is missing.
 */
export function cellMemory({ columns, rows, layers }: { readonly columns: number; readonly rows: number; readonly layers: number }, shapes: number, fields: number): CellMemory {
  kernel ??= loadKernel<CellKernel>('cells');
  const cells = columns * rows * layers;
  const [shapeBytes, fieldBytes] = [roundUp(cells), roundUp(4 * cells)];
  // A fill enters each cell and row at most once; distances take 24 bytes for each cell of a line.
  const workBytes = Math.max(4 * (cells + rows * layers), 24 * (Math.max(columns, rows, layers) + 1));
  const start = kernel.reserve(shapes * shapeBytes + fields * fieldBytes + workBytes);
  if (start === 0) throw new AppError('volume-too-large', 'measuring a place needs more memory than there is');
  const fieldsAt = start + shapes * shapeBytes;
  return {
    kernel,
    shapes: Array.from({ length: shapes }, (_, index) => start + index * shapeBytes),
    fields: Array.from({ length: fields }, (_, index) => fieldsAt + index * fieldBytes),
    work: fieldsAt + fields * fieldBytes,
  };
}

function roundUp(bytes: number): number {
  return (bytes + 15) & ~15;
}
