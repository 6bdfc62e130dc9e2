import type { Element } from 'dicom-parser';
import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { frameBits } from './pixel-limits.ts';

/** The value of Pixel Data as stored: one run of native bytes, or the fragments of an encapsulated one. */
export interface PixelValue {
  /** The value's bytes: native pixels, or all items between the element's header and the sequence delimiter. */
  readonly stored: Uint8Array;
  readonly encapsulated: boolean;
  /** Offsets of the frames' first fragments from the first fragment's item header; empty when the file has no table. */
  readonly offsetTable: readonly number[];
  readonly fragments: readonly PixelFragment[];
}

/** One item of encapsulated Pixel Data. */
export interface PixelFragment {
  /** Of its item header, counted as the offset table does. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const undefinedLength = 0xffffffff;

/**
 * Takes the value of Pixel Data out of a file and checks that all of it is there.
 *
 * @param bytes - The file, or the inflated data set.
 * @param element - Pixel Data as dicom-parser found it; only its offset and length are used.
 * @param header - Says how long native data must be.
 * @throws {AppError} 'pixel-data-truncated' when the file or the data ends early; 'dicom-malformed' when items make no sense.
 * @see DICOM PS3.5 annex A.4
 */
export function readPixelValue(bytes: Uint8Array, element: Element, header: InstanceHeader): PixelValue {
  if (element.length === undefinedLength) return readEncapsulated(bytes, element.dataOffset);
  const needed = Math.ceil((frameBits(header, true) * header.numberOfFrames) / 8);
  if (element.dataOffset + element.length > bytes.length || element.length < needed) {
    throw new AppError('pixel-data-truncated', 'the pixel data is shorter than its header says');
  }
  const stored = bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  return { stored, encapsulated: false, offsetTable: [], fragments: [] };
}

function readEncapsulated(bytes: Uint8Array, start: number): PixelValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: { readonly position: number; readonly bytes: Uint8Array }[] = [];
  let position = start;
  for (;;) {
    if (position + 8 > bytes.length) throw truncated();
    const group = view.getUint16(position, true);
    const element = view.getUint16(position + 2, true);
    const length = view.getUint32(position + 4, true);
    if (group === 0xfffe && element === 0xe0dd) break;
    if (group !== 0xfffe || element !== 0xe000) {
      throw new AppError('dicom-malformed', 'the encapsulated pixel data is not a sequence of items');
    }
    if (position + 8 + length > bytes.length) throw truncated();
    items.push({ position, bytes: bytes.subarray(position + 8, position + 8 + length) });
    position += 8 + length;
  }
  const [table, ...rest] = items;
  const first = rest[0];
  if (table === undefined || first === undefined || rest.every((item) => item.bytes.length === 0)) throw truncated();
  return {
    stored: bytes.subarray(start, position),
    encapsulated: true,
    offsetTable: readOffsetTable(table.bytes),
    fragments: rest.map((item) => ({ offset: item.position - first.position, bytes: item.bytes })),
  };
}

function readOffsetTable(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getUint32(index * 4, true));
}

function truncated(): AppError {
  return new AppError('pixel-data-truncated', 'the encapsulated pixel data ends before its delimiter');
}
