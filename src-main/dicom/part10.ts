import { inflateRawSync } from 'node:zlib';
import { AppError } from '../../src-shared/domain/errors.ts';
import { explicitBigEndian, explicitLittleEndian, findTransferSyntax, implicitLittleEndian } from './transfer-syntax.ts';

/** Where the data set of a DICOM file lies and how its elements are written. */
export interface DicomSource {
  /** The file's bytes; for the deflated syntax the inflated data set alone. */
  readonly bytes: Uint8Array;
  readonly dataSetOffset: number;
  readonly transferSyntaxUid: string;
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
  /** Whether the file carries the DICM prefix or a file meta group; without it, only the contents can tell. */
  readonly isPart10: boolean;
  /** Whether the bytes are not those of the file but what its deflated data set unfolds to. */
  readonly isInflated: boolean;
}

/** Deflated data may unfold to this much and no more: a megabyte can hold a gigabyte of zeros. */
export const maxInflatedBytes = 512 * 1024 * 1024;

const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const vrs = new Set([
  ...longVrs,
  'AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST', 'TM', 'UI', 'UL', 'US',
]);

/**
 * Tells from the first bytes of a file whether it can be DICOM, so that other files need not be read.
 *
 * @param start - At least 140 bytes of the file's beginning, fewer if the file is shorter.
 */
export function looksLikeDicom(start: Uint8Array): boolean {
  return hasPrefix(start) || metaOffset(start) !== null || dataSetStart(start, 0) !== null;
}

/**
 * Finds the data set in a DICOM file: Part 10, without preamble, without meta header or without either.
 *
 * @param fileBytes - The whole file.
 * @returns Null when the bytes are not DICOM.
 * @throws {AppError} 'dicom-malformed' when a deflated data set cannot be inflated, 'image-too-large' when it unfolds beyond the cap.
 * @see DICOM PS3.10 section 7.1
 */
export function openPart10(fileBytes: Uint8Array): DicomSource | null {
  const bytes = plainBytes(fileBytes);
  const start = metaOffset(bytes);
  const prefixed = hasPrefix(bytes);
  const meta = start === null ? null : readMeta(bytes, start);
  const offset = meta?.end ?? (prefixed ? 132 : 0);
  const declared = meta?.transferSyntaxUid ?? null;
  if (declared !== null && findTransferSyntax(declared)?.deflated === true) {
    return {
      bytes: inflate(bytes.subarray(offset)), dataSetOffset: 0, transferSyntaxUid: declared,
      explicitVr: true, bigEndian: false, isPart10: true, isInflated: true,
    };
  }
  const found = dataSetStart(bytes, offset);
  if (found === null && meta === null && !prefixed) return null;
  const written = found ?? {
    explicitVr: declared === null ? vrs.has(ascii(bytes, offset + 4, 2)) : declared !== implicitLittleEndian,
    bigEndian: declared === explicitBigEndian,
  };
  return {
    bytes, dataSetOffset: offset, ...written,
    transferSyntaxUid: declared ?? guessSyntax(written),
    isPart10: prefixed || meta !== null,
    isInflated: false,
  };
}

function guessSyntax(written: { readonly explicitVr: boolean; readonly bigEndian: boolean }): string {
  if (written.bigEndian) return explicitBigEndian;
  return written.explicitVr ? explicitLittleEndian : implicitLittleEndian;
}

function hasPrefix(bytes: Uint8Array): boolean {
  return ascii(bytes, 128, 4) === 'DICM';
}

function metaOffset(bytes: Uint8Array): number | null {
  for (const offset of [132, 0]) {
    if (offset === 132 && !hasPrefix(bytes)) continue;
    if (uint16(bytes, offset) === 0x0002 && uint16(bytes, offset + 2) <= 0x0102 && vrs.has(ascii(bytes, offset + 4, 2))) return offset;
  }
  return null;
}

/** Reads group 0002 element by element: its own length element (0002,0000) is often absent or wrong. */
function readMeta(bytes: Uint8Array, start: number): { readonly end: number; readonly transferSyntaxUid: string | null } {
  let offset = start;
  let transferSyntaxUid: string | null = null;
  while (uint16(bytes, offset) === 0x0002 && vrs.has(ascii(bytes, offset + 4, 2))) {
    const isLong = longVrs.has(ascii(bytes, offset + 4, 2));
    const length = isLong ? uint16(bytes, offset + 8) + uint16(bytes, offset + 10) * 65536 : uint16(bytes, offset + 6);
    const value = offset + (isLong ? 12 : 8);
    if (uint16(bytes, offset + 2) === 0x0010) transferSyntaxUid = ascii(bytes, value, length).replace(/[\0 ]+$/, '') || null;
    offset = value + length;
  }
  return { end: offset, transferSyntaxUid };
}

/** Judges the first element of a data set: group 0008 (rarely 0004 or 0010) in either byte order, with or without a VR. */
function dataSetStart(bytes: Uint8Array, offset: number): { readonly explicitVr: boolean; readonly bigEndian: boolean } | null {
  if (offset + 8 > bytes.length) return null;
  const explicitVr = vrs.has(ascii(bytes, offset + 4, 2));
  const group = uint16(bytes, offset);
  if (group === 0x0004 || group === 0x0008 || group === 0x0010) {
    const length = uint16(bytes, offset + 4) + uint16(bytes, offset + 6) * 65536;
    return explicitVr || length < 65536 ? { explicitVr, bigEndian: false } : null;
  }
  return explicitVr && (group === 0x0400 || group === 0x0800 || group === 0x1000) ? { explicitVr, bigEndian: true } : null;
}

/** The same memory without Node's Buffer around it: a Buffer's slice() is no copy, whatever the type says, and its subarray() is slow. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function inflate(deflated: Uint8Array): Uint8Array {
  try {
    return plainBytes(inflateRawSync(deflated, { maxOutputLength: maxInflatedBytes }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError('image-too-large', 'the deflated data unfolds beyond what LungDesk accepts', { cause });
    }
    throw new AppError('dicom-malformed', 'the deflated data cannot be inflated', { cause });
  }
}

/** At most 80 characters: a UID has 64, and a length read from a hostile file is not to be trusted. */
function ascii(bytes: Uint8Array, offset: number, length: number): string {
  const end = Math.min(offset + Math.min(length, 80), bytes.length);
  let text = '';
  for (let position = offset; position < end; position += 1) text += String.fromCharCode(bytes[position] ?? 0);
  return text;
}

/** Little endian; NaN past the end, which no comparison accepts. */
function uint16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? NaN) + (bytes[offset + 1] ?? NaN) * 256;
}
