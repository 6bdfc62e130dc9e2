import { patientToVoxel, sliceNormal } from '../../imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { boxSize } from '../voxel-box.ts';
import type { VoxelBox } from '../voxel-box.ts';

/** Denser than lung, HU: half between lung and soft tissue. */
const edgeHu = -400;
/** What a disc of this radius fits into is wall; vessels are thinner, mm. */
const wallRadiusMm = 3.5;

/**
 * Tells the chest wall and the mediastinum from lung in a block: dense tissue that is thick in its slice.
 *
 * @param volume - Gives the grid.
 * @param centre - Origin of the points asked for, mm, LPS.
 * @param box - The block.
 * @param smooth - Its structure, HU.
 * @returns Whether a point, mm from the centre along columns, rows and normal, lies in the wall.
 */
export function wallTest(volume: VoxelBlock, centre: PatientPoint, box: VoxelBox, smooth: Float32Array): (x: number, y: number, z: number) => boolean {
  const [columns, rows, slices] = boxSize(box);
  const wall = openedInSlices(smooth, box, volume.spacingMm);
  const normal = sliceNormal(volume.slices);
  let foot: readonly [number, number, number] = patientToVoxel(volume, centre);
  let footHeight = 0;
  return (x, y, z) => {
    // Points are asked for layer by layer.
    if (z !== footHeight) {
      foot = patientToVoxel(volume, [centre[0] + normal[0] * z, centre[1] + normal[1] * z, centre[2] + normal[2] * z]);
      footHeight = z;
    }
    const [column, row, slice] = foot;
    const c = column + x / volume.spacingMm[0] - box.firstColumn;
    const r = row + y / volume.spacingMm[1] - box.firstRow;
    // Between slices the surface runs straight: both are asked and weighed.
    const s = Math.min(Math.max(slice - box.firstSlice, 0), slices - 1);
    const below = Math.min(Math.floor(s), Math.max(slices - 2, 0));
    const above = Math.min(below + 1, slices - 1);
    const share = s - below;
    return levelAt(wall, columns, rows, below, c, r) * (1 - share) + levelAt(wall, columns, rows, above, c, r) * share > 0;
  };
}

/** Positive in the wall, negative in lung, linear between pixels; vessels count as lung. */
function levelAt(wall: Float32Array, columns: number, rows: number, slice: number, column: number, row: number): number {
  const left = Math.min(Math.max(Math.floor(column), 0), columns - 2);
  const top = Math.min(Math.max(Math.floor(row), 0), rows - 2);
  const across = Math.min(Math.max(column - left, 0), 1);
  const down = Math.min(Math.max(row - top, 0), 1);
  const at = (slice * rows + top) * columns + left;
  const upper = (wall[at] ?? 0) * (1 - across) + (wall[at + 1] ?? 0) * across;
  const lower = (wall[at + columns] ?? 0) * (1 - across) + (wall[at + columns + 1] ?? 0) * across;
  return upper * (1 - down) + lower * down;
}

/** HU above the edge in the wall and next to it; elsewhere clearly lung. */
function openedInSlices(smooth: Float32Array, box: VoxelBox, spacingMm: VoxelBlock['spacingMm']): Float32Array {
  const [columns, rows, slices] = boxSize(box);
  const disc = discOffsets(spacingMm);
  const result = new Float32Array(smooth.length).fill(-400);
  for (let slice = 0; slice < slices; slice += 1) {
    const from = slice * columns * rows;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        // Beyond the block the tissue is taken to go on as at its edge.
        const fits = disc.every(([x, y]) => {
          const c = Math.min(Math.max(column + x, 0), columns - 1);
          const r = Math.min(Math.max(row + y, 0), rows - 1);
          return (smooth[from + r * columns + c] ?? 0) > edgeHu;
        });
        if (!fits) continue;
        for (const [x, y] of disc) {
          for (const [dx, dy] of [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
            const c = column + x + dx;
            const r = row + y + dy;
            if (c < 0 || r < 0 || c >= columns || r >= rows) continue;
            const at = from + r * columns + c;
            result[at] = Math.min(Math.max((smooth[at] ?? 0) - edgeHu, -400), 400);
          }
        }
      }
    }
  }
  return result;
}

function discOffsets(spacingMm: VoxelBlock['spacingMm']): readonly (readonly [number, number])[] {
  const offsets: (readonly [number, number])[] = [];
  const across = Math.floor(wallRadiusMm / spacingMm[0]);
  const down = Math.floor(wallRadiusMm / spacingMm[1]);
  for (let y = -down; y <= down; y += 1) {
    for (let x = -across; x <= across; x += 1) {
      if ((x * spacingMm[0]) ** 2 + (y * spacingMm[1]) ** 2 <= wallRadiusMm ** 2) offsets.push([x, y]);
    }
  }
  return offsets;
}
