import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { valueBytes } from './data-set.ts';
import type { DataSet } from './data-set.ts';
import type { DataElement } from './element-walk.ts';
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

/**
 * Takes the value of Pixel Data out of a data set and checks that all of it is there.
 *
 * @param dataSet - That holds it.
 * @param element - Pixel Data (7FE0,0010).
 * @param header - Says how long native data must be.
 * @throws {AppError} 'pixel-data-truncated' when the file or the data ends early; 'dicom-malformed' when items make no sense.
 * @see DICOM PS3.5 annex A.4
 */
export function readPixelValue(dataSet: DataSet, element: DataElement, header: InstanceHeader): PixelValue {
  const { bytes } = dataSet;
  if (element.undefinedLength) {
    const value = readEncapsulated(bytes, element.offset);
    return value.offsetTable.length > 0 ? value : { ...value, offsetTable: readExtendedOffsetTable(dataSet) };
  }
  if (!isWhole(element, bytes.length, header)) throw new AppError('pixel-data-truncated', 'the pixel data is shorter than its header says');
  const stored = bytes.subarray(element.offset, element.offset + element.length);
  return { stored, encapsulated: false, offsetTable: [], fragments: [] };
}

/**
 * Whether native Pixel Data is as long as its header wants and lies within the file.
 *
 * @param element - Pixel Data, of defined length.
 * @param fileBytes - Length of the file, or of the inflated data set.
 */
export function isWhole(element: Pick<DataElement, 'offset' | 'length'>, fileBytes: number, header: InstanceHeader): boolean {
  return element.offset + element.length <= fileBytes && element.length >= Math.ceil((frameBits(header, true) * header.numberOfFrames) / 8);
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

/**
 * Offsets of the Extended Offset Table (7FE0,0001); one that does not fit its lengths (7FE0,0002) is none.
 *
 * @see DICOM PS3.3 C.7.6.3.1.8
 */
function readExtendedOffsetTable(dataSet: DataSet): readonly number[] {
  const offsets = valueBytes(dataSet, 0x7fe00001);
  if (offsets === null || offsets.length % 8 !== 0 || valueBytes(dataSet, 0x7fe00002)?.length !== offsets.length) return [];
  const view = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
  // Beyond 2^53 no file goes: what is lost in rounding fits no fragment.
  return Array.from({ length: offsets.length / 8 }, (_, index) => Number(view.getBigUint64(index * 8, true)));
}

function truncated(): AppError {
  return new AppError('pixel-data-truncated', 'the encapsulated pixel data ends before its delimiter');
}
