import { valueBytes } from './data-set.ts';
import type { DataSet } from './data-set.ts';

/** A table of a Modality LUT or VOI LUT Sequence: what every value from `firstMapped` on becomes. */
export interface LookupTable {
  /** Input value of the first entry; lower ones become the first entry, values beyond the end the last. */
  readonly firstMapped: number;
  /** Bits of an entry, 8 to 16: entries span 0 to 2^bits - 1. */
  readonly bits: number;
  readonly values: Uint16Array;
}

const mostEntries = 65536;

/**
 * Reads a lookup table from an item of a Modality LUT or VOI LUT Sequence.
 *
 * @param item - With LUT Descriptor (0028,3002) and LUT Data (0028,3006).
 * @param mapsNegative - Whether the values that are mapped can be negative: files get the descriptor's VR wrong.
 * @returns Null when descriptor and data make no table.
 * @see DICOM PS3.3 C.11.1.1.1, C.11.2.1.1
 */
export function readLookupTable(item: DataSet, mapsNegative: boolean): LookupTable | null {
  const descriptor = valueBytes(item, 0x00283002);
  const data = valueBytes(item, 0x00283006);
  if (descriptor === null || data === null || descriptor.length < 6) return null;
  const { bigEndian } = item;
  const described = word(descriptor, 0, bigEndian);
  const count = described === 0 ? mostEntries : described;
  const first = word(descriptor, 1, bigEndian);
  const values = entries(data, count, bigEndian);
  if (values === null) return null;
  return {
    firstMapped: mapsNegative && first >= 32768 ? first - 65536 : first,
    bits: bitsOf(word(descriptor, 2, bigEndian), values),
    values,
  };
}

/** Words, or bytes two to a word; the length of the data tells, whatever bits the descriptor declares. */
function entries(data: Uint8Array, count: number, bigEndian: boolean): Uint16Array | null {
  if (data.length >= 2 * count) return Uint16Array.from({ length: count }, (_, index) => word(data, index, bigEndian));
  // Bytes that fill words are swapped with them.
  if (data.length >= count) return Uint16Array.from({ length: count }, (_, index) => data[bigEndian ? index ^ 1 : index] ?? 0);
  return null;
}

/** A declared width that the entries do not fit into is a lie. */
function bitsOf(declared: number, values: Uint16Array): number {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const needed = Math.max(8, 32 - Math.clz32(largest));
  return declared >= needed && declared <= 16 ? declared : needed;
}

function word(bytes: Uint8Array, index: number, bigEndian: boolean): number {
  const [low, high] = [bytes[2 * index] ?? 0, bytes[2 * index + 1] ?? 0];
  return bigEndian ? low * 256 + high : high * 256 + low;
}
