import { sha256Of } from '../../platform/sha256.ts';
import { bodyMidlineMm } from '../lungs/body-midline.ts';
import type { CtVolume, VolumeSlice } from '../volume/ct-volume.ts';
import { encodeWindowedPng } from './encode-png.ts';
import type { PreparedSlice } from './prepared-slice.ts';
import { lungWindow } from './voi.ts';

/** A slice of a volume, without the other slices' descriptions. */
export interface PlacedSlice extends Pick<CtVolume, 'columns' | 'rows' | 'voxels'>, Pick<VolumeSlice, 'sopInstanceUid' | 'affine'> {
  /** Of the slice, from the feet. */
  readonly sliceIndex: number;
}

/**
 * Turns a slice of a volume into its lung-windowed picture; runs in a worker.
 *
 * Where all CT numbers of the slice are whole, it is byte for byte the picture that prepareSlice makes of the file.
 *
 * @param slice - With the volume's voxels.
 */
export async function slicePicture({ columns, rows, voxels, sliceIndex, sopInstanceUid, affine }: PlacedSlice): Promise<PreparedSlice> {
  const hounsfield = voxels.subarray(sliceIndex * columns * rows, (sliceIndex + 1) * columns * rows);
  const png = await encodeWindowedPng(hounsfield, columns, rows, lungWindow);
  return {
    sopInstanceUid,
    png,
    sha256: sha256Of(png),
    columns,
    rows,
    affine,
    bodyMidlineMm: bodyMidlineMm({ columns, rows, hounsfieldAt: (index) => hounsfield[index] ?? 0 }, affine),
  };
}
