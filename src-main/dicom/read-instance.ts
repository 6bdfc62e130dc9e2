import { AppError } from '../../src-shared/domain/errors.ts';
import type { InstanceFile, InstanceHeader, Slice } from '../../src-shared/domain/study.ts';
import { sha256Of } from '../platform/sha256.ts';
import { decodeFrame } from './codecs/decode-frame.ts';
import { frameDescriptionOf } from './codecs/frame-description.ts';
import { nativeFrame } from './codecs/native-frame.ts';
import { groupFragments, joinFragments } from './encapsulated-frames.ts';
import { headerOfFrame } from './instance-frames.ts';
import { openInstance } from './open-instance.ts';
import type { OpenedInstance } from './open-instance.ts';
import { looksLikeDicom } from './part10.ts';
import { maxFileBytes } from './pixel-limits.ts';
import type { PixelFragment, PixelValue } from './pixel-value.ts';
import { readWholeFile } from './read-whole-file.ts';

/**
 * Reads an image instance again to work on its pixels.
 *
 * @param path - Of the file.
 * @param expected - What the inspection saw, or a slice of it; a file that has become another one is refused.
 * @throws {AppError} 'file-unreadable', 'file-changed', or what inspectFile reports as a problem.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- asynchronous for its callers' sake: a fault is a rejection
export async function readInstance(
  path: string,
  expected: Pick<InstanceFile, 'pixelSha256' | 'header'> & Partial<Pick<Slice, 'frameNumber'>>,
): Promise<OpenedInstance> {
  const bytes = readWholeFile(path, { maxBytes: maxFileBytes, accept: looksLikeDicom });
  const opening = bytes === null ? null : openInstance(bytes);
  if (opening?.kind === 'problem') throw new AppError(opening.problem.code, opening.problem.message);
  if (
    opening?.kind !== 'instance' ||
    !isSameMeaning(opening.instance.header, expected) ||
    sha256Of(opening.instance.pixels.stored) !== expected.pixelSha256
  ) {
    throw new AppError('file-changed', 'the file is not the one that was inspected any more', { retryable: true });
  }
  return opening.instance;
}

/** A slice of a multi-frame image brings the header of its frame, not that of the instance. */
function isSameMeaning(found: InstanceHeader, { header, frameNumber }: { readonly header: InstanceHeader; readonly frameNumber?: number }): boolean {
  const isOfFrame = found.frames !== null && header.frames === null;
  return meaningOf(isOfFrame ? headerOfFrame(found, frameNumber ?? 1) : found) === meaningOf(header);
}

/** What the same pixels mean: another instance, place or scale makes it another image. */
function meaningOf(header: InstanceHeader): string {
  return JSON.stringify([
    header.sopInstanceUid, header.transferSyntaxUid, header.rows, header.columns, header.numberOfFrames,
    header.bitsAllocated, header.bitsStored, header.highBit, header.pixelRepresentation, header.rescaleSlope,
    header.rescaleIntercept, header.imagePositionPatient, header.imageOrientationPatient, header.pixelSpacing,
    header.hasModalityLut, header.frames,
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
  const fragments = fragmentsOf(pixels, header.numberOfFrames)[frame];
  if (fragments === undefined) throw new AppError('pixel-data-truncated', 'the pixel data holds fewer frames than its header says');
  return decodeFrame(header.transferSyntaxUid, joinFragments(fragments), description);
}

const grouped = new WeakMap<PixelValue, readonly (readonly PixelFragment[])[]>();

/** Frames are taken one by one; their fragments are told apart once per opened instance. */
function fragmentsOf(pixels: PixelValue, numberOfFrames: number): readonly (readonly PixelFragment[])[] {
  const known = grouped.get(pixels) ?? groupFragments(pixels, numberOfFrames);
  grouped.set(pixels, known);
  return known;
}
