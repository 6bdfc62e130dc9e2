import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import type { LungTexture } from './control-texture.ts';

/** Aerated lung between its structures, HU. */
const aeratedHu = [-1000, -650] as const;
/** Density is told for squares of this many voxels, of at least so many of them. */
const squareVoxels = 16;
const fewestSamples = 40;
/** Lung is denser behind than in front, but no more than this off its middle: a large opacity is not lung that happens to be dense, HU. */
const furthestHu = 50;

/**
 * Fills voxels with the texture of empty lung, as dense as the lung of the same part of the block.
 *
 * Patches of the texture from random places of it overlap with weights whose squares add up to 1, so that the noise is nowhere less than
 * the exam's own and no pattern repeats.
 *
 * @param block - Its voxels are changed.
 * @param lung - Share of each voxel that is lung, 0 to 1: only whole ones tell how dense it is.
 * @param shares - Share of each voxel that is filled, 0 to 1.
 * @param texture - Of the exam.
 * @param random - Decides the patches.
 */
export function fillWithTexture(block: VoxelBlock, lung: Float32Array, shares: Float32Array, texture: LungTexture, random: SeededGenerator): void {
  const { columns, rows } = block;
  const density = densityField(block, lung);
  const across = createPatches(columns, texture.columns);
  const down = createPatches(rows, texture.rows);
  const offsets = Array.from({ length: across.count * down.count }, () => (
    [Math.floor(random() * across.play), Math.floor(random() * down.play), Math.floor(random() * 2 * texture.slices)] as const
  ));
  const noiseAt = (column: number, row: number, slice: number): number => {
    let sum = 0;
    for (let y = 0; y < 2; y += 1) {
      for (let x = 0; x < 2; x += 1) {
        const [patchColumn, patchRow] = [Math.floor(column / across.hop) + x, Math.floor(row / down.hop) + y];
        const [inColumn, inRow] = [(column % across.hop) + (1 - x) * across.hop, (row % down.hop) + (1 - y) * down.hop];
        const [left, top, first] = offsets[patchRow * across.count + patchColumn] ?? [0, 0, 0];
        const at = (reflected(first + slice, texture.slices) * texture.rows + top + inRow) * texture.columns + left + inColumn;
        sum += across.weightAt(inColumn) * down.weightAt(inRow) * (texture.values[at] ?? 0);
      }
    }
    return sum;
  };
  for (const [at, share] of shares.entries()) {
    if (share <= 0) continue;
    const [column, row, slice] = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / (columns * rows))];
    const empty = density(column, row) + noiseAt(column, row, slice);
    block.voxels[at] = Math.max(-1024, Math.round(empty * share + (block.voxels[at] ?? 0) * (1 - share)));
  }
}

/** Patches along one axis: two overlap everywhere. */
function createPatches(length: number, textureLength: number): { readonly hop: number; readonly count: number; readonly play: number; weightAt(inPatch: number): number } {
  const hop = Math.max(2, Math.floor(textureLength / 3));
  return {
    hop,
    count: Math.floor((length - 1) / hop) + 2,
    play: textureLength - 2 * hop + 1,
    weightAt: (inPatch) => Math.sin((Math.PI * (inPatch + 0.5)) / (2 * hop)),
  };
}

/** There and back again. */
function reflected(index: number, count: number): number {
  const place = index % (2 * count);
  return place < count ? place : 2 * count - 1 - place;
}

/** Median of aerated lung, square by square over all slices, linear between the middles of squares. */
function densityField({ columns, rows, voxels }: VoxelBlock, lung: Float32Array): (column: number, row: number) => number {
  const [across, down] = [Math.ceil(columns / squareVoxels), Math.ceil(rows / squareVoxels)];
  const samples = Array.from({ length: across * down }, (): number[] => []);
  for (let at = 0; at < lung.length; at += 1) {
    const hu = voxels[at] ?? 0;
    if (lung[at] !== 1 || hu < aeratedHu[0] || hu > aeratedHu[1]) continue;
    samples[Math.floor((Math.floor(at / columns) % rows) / squareVoxels) * across + Math.floor((at % columns) / squareVoxels)]?.push(hu);
  }
  const enough = samples.map((square) => (square.length < fewestSamples ? null : medianOf(square)));
  const middle = medianOf(enough.filter((value) => value !== null));
  const values = enough.map((value) => Math.min(Math.max(value ?? middle, middle - furthestHu), middle + furthestHu));
  const valueAt = (column: number, row: number): number => values[Math.min(Math.max(row, 0), down - 1) * across + Math.min(Math.max(column, 0), across - 1)] ?? middle;
  return (column, row) => {
    const [x, y] = [(column + 0.5) / squareVoxels - 0.5, (row + 0.5) / squareVoxels - 0.5];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const upper = valueAt(left, top) * (1 - x + left) + valueAt(left + 1, top) * (x - left);
    const lower = valueAt(left, top + 1) * (1 - x + left) + valueAt(left + 1, top + 1) * (x - left);
    return upper * (1 - y + top) + lower * (y - top);
  };
}

/** Usual lung where nothing tells. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? -860;
}
