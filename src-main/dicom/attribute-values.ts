import { decodeText } from './character-set.ts';
import { cleanText } from './clean-text.ts';
import { valueBytes } from './data-set.ts';
import type { DataSet } from './data-set.ts';

/** Longest value that is read as text, bytes. */
const maxTextBytes = 65536;
const maxPlainBytes = 256;

/**
 * Values of a text attribute that may have several.
 *
 * @param characterSets - Values of Specific Character Set; empty for attributes that it does not touch.
 * @returns Cleaned; a value that is blank is ''. Empty when the attribute is absent.
 */
export function readTexts(dataSet: DataSet, tag: number, characterSets: readonly string[] = []): readonly string[] {
  const plain = plainText(dataSet, tag);
  if (plain !== null) return plain.includes('\\') ? plain.split('\\').map((value) => value.trim()) : [plain.trim()];
  const bytes = valueBytes(dataSet, tag);
  if (bytes === null || bytes.length > maxTextBytes) return [];
  return decodeText(bytes, characterSets).split('\\').map((value) => cleanText(value) ?? '');
}

/**
 * Text of an attribute that has one value.
 *
 * @param characterSets - As readTexts.
 * @returns Cleaned; null when absent or blank.
 */
export function readText(dataSet: DataSet, tag: number, characterSets: readonly string[]): string | null {
  const plain = plainText(dataSet, tag);
  if (plain !== null) return plain.trim() || null;
  const bytes = valueBytes(dataSet, tag);
  return bytes === null || bytes.length > maxTextBytes ? null : cleanText(decodeText(bytes, characterSets));
}

/** Short values of printable ASCII, as nearly all are: the same as decodeText and cleanText give, at a tenth of the time. */
function plainText({ bytes, elements }: DataSet, tag: number): string | null {
  const element = elements.get(tag);
  if (element === undefined || element.length === 0 || element.length > maxPlainBytes || element.undefinedLength) return null;
  let end = element.offset + element.length;
  if (bytes[end - 1] === 0) end -= 1;
  let text = '';
  for (let position = element.offset; position < end; position += 1) {
    const byte = bytes[position] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** First value of a code string in upper case; null when absent or blank. */
export function readCode(dataSet: DataSet, tag: number): string | null {
  return readTexts(dataSet, tag)[0]?.toUpperCase() || null;
}

/** A UID; null when absent or when it holds what no UID does. */
export function readUid(dataSet: DataSet, tag: number): string | null {
  const value = readTexts(dataSet, tag)[0] ?? '';
  return /^[0-9A-Za-z._-]{1,64}$/.test(value) ? value : null;
}

/**
 * Decimal strings.
 *
 * @param count - How many of the first values are wanted; all when left out.
 * @returns Null unless all of them are there and finite.
 */
export function readNumbers(dataSet: DataSet, tag: number, count?: number): readonly number[] | null {
  const values = readTexts(dataSet, tag).slice(0, count).map((value) => (value === '' ? NaN : Number(value)));
  return values.length > 0 && values.length === (count ?? values.length) && values.every(Number.isFinite) ? values : null;
}

/** An integer string, without what follows a decimal point; null when absent or no number. */
export function readInteger(dataSet: DataSet, tag: number): number | null {
  const value = readNumbers(dataSet, tag, 1)?.[0];
  return value === undefined ? null : Math.trunc(value);
}

/** An unsigned 16-bit value (US); null when absent. */
export function readUint16(dataSet: DataSet, tag: number): number | null {
  const { bytes, bigEndian, elements } = dataSet;
  const element = elements.get(tag);
  if (element === undefined || element.length < 2) return null;
  const first = bytes[element.offset] ?? 0;
  const second = bytes[element.offset + 1] ?? 0;
  return bigEndian ? first * 256 + second : second * 256 + first;
}

/** A signed 16-bit value (SS); null when absent. */
export function readInt16(dataSet: DataSet, tag: number): number | null {
  const value = readUint16(dataSet, tag);
  return value === null || value < 32768 ? value : value - 65536;
}

/** An unsigned 32-bit value (UL); null when absent. */
export function readUint32(dataSet: DataSet, tag: number): number | null {
  const bytes = valueBytes(dataSet, tag);
  if (bytes === null || bytes.length < 4) return null;
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, !dataSet.bigEndian);
}
