import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { croppedAffine } from '../../imaging/pictures/picture.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { patientToVoxel } from '../../imaging/volume/ct-volume.ts';

/**
 * Copies the voxels around a point, so that they can be drawn into.
 *
 * @param volume - Left as it is.
 * @param centre - mm, LPS.
 * @param reachMm - Everything nearer than this along the volume's axes is copied.
 * @returns A block with its own memory and affines.
 * @throws {RangeError} when nothing of the volume is there.
 */
export function copyBlock(volume: VoxelBlock, centre: PatientPoint, reachMm: number): VoxelBlock & { readonly voxels: Int16Array<ArrayBuffer> } {
  const [column, row, slice] = patientToVoxel(volume, centre);
  const across = axisRange(column, reachMm / volume.spacingMm[0], volume.columns);
  const down = axisRange(row, reachMm / volume.spacingMm[1], volume.rows);
  const height = volume.slices[Math.min(Math.max(Math.round(slice), 0), volume.slices.length - 1)]?.positionMm ?? 0;
  // Slices may lie unevenly: by position, and one more at either end to interpolate with.
  const near = volume.slices.flatMap(({ positionMm }, index) => (Math.abs(positionMm - height) <= reachMm + 2 * volume.spacingMm[2] ? [index] : []));
  const first = near[0] ?? 0;
  const last = near.at(-1) ?? 0;
  const size = across.count * down.count;
  const voxels = new Int16Array((last - first + 1) * size);
  for (let index = first; index <= last; index += 1) {
    for (let line = 0; line < down.count; line += 1) {
      const from = (index * volume.rows + down.start + line) * volume.columns + across.start;
      voxels.set(volume.voxels.subarray(from, from + across.count), (index - first) * size + line * across.count);
    }
  }
  return {
    columns: across.count, rows: down.count, voxels, spacingMm: volume.spacingMm,
    slices: volume.slices.slice(first, last + 1).map((kept) => ({ ...kept, affine: croppedAffine(kept.affine, across.start, down.start) })),
  };
}

function axisRange(middle: number, reach: number, size: number): { readonly start: number; readonly count: number } {
  const start = Math.max(0, Math.floor(middle - reach));
  const end = Math.min(size, Math.ceil(middle + reach) + 1);
  if (end <= start) throw new RangeError('the place lies outside of the volume');
  return { start, count: end - start };
}
