/** Bytes of a file and how the elements in them are written. */
export interface Encoding {
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
  readonly explicitVr: boolean;
}

/** Where one element lies. */
export interface DataElement {
  /** As 0xGGGGEEEE. */
  readonly tag: number;
  /** Where it decides how the value is read (OB, OW, SQ, UN and other long ones); null for all others and with implicit VR. */
  readonly vr: string | null;
  /** Of the value in the bytes. */
  readonly offset: number;
  /** Of the value, bytes; 0 where it is undefined. */
  readonly length: number;
  /** The value goes on to a delimiter. */
  readonly undefinedLength: boolean;
}

/** What makes a walk stop: the bytes end within an element, or make none. */
export type WalkFault = 'truncated' | 'malformed';

const longVrs = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'];
/** VRs whose length takes four bytes, by their two letters as a number: a header has hundreds of elements, and strings cost. */
const longVrsByCode = new Map(longVrs.map((vr) => [vr.charCodeAt(0) * 256 + vr.charCodeAt(1), vr]));
const undefinedLength = 0xffffffff;
const itemTag = 0xfffee000;
const itemEnd = 0xfffee00d;
const sequenceEnd = 0xfffee0dd;
const delimiterGroup = 0xfffe;
/** Real files nest about six deep; deeper ones are made to exhaust the stack. */
const deepest = 64;

/**
 * Reads the head of the element at a position.
 *
 * @param encoding - Of the data set or item.
 * @param position - Of the tag.
 * @see DICOM PS3.5 section 7.1
 */
export function elementAt(encoding: Encoding, position: number): DataElement | WalkFault {
  const { bytes } = encoding;
  if (position + 8 > bytes.length) return 'truncated';
  const group = uint16(encoding, position);
  const tag = group * 65536 + uint16(encoding, position + 2);
  if (!encoding.explicitVr || group === delimiterGroup) return placed(tag, null, position + 8, uint32(encoding, position + 4));
  const first = bytes[position + 4] ?? 0;
  const second = bytes[position + 5] ?? 0;
  const short = uint16(encoding, position + 6);
  if (isLetter(first) && isLetter(second)) {
    const vr = longVrsByCode.get(first * 256 + second);
    if (vr === undefined) return placed(tag, null, position + 8, short);
    if (position + 12 > bytes.length) return 'truncated';
    return placed(tag, vr, position + 12, uint32(encoding, position + 8));
  }
  // Some writers leave single elements in implicit VR; others leave the VR out and keep its place.
  const implicit = uint32(encoding, position + 4);
  return implicit < 65536 ? placed(tag, null, position + 8, implicit) : placed(tag, null, position + 8, short);
}

/**
 * Finds the end of an element of undefined length: a sequence, or fragments of pixels.
 *
 * @param encoding - Of the data set that holds it.
 * @param element - Of undefined length; with VR UN its items are in implicit VR, little endian.
 * @returns Position after the sequence delimiter.
 * @see DICOM PS3.5 section 6.2.2, 7.5, A.4
 */
export function endOfItems(encoding: Encoding, element: DataElement, depth = 0): number | WalkFault {
  if (depth > deepest) return 'malformed';
  const within = element.vr === 'UN' ? { bytes: encoding.bytes, bigEndian: false, explicitVr: false } : encoding;
  let position = element.offset;
  for (;;) {
    const item = elementAt(within, position);
    if (typeof item === 'string') return item;
    if (item.tag === sequenceEnd) return item.offset;
    if (item.tag !== itemTag) return 'malformed';
    const end = item.undefinedLength ? endOfItem(within, item.offset, depth) : item.offset + item.length;
    if (typeof end === 'string') return end;
    if (end > within.bytes.length) return 'truncated';
    position = end;
  }
}

function endOfItem(encoding: Encoding, start: number, depth: number): number | WalkFault {
  let position = start;
  for (;;) {
    const element = elementAt(encoding, position);
    if (typeof element === 'string') return element;
    if (element.tag === itemEnd) return element.offset;
    const end = element.undefinedLength ? endOfItems(encoding, element, depth + 1) : element.offset + element.length;
    if (typeof end === 'string') return end;
    if (end > encoding.bytes.length) return 'truncated';
    position = end;
  }
}

function placed(tag: number, vr: string | null, offset: number, length: number): DataElement {
  const isUndefined = length === undefinedLength;
  return { tag, vr, offset, length: isUndefined ? 0 : length, undefinedLength: isUndefined };
}

function isLetter(code: number): boolean {
  return code >= 65 && code <= 90;
}

function uint16({ bytes, bigEndian }: Encoding, position: number): number {
  const first = bytes[position] ?? 0;
  const second = bytes[position + 1] ?? 0;
  return bigEndian ? first * 256 + second : second * 256 + first;
}

function uint32(encoding: Encoding, position: number): number {
  const first = uint16(encoding, position);
  const second = uint16(encoding, position + 2);
  return encoding.bigEndian ? first * 65536 + second : second * 65536 + first;
}
