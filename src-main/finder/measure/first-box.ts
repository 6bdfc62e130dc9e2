import type { VoxelBlock } from '../../imaging/pictures/picture.ts';

/** Tissue above, air below, HU. */
const edgeHu = -450;
const farthestMm = 60;

/**
 * How deep a point lies in dense tissue: what the nearest quarter of the ways out to air take.
 *
 * A nodule at the point cannot be told in a box that is not clearly larger.
 *
 * @param volume - Voxels in HU.
 * @param seed - Whole voxel position.
 * @returns mm; 0 in air.
 */
export function depthAt({ columns, rows, slices, voxels, spacingMm }: VoxelBlock, [column, row, slice]: readonly [number, number, number]): number {
  const ways: number[] = [];
  for (const [x, y, z] of directions()) {
    const length = Math.sqrt(x * x + y * y + z * z);
    let mm = 0;
    for (; mm < farthestMm; mm += 0.7) {
      const c = Math.round(column + (x * mm) / length / spacingMm[0]);
      const r = Math.round(row + (y * mm) / length / spacingMm[1]);
      const s = Math.round(slice + (z * mm) / length / spacingMm[2]);
      if (c < 0 || r < 0 || s < 0 || c >= columns || r >= rows || s >= slices.length || (voxels[(s * rows + r) * columns + c] ?? 0) < edgeHu) break;
    }
    ways.push(mm);
  }
  ways.sort((a, b) => a - b);
  return ways[ways.length >> 2] ?? 0;
}

/** To the sides, edges and corners of a cube. */
function directions(): readonly (readonly [number, number, number])[] {
  return Array.from({ length: 27 }, (_, at) => [(at % 3) - 1, (Math.floor(at / 3) % 3) - 1, Math.floor(at / 9) - 1] as const).filter(([x, y, z]) => x !== 0 || y !== 0 || z !== 0);
}
