import { AppError } from '../../../src-shared/domain/errors.ts';
import type { Slice } from '../../../src-shared/domain/study.ts';
import type { OpenedInstance } from '../../dicom/open-instance.ts';
import { decodeInstanceFrame, readInstance } from '../../dicom/read-instance.ts';
import { modalityScale, storedBits } from './hounsfield.ts';
import type { ModalityScale } from './hounsfield.ts';

/** The pixels of a slice as stored, and how they become Hounsfield units. */
export interface DecodedSlice {
  /** One unsigned number per pixel, rows x columns, row-major. */
  readonly bits: Uint16Array;
  readonly scale: ModalityScale;
}

/**
 * Reads the stored bits of a slice from its file.
 *
 * @param slice - As assessed; its file must still be the one that was inspected.
 * @throws {AppError} 'file-unreadable', 'file-changed', or as decodeFrameOf.
 */
export async function decodeSlice(slice: Slice): Promise<DecodedSlice> {
  return decodeFrameOf(await readInstance(slice.path, slice), slice);
}

/**
 * Decodes the frame of a slice out of its opened file.
 *
 * @param instance - The slice's file; several slices may be frames of one.
 * @param slice - As assessed.
 * @throws {AppError} 'rescale-missing', 'transfer-syntax-unsupported', 'pixel-data-truncated' or 'pixel-data-corrupt'.
 */
export async function decodeFrameOf(instance: OpenedInstance, { header, frameNumber }: Slice): Promise<DecodedSlice> {
  const scale = modalityScale(header, instance.display.modalityLut);
  const pixelCount = header.rows * header.columns;
  const bits = storedBits(await decodeInstanceFrame(instance, frameNumber - 1), scale).subarray(0, pixelCount);
  if (bits.length < pixelCount) throw new AppError('pixel-data-truncated', 'the frame holds fewer pixels than its header says');
  return { bits, scale };
}
