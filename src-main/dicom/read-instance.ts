import { AppError } from '../../src-shared/domain/errors.ts';
import type { InstanceFile, InstanceHeader } from '../../src-shared/domain/study.ts';
import { decodeFrame } from './codecs/decode-frame.ts';
import { frameDescriptionOf } from './codecs/frame-description.ts';
import { nativeFrame } from './codecs/native-frame.ts';
import { encapsulatedFrames } from './encapsulated-frames.ts';
import { pixelSha256 } from './inspect-file.ts';
import { openInstance } from './open-instance.ts';
import type { OpenedInstance } from './open-instance.ts';
import { looksLikeDicom } from './part10.ts';
import { maxFileBytes } from './pixel-limits.ts';
import { readWholeFile } from './read-whole-file.ts';

/**
 * Reads an image instance again to work on its pixels.
 *
 * @param path - Of the file.
 * @param expected - What the inspection saw; a file that has become another one is refused.
 * @throws {AppError} 'file-unreadable', 'file-changed', or what inspectFile reports as a problem.
 */
export async function readInstance(
  path: string,
  expected: Pick<InstanceFile, 'pixelSha256' | 'header'>,
): Promise<OpenedInstance> {
  const bytes = await readWholeFile(path, { maxBytes: maxFileBytes, accept: looksLikeDicom });
  const opening = bytes === null ? null : openInstance(bytes);
  if (opening?.kind === 'problem') throw new AppError(opening.problem.code, opening.problem.message);
  if (
    opening?.kind !== 'instance' ||
    meaningOf(opening.instance.header) !== meaningOf(expected.header) ||
    pixelSha256(opening.instance.pixels.stored) !== expected.pixelSha256
  ) {
    throw new AppError('file-changed', 'the file is not the one that was inspected any more', { retryable: true });
  }
  return opening.instance;
}

/** What the same pixels mean: another instance, place or scale makes it another image. */
function meaningOf(header: InstanceHeader): string {
  return JSON.stringify([
    header.sopInstanceUid, header.transferSyntaxUid, header.rows, header.columns, header.numberOfFrames,
    header.bitsAllocated, header.bitsStored, header.highBit, header.pixelRepresentation, header.rescaleSlope,
    header.rescaleIntercept, header.imagePositionPatient, header.imageOrientationPatient, header.pixelSpacing,
  ]);
}

/**
 * Decodes one frame of an instance to native pixels.
 *
 * @param instance - As read by readInstance.
 * @param frame - Index from 0.
 * @returns Little endian, Bits Allocated wide, colour by pixel; rows x columns x samples values.
 * @throws {AppError} 'transfer-syntax-unsupported', 'pixel-data-truncated' or 'pixel-data-corrupt'.
 */
export async function decodeInstanceFrame(instance: OpenedInstance, frame: number): Promise<Uint8Array> {
  const { header, pixels } = instance;
  const description = frameDescriptionOf(header, instance.planarConfiguration);
  if (!pixels.encapsulated) return nativeFrame(pixels.stored, frame, description, instance.bigEndianWord);
  const encoded = encapsulatedFrames(pixels, header.numberOfFrames)[frame];
  if (encoded === undefined) throw new AppError('pixel-data-truncated', 'the pixel data holds fewer frames than its header says');
  return decodeFrame(header.transferSyntaxUid, encoded, description);
}
