import { AppError } from '../../src-shared/domain/errors.ts';
import type { PixelFragment, PixelValue } from './pixel-value.ts';

/**
 * Splits encapsulated Pixel Data into the code streams of its frames.
 *
 * One fragment per frame, an offset table that can be right, or the start markers of the code streams decide, in this order. A table
 * that points beside the fragments, or at one that does not begin a code stream although others do, is not believed: a wrong frame is
 * worse than none.
 *
 * @param value - Encapsulated Pixel Data.
 * @param numberOfFrames - From the header.
 * @returns One code stream per frame; fragments of a frame are joined.
 * @throws {AppError} 'pixel-data-truncated' when frames are missing or empty; 'pixel-data-corrupt' when fragments cannot be assigned.
 * @see DICOM PS3.5 annex A.4, PS3.3 C.7.6.3.1.8
 */
export function encapsulatedFrames(value: PixelValue, numberOfFrames: number): readonly Uint8Array[] {
  return groupFragments(value, numberOfFrames).map(joinFragments);
}

/**
 * Assigns the fragments of encapsulated Pixel Data to its frames, as encapsulatedFrames, without copying any.
 *
 * @returns The fragments of each frame; joinFragments makes its code stream.
 * @throws {AppError} As encapsulatedFrames.
 */
export function groupFragments(value: PixelValue, numberOfFrames: number): readonly (readonly PixelFragment[])[] {
  const groups = assign(value, numberOfFrames);
  if (groups.length !== numberOfFrames) {
    throw new AppError('pixel-data-truncated', 'the pixel data holds another number of frames than its header says');
  }
  if (groups.some((fragments) => fragments.every(({ bytes }) => bytes.length === 0))) {
    throw new AppError('pixel-data-truncated', 'a frame of the pixel data is empty');
  }
  return groups;
}

/** Joins the fragments of one frame; a single one shares the file's memory. */
export function joinFragments(fragments: readonly PixelFragment[]): Uint8Array {
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

function assign({ fragments, offsetTable }: PixelValue, numberOfFrames: number): readonly (readonly PixelFragment[])[] {
  if (numberOfFrames === 1) return [fragments];
  if (fragments.length === numberOfFrames) return fragments.map((fragment) => [fragment]);
  const marked = new Set(fragments.filter(({ bytes }) => isStart(bytes)).map(({ offset }) => offset));
  const starts = chooseStarts(fragments, offsetTable, marked, numberOfFrames);
  const groups: PixelFragment[][] = [];
  for (const fragment of fragments) {
    if (starts.has(fragment.offset)) groups.push([]);
    const current = groups.at(-1);
    if (current === undefined) throw new AppError('pixel-data-corrupt', 'the fragments of the pixel data cannot be assigned to frames');
    current.push(fragment);
  }
  return groups;
}

function chooseStarts(
  fragments: readonly PixelFragment[], offsetTable: readonly number[], marked: ReadonlySet<number>, numberOfFrames: number,
): ReadonlySet<number> {
  const table = new Set(offsetTable);
  const offsets = new Set(fragments.map(({ offset }) => offset));
  const fits = offsetTable.length === numberOfFrames
    && offsetTable.every((offset, index) => offsets.has(offset) && offset > (offsetTable[index - 1] ?? -1));
  if (!fits) return marked;
  // Streams of a kind that has no marker, or a marker that turned up by chance in mid-frame: the table knows better.
  if (marked.size === 0 || offsetTable.every((offset) => marked.has(offset))) return table;
  return marked;
}

/** JPEG and JPEG-LS begin with FFD8 FF, JPEG 2000 with FF4F FF51 or as a JP2 file, RLE with its number of segments and the first one's offset. */
function isStart(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff) return (bytes[1] === 0xd8 && bytes[2] === 0xff) || (bytes[1] === 0x4f && bytes[2] === 0xff && bytes[3] === 0x51);
  if (bytes[1] !== 0 || bytes[2] !== 0) return false;
  if (bytes[0] === 0) return bytes[3] === 12 && bytes[4] === 0x6a && bytes[5] === 0x50;
  return (bytes[0] ?? 255) <= 15 && bytes[3] === 0 && bytes[4] === 64 && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0;
}
