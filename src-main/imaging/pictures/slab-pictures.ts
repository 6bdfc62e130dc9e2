import { sha256Of } from '../../platform/sha256.ts';
import { encodePicture } from './encode-picture.ts';
import type { EncodedPicture, PictureFormat } from './encode-picture.ts';
import type { PixelBox, VoxelBlock } from './picture.ts';
import { projectPlanned } from './slab.ts';
import type { Slab } from './slab.ts';
import type { PlannedSlab } from './slab-plan.ts';
import type { ProjectionMode } from './slab-runs.ts';
import { renderGrey } from './voi.ts';
import type { VoiWindow } from './voi.ts';

/** What to make pictures of. A slab of one slice is that slice. */
export interface SlabsToPicture {
  readonly volume: VoxelBlock;
  readonly planned: readonly PlannedSlab[];
  readonly mode: ProjectionMode;
  readonly crop?: PixelBox;
  readonly window: VoiWindow;
  readonly format: PictureFormat;
}

/** A slab as a picture file, with its place in the patient. */
export interface SlabPicture extends Pick<Slab, 'columns' | 'rows' | 'affine' | 'thicknessMm' | 'positionMm' | 'sliceIndices' | 'undecodedSlices' | 'touchesGap'> {
  readonly bytes: EncodedPicture['bytes'];
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

/**
 * Projects, windows and encodes slabs at native pixels; runs in a worker.
 *
 * @param input - The volume and a part of its planned slabs.
 */
export async function slabPictures({ volume, planned, window, format, ...how }: SlabsToPicture): Promise<readonly SlabPicture[]> {
  const pictures: SlabPicture[] = [];
  for (const slab of projectPlanned(volume, planned, how)) {
    const { pixels, columns, rows, affine, thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap } = slab;
    const { bytes } = await encodePicture({ grey: renderGrey(pixels, window), columns, rows }, format);
    pictures.push({ columns, rows, affine, thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap, bytes, sha256: sha256Of(bytes) });
  }
  return pictures;
}
