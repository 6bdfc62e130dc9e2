import { inspectFile } from '../dicom/inspect-file.ts';
import type { LungToSearch, SearchedLung } from '../finder/find/search-lung.ts';
import type { ExamBlur } from '../finder/exam-blur.ts';
import type { BlobsToSize, PointToSize, SizedPlace } from '../finder/find/size-blobs.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { decodeIntoVolume } from '../imaging/volume/decode-into-volume.ts';
import { hashSlices } from '../imaging/volume/hash-slices.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { prepareSlice } from '../imaging/pictures/prepare-slice.ts';
import { readHounsfield } from '../imaging/volume/read-hounsfield.ts';
import type { CropPictures, CropsToPicture } from '../imaging/pictures/crop-pictures.ts';
import type { ImagePicture, ImageToPicture } from '../imaging/pictures/image-picture.ts';
import type { SheetPictures, SheetToPicture } from '../imaging/pictures/sheet-pictures.ts';
import type { SlabPicture, SlabsToPicture } from '../imaging/pictures/slab-pictures.ts';
import { slicePicture } from '../imaging/pictures/slice-picture.ts';
import type { DrawnRequestPicture, RequestPictureToDraw } from './draw-request-picture.ts';

/**
 * Everything that runs in an imaging worker, by name: each job is one function of one input, in a file of its own.
 *
 * Input and output travel by structured clone. Typed arrays of an output that own their memory are moved, so a job must not
 * keep them; memory over a SharedArrayBuffer is shared in both directions. A job that few workers ever do is loaded when it is
 * first asked for.
 */
export const imagingJobs = {
  inspect: inspectFile,
  prepare: prepareSlice,
  hounsfield: readHounsfield,
  decode: decodeIntoVolume,
  'hash-slices': hashSlices,
  'outline-lungs': async (volume: CtVolume): Promise<LungMask> => (await import('../imaging/lungs/outline-lungs.ts')).outlineLungs(volume),
  picture: slicePicture,
  'candidate-pictures': async (input: CropsToPicture): Promise<readonly CropPictures[]> => (await import('../imaging/pictures/crop-pictures.ts')).cropPictures(input),
  'slab-pictures': async (input: SlabsToPicture): Promise<readonly SlabPicture[]> => (await import('../imaging/pictures/slab-pictures.ts')).slabPictures(input),
  'sheet-pictures': async (input: SheetToPicture): Promise<SheetPictures> => (await import('../imaging/pictures/sheet-pictures.ts')).sheetPictures(input),
  'exam-blur': async (volume: CtVolume): Promise<ExamBlur> => (await import('../finder/exam-blur.ts')).examBlur(volume),
  'draw-request-picture': async (input: RequestPictureToDraw): Promise<DrawnRequestPicture> => (await import('./draw-request-picture.ts')).drawRequestPicture(input),
  'search-lung': async (input: LungToSearch): Promise<SearchedLung> => {
    const [{ searchLung }, { kernelSmoother }] = await Promise.all([import('../finder/find/search-lung.ts'), import('../finder/find/kernel-smoother.ts')]);
    return searchLung(input, kernelSmoother());
  },
  'size-candidates': async (input: BlobsToSize): Promise<readonly SizedPlace[]> => (await import('../finder/find/size-blobs.ts')).sizeBlobs(input),
  'size-nodule': async (input: PointToSize): Promise<SizedPlace> => (await import('../finder/find/size-blobs.ts')).sizePoint(input),
  'image-picture': async (input: ImageToPicture): Promise<ImagePicture> => (await import('../imaging/pictures/image-picture.ts')).imagePicture(input),
};
