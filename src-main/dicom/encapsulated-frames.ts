import { AppError } from '../../src-shared/domain/errors.ts';
import type { PixelFragment, PixelValue } from './pixel-value.ts';

/**
 * Splits encapsulated Pixel Data into the code streams of its frames.
 *
 * One fragment per frame, the offset table, or the start markers of the code streams decide, in this order.
 *
 * @param value - Encapsulated Pixel Data.
 * @param numberOfFrames - From the header.
 * @returns One code stream per frame; fragments of a frame are joined.
 * @throws {AppError} 'pixel-data-truncated' when frames are missing or empty; 'pixel-data-corrupt' when fragments cannot be assigned.
 * @see DICOM PS3.5 annex A.4
 */
export function encapsulatedFrames(value: PixelValue, numberOfFrames: number): readonly Uint8Array[] {
  const groups = groupFragments(value, numberOfFrames);
  if (groups.length !== numberOfFrames) {
    throw new AppError('pixel-data-truncated', 'the pixel data holds another number of frames than its header says');
  }
  const frames = groups.map(join);
  if (frames.some((frame) => frame.length === 0)) {
    throw new AppError('pixel-data-truncated', 'a frame of the pixel data is empty');
  }
  return frames;
}

function groupFragments(value: PixelValue, numberOfFrames: number): readonly (readonly PixelFragment[])[] {
  const { fragments, offsetTable } = value;
  if (numberOfFrames === 1) return [fragments];
  if (fragments.length === numberOfFrames) return fragments.map((fragment) => [fragment]);
  const starts = offsetTable.length === numberOfFrames ? new Set(offsetTable) : startsByMarker(fragments);
  const groups: PixelFragment[][] = [];
  for (const fragment of fragments) {
    if (starts.has(fragment.offset)) groups.push([]);
    const current = groups.at(-1);
    if (current === undefined) throw new AppError('pixel-data-corrupt', 'the offset table does not fit the fragments');
    current.push(fragment);
  }
  return groups;
}

/** Every JPEG family code stream begins with FFD8 (JPEG, JPEG-LS) or FF4F FF51 (JPEG 2000). */
function startsByMarker(fragments: readonly PixelFragment[]): ReadonlySet<number> {
  const starts = fragments.filter(({ bytes }) => {
    if (bytes[0] !== 0xff) return false;
    return (bytes[1] === 0xd8 && bytes[2] === 0xff) || (bytes[1] === 0x4f && bytes[2] === 0xff && bytes[3] === 0x51);
  });
  return new Set(starts.map((fragment) => fragment.offset));
}

function join(fragments: readonly PixelFragment[]): Uint8Array {
  const [only] = fragments;
  if (only !== undefined && fragments.length === 1) return only.bytes;
  const joined = new Uint8Array(fragments.reduce((sum, fragment) => sum + fragment.bytes.length, 0));
  let offset = 0;
  for (const { bytes } of fragments) {
    joined.set(bytes, offset);
    offset += bytes.length;
  }
  return joined;
}
