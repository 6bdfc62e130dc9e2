import { inspectFile } from '../dicom/inspect-file.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { decodeIntoVolume } from '../imaging/volume/decode-into-volume.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { prepareSlice } from '../imaging/pictures/prepare-slice.ts';
import { readHounsfield } from '../imaging/volume/read-hounsfield.ts';
import type { ImagePicture, ImageToPicture } from '../imaging/pictures/image-picture.ts';
import type { SheetPictures, SheetToPicture } from '../imaging/pictures/sheet-pictures.ts';
import type { SlabPicture, SlabsToPicture } from '../imaging/pictures/slab-pictures.ts';
import { slicePicture } from '../imaging/pictures/slice-picture.ts';

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
  'outline-lungs': async (volume: CtVolume): Promise<LungMask> => (await import('../imaging/lungs/outline-lungs.ts')).outlineLungs(volume),
  picture: slicePicture,
  'slab-pictures': async (input: SlabsToPicture): Promise<readonly SlabPicture[]> => (await import('../imaging/pictures/slab-pictures.ts')).slabPictures(input),
  'sheet-pictures': async (input: SheetToPicture): Promise<SheetPictures> => (await import('../imaging/pictures/sheet-pictures.ts')).sheetPictures(input),
  'image-picture': async (input: ImageToPicture): Promise<ImagePicture> => (await import('../imaging/pictures/image-picture.ts')).imagePicture(input),
};
