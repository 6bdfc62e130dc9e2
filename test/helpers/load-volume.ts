import type { CtVolume, VolumeSlice } from '../../src-main/imaging/volume/ct-volume.ts';
import { readHounsfield } from '../../src-main/imaging/volume/read-hounsfield.ts';
import { sliceAffine } from '../../src-main/imaging/volume/slice-affine.ts';
import { assessFolder } from './assess-folder.ts';

/**
 * Reads the series that LungDesk would read of a folder into one volume, in this thread; its hashes stay empty.
 *
 * @param folder - Holding DICOM files, searched with its subfolders.
 * @throws {Error} when no series of the folder can be read.
 */
export async function loadVolume(folder: string): Promise<CtVolume> {
  const series = await assessFolder(folder);
  const { rows, columns, pixelSpacing } = series.slices[0]!.header;
  const size = rows * columns;
  const voxels = new Int16Array(new SharedArrayBuffer(size * series.slices.length * 2));
  const slices: VolumeSlice[] = [];
  for (const [index, slice] of series.slices.entries()) {
    voxels.set((await readHounsfield(slice)).pixels, index * size);
    const { sopInstanceUid, frameNumber, positionMm } = slice;
    slices.push({ sopInstanceUid, frameNumber, positionMm, affine: sliceAffine(slice.header), problem: null });
  }
  const [rowMm, columnMm] = pixelSpacing!;
  return { columns, rows, voxels, slices, spacingMm: [columnMm, rowMm, series.spacingBetweenSlicesMm!], sliceThicknessMm: series.slices[0]?.header.sliceThickness ?? null };
}
