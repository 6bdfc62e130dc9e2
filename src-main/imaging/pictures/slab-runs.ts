import { sliceExtentMm } from './slab-plan.ts';
import type { PixelBox, VoxelBlock } from './picture.ts';

/** How the voxels behind a pixel become one: the brightest, their mean, the darkest. */
export type ProjectionMode = 'maximum' | 'mean' | 'minimum';

/**
 * Weighted mean.
 *
 * @param values - At least one.
 * @param weights - One per value, positive.
 */
export function meanOf(values: readonly number[], weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return values.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0) / sum;
}

/** Consecutive slices that belong to the same slabs, projected once: HU, or for a mean the sum of HU times mm. */
interface Run {
  readonly sliceIndices: readonly number[];
  partial: Int16Array | Float32Array | null;
}

/**
 * Prepares the projection of sets of slices that overlap: slices between two edges of sets are projected once and shared.
 *
 * @param volume - Voxels in HU.
 * @param sets - Slices of each picture, ascending; the sets in ascending order.
 * @param mode - Of the projection.
 * @param box - In-plane part.
 * @returns Projects one of the sets; to be called once per set, in order, since partial pictures are let go of behind it.
 */
export function partialRuns(
  volume: VoxelBlock, sets: readonly (readonly number[])[], mode: ProjectionMode, box: PixelBox,
): (sliceIndices: readonly number[]) => Int16Array<ArrayBuffer> {
  const edges = new Set(sets.flatMap((set) => [set[0] ?? 0, (set.at(-1) ?? 0) + 1]));
  const runs = runsOf(sets, edges);
  return (sliceIndices) => {
    const first = sliceIndices[0] ?? 0;
    const last = sliceIndices.at(-1) ?? 0;
    const partials: (Int16Array | Float32Array)[] = [];
    for (const [start, run] of runs) {
      if (start < first) run.partial = null;
      else if (start <= last) partials.push((run.partial ??= mode === 'mean' ? sumRun(volume, run, box) : extremeRun(volume, run, box, mode)));
    }
    return mode === 'mean' ? divided(partials, sumOfWeights(volume, sliceIndices)) : joined(partials as Int16Array[], mode);
  };
}

/** Runs by their first slice, ascending. */
function runsOf(sets: readonly (readonly number[])[], edges: ReadonlySet<number>): ReadonlyMap<number, Run> {
  const used = [...new Set(sets.flat())].sort((a, b) => a - b);
  const runs = new Map<number, Run>();
  let members: number[] = [];
  let before = -2;
  for (const index of used) {
    // A slice that is left out may hide an edge: all edges since the last used slice count.
    const isEdge = runs.size === 0 || edgeBetween(edges, before, index);
    if (isEdge) {
      members = [];
      runs.set(index, { sliceIndices: members, partial: null });
    }
    members.push(index);
    before = index;
  }
  return runs;
}

function edgeBetween(edges: ReadonlySet<number>, before: number, index: number): boolean {
  for (let edge = before + 1; edge <= index; edge += 1) if (edges.has(edge)) return true;
  return false;
}

function extremeRun(volume: VoxelBlock, { sliceIndices }: Run, box: PixelBox, mode: 'maximum' | 'minimum'): Int16Array<ArrayBuffer> {
  const extreme = new Int16Array(box.columns * box.rows).fill(mode === 'maximum' ? -32768 : 32767);
  const take = mode === 'maximum' ? keepBrightest : keepDarkest;
  for (const four of inFours(sliceIndices)) {
    for (let row = 0; row < box.rows; row += 1) {
      take(extreme, row * box.columns, volume.voxels, four.map((slice) => rowStart(volume, box, slice, row)) as unknown as Four, box.columns);
    }
  }
  return extreme;
}

function sumRun(volume: VoxelBlock, { sliceIndices }: Run, box: PixelBox): Float32Array<ArrayBuffer> {
  const sum = new Float32Array(box.columns * box.rows);
  for (const index of sliceIndices) {
    const weight = sliceExtentMm(volume, index);
    for (let row = 0; row < box.rows; row += 1) {
      addWeighted(sum, row * box.columns, volume.voxels, rowStart(volume, box, index, row), box.columns, weight);
    }
  }
  return sum;
}

/** Four slices, or where each has its row. */
type Four = readonly [number, number, number, number];

/**
 * Four at a time, so that the result is read and written once for four voxels: half the time of one after the other. A last group
 * repeats its first slice, which changes no extreme.
 */
function inFours(sliceIndices: readonly number[]): readonly Four[] {
  const groups: Four[] = [];
  for (let index = 0; index < sliceIndices.length; index += 4) {
    const [a = 0, b = a, c = a, d = a] = sliceIndices.slice(index, index + 4);
    groups.push([a, b, c, d]);
  }
  return groups;
}

function rowStart({ columns, rows }: VoxelBlock, box: PixelBox, slice: number, row: number): number {
  return (slice * rows + box.top + row) * columns + box.left;
}

function keepBrightest(into: Int16Array, at: number, from: Int16Array, [a, b, c, d]: Four, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const ab = Math.max(from[a + index] ?? 0, from[b + index] ?? 0);
    const cd = Math.max(from[c + index] ?? 0, from[d + index] ?? 0);
    into[at + index] = Math.max(into[at + index] ?? 0, ab, cd);
  }
}

function keepDarkest(into: Int16Array, at: number, from: Int16Array, [a, b, c, d]: Four, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const ab = Math.min(from[a + index] ?? 0, from[b + index] ?? 0);
    const cd = Math.min(from[c + index] ?? 0, from[d + index] ?? 0);
    into[at + index] = Math.min(into[at + index] ?? 0, ab, cd);
  }
}

function addWeighted(into: Float32Array, at: number, from: Int16Array, start: number, count: number, weight: number): void {
  for (let index = 0; index < count; index += 1) into[at + index] = (into[at + index] ?? 0) + weight * (from[start + index] ?? 0);
}

function joined(partials: readonly Int16Array[], mode: 'maximum' | 'minimum'): Int16Array<ArrayBuffer> {
  const [first, ...others] = partials;
  const result = new Int16Array(first ?? []);
  for (const partial of others) (mode === 'maximum' ? keepBrightest : keepDarkest)(result, 0, partial, [0, 0, 0, 0], result.length);
  return result;
}

function divided(partials: readonly (Int16Array | Float32Array)[], weight: number): Int16Array<ArrayBuffer> {
  const [first] = partials;
  const result = new Int16Array(first?.length ?? 0);
  for (let index = 0; index < result.length; index += 1) {
    let sum = 0;
    for (const partial of partials) sum += partial[index] ?? 0;
    result[index] = Math.round(sum / weight);
  }
  return result;
}

function sumOfWeights(volume: VoxelBlock, sliceIndices: readonly number[]): number {
  return sliceIndices.reduce((sum, index) => sum + sliceExtentMm(volume, index), 0);
}
