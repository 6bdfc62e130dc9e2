import { AppError } from '../../../src-shared/domain/errors.ts';
import type { InstanceHeader } from '../../../src-shared/domain/study.ts';
import type { LookupTable } from '../../dicom/lookup-table.ts';

/** How the stored bits of a CT instance become Hounsfield units. */
export interface ModalityScale {
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  /** Bits below the stored ones. */
  readonly shift: number;
  readonly isSigned: boolean;
  readonly slope: number;
  readonly intercept: number;
  /** Takes the place of slope and intercept; null for nearly every CT. */
  readonly modalityLut: LookupTable | null;
  /** Stored values outside the reconstructed circle, both ends inclusive, where they can be trusted; null otherwise. */
  readonly padding: readonly [lowest: number, highest: number] | null;
}

/** HU of air; nothing that a scanner measures lies below it, whatever padding is tagged or not. */
export const airHu = -1024;
/** What is at least this thin is air or padding: believing such padding hides no tissue. */
const thinnestHu = -1000;
/** Highest HU of the usual 12-bit scale; above it only metal and padding are found. */
const densestHu = 3071;

/**
 * Reads the modality scale of a CT instance.
 *
 * Photometric Interpretation does not matter: with MONOCHROME1 the same values mean the same HU and are merely shown inverted.
 *
 * @param header - Of the instance or of one of its frames.
 * @param modalityLut - Of its display attributes: where a file has a table, slope and intercept do not count.
 * @throws {AppError} 'rescale-missing' without a usable table or slope and intercept; 'transfer-syntax-unsupported' for colour or
 *   other than 8 or 16 bits.
 * @see DICOM PS3.3 C.11.1.1, C.7.6.3.1
 */
export function modalityScale(header: InstanceHeader, modalityLut: LookupTable | null): ModalityScale {
  const { bitsAllocated, rescaleSlope: slope, rescaleIntercept: intercept, hasModalityLut } = header;
  if (hasModalityLut && modalityLut === null) {
    throw new AppError('rescale-missing', 'the modality lookup table of the CT slice makes no sense, so there are no Hounsfield units');
  }
  if (modalityLut === null && (slope === null || slope === 0 || intercept === null)) {
    throw new AppError('rescale-missing', 'the CT slice has no rescale slope and intercept, so no Hounsfield units');
  }
  if ((bitsAllocated !== 8 && bitsAllocated !== 16) || header.samplesPerPixel !== 1) {
    throw new AppError('transfer-syntax-unsupported', 'only grey pixels of 8 or 16 bits are read');
  }
  const bitsStored = Math.min(Math.max(header.bitsStored, 1), bitsAllocated);
  const shift = Math.min(Math.max(header.highBit + 1 - bitsStored, 0), bitsAllocated - bitsStored);
  const scale: ModalityScale = {
    bitsAllocated, bitsStored, shift, isSigned: header.pixelRepresentation === 1, slope: slope ?? 1, intercept: intercept ?? 0, modalityLut, padding: null,
  };
  return { ...scale, padding: trustedPadding(header, scale) };
}

/** Padding in the range of tissue is a lie: believing it would punch holes into the patient. */
function trustedPadding({ pixelPaddingValue: value, pixelPaddingRangeLimit: limit }: InstanceHeader, scale: ModalityScale): ModalityScale['padding'] {
  if (value === null) return null;
  const range = [Math.min(value, limit ?? value), Math.max(value, limit ?? value)] as const;
  return [range, [value, value] as const].find((tagged) => isBeyondTissue(tagged, scale)) ?? null;
}

function isBeyondTissue([lowest, highest]: readonly [number, number], scale: ModalityScale): boolean {
  // A slope rises or falls throughout; a table may do both.
  const step = scale.modalityLut === null ? Math.max(1, highest - lowest) : 1;
  for (let value = lowest, isThin = true, isDense = true; value <= highest; value += step) {
    const hounsfield = rescaled(value, scale);
    isThin &&= hounsfield <= thinnestHu;
    isDense &&= hounsfield > densestHu;
    if (!isThin && !isDense) return false;
  }
  return true;
}

/**
 * Hounsfield units of one stored value: the formula that the tables are made of.
 *
 * @param bits - The stored bits as an unsigned number, 0 to 2^bitsStored - 1.
 * @param scale - Of the instance.
 * @returns HU, not rounded, never below -1024.
 */
export function hounsfieldOf(bits: number, scale: ModalityScale): number {
  const half = 2 ** (scale.bitsStored - 1);
  const stored = scale.isSigned && bits >= half ? bits - 2 * half : bits;
  const { padding } = scale;
  if (padding !== null && stored >= padding[0] && stored <= padding[1]) return airHu;
  return Math.max(airHu, rescaled(stored, scale));
}

/** Output of the modality transformation. A table's words are signed where they are HU: no HU reaches 32768, and air is negative. */
function rescaled(stored: number, { slope, intercept, modalityLut }: ModalityScale): number {
  if (modalityLut === null) return stored * slope + intercept;
  const { firstMapped, values } = modalityLut;
  const value = values[Math.min(Math.max(stored - firstMapped, 0), values.length - 1)] ?? 0;
  return value >= 32768 ? value - 65536 : value;
}

/**
 * Tabulates the modality scale.
 *
 * @param scale - Of the instance.
 * @returns HU rounded to whole numbers, by stored bits; 2^bitsStored values.
 */
export function hounsfieldTable(scale: ModalityScale): Int16Array {
  const table = new Int16Array(2 ** scale.bitsStored);
  return table.map((_, bits) => Math.min(32767, Math.round(hounsfieldOf(bits, scale))));
}

/**
 * Takes the stored bits out of a frame; overlay bits above and below them are masked.
 *
 * @param pixels - Native little-endian pixels of one frame.
 * @param scale - Says which bits are stored.
 * @returns One unsigned number per pixel, 0 to 2^bitsStored - 1; may share memory with the pixels.
 * @see DICOM PS3.5 section 8.1.1
 */
export function storedBits(pixels: Uint8Array, scale: ModalityScale): Uint16Array {
  const all = scale.bitsAllocated === 8 ? Uint16Array.from(pixels) : words(pixels);
  if (scale.bitsStored === 16) return all;
  const mask = 2 ** scale.bitsStored - 1;
  const bits = new Uint16Array(all.length);
  for (let index = 0; index < bits.length; index += 1) bits[index] = ((all[index] ?? 0) >> scale.shift) & mask;
  return bits;
}

/**
 * Converts a frame to Hounsfield units.
 *
 * @param pixels - Native little-endian pixels of one frame.
 * @param header - Of the instance or of one of its frames.
 * @param modalityLut - As modalityScale.
 * @returns rows x columns values, row-major, -1024 to 32767.
 * @throws {AppError} As modalityScale.
 */
export function toHounsfield(pixels: Uint8Array, header: InstanceHeader, modalityLut: LookupTable | null): Int16Array<ArrayBuffer> {
  const scale = modalityScale(header, modalityLut);
  return lookUpHounsfield(storedBits(pixels, scale), hounsfieldTable(scale));
}

/**
 * Looks up stored bits in a table of Hounsfield units.
 *
 * @param bits - One per pixel.
 * @param table - By stored bits.
 */
export function lookUpHounsfield(bits: Uint16Array, table: Int16Array): Int16Array<ArrayBuffer> {
  const hounsfield = new Int16Array(bits.length);
  for (let index = 0; index < bits.length; index += 1) hounsfield[index] = table[bits[index] ?? 0] ?? 0;
  return hounsfield;
}

function words(pixels: Uint8Array): Uint16Array {
  const aligned = pixels.byteOffset % 2 === 0 ? pixels : new Uint8Array(pixels);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 1);
}
