import { elementAt, endOfItems } from './element-walk.ts';
import type { DataElement, Encoding } from './element-walk.ts';

/** The elements of a data set, or of one item of a sequence; values stay in the file's bytes until asked for. */
export interface DataSet extends Encoding {
  readonly elements: ReadonlyMap<number, DataElement>;
}

/** Elements by tag, where the walk stopped, and what stopped it if something did. */
export interface ParsedDataSet {
  readonly dataSet: DataSet;
  /** Pixel Data (7FE0,0010) of the top level; the walk ends there. */
  readonly pixelData: DataElement | null;
  readonly fault: 'truncated' | 'malformed' | null;
}

const pixelDataTag = 0x7fe00010;
const itemTag = 0xfffee000;
const itemEnd = 0xfffee00d;
const sequenceEnd = 0xfffee0dd;

/**
 * Walks a data set up to its Pixel Data; what was found before a fault is kept.
 *
 * Sequences are stepped over and opened by itemsOf when asked for. An element that ends beyond the bytes counts as absent, except
 * Pixel Data, whose reader says how much is missing.
 *
 * @param source - Bytes and encoding, and where the data set begins.
 * @see DICOM PS3.5 chapter 7
 */
export function parseDataSet(source: Encoding & { readonly dataSetOffset: number }): ParsedDataSet {
  const { bytes, bigEndian, explicitVr } = source;
  const elements = new Map<number, DataElement>();
  const dataSet: DataSet = { bytes, bigEndian, explicitVr, elements };
  if (source.dataSetOffset >= bytes.length) return { dataSet, pixelData: null, fault: 'truncated' };
  let position = source.dataSetOffset;
  while (position < bytes.length) {
    const element = elementAt(source, position);
    if (typeof element === 'string') return { dataSet, pixelData: null, fault: element };
    if (element.tag === pixelDataTag) {
      elements.set(pixelDataTag, element);
      return { dataSet, pixelData: element, fault: null };
    }
    const end = element.undefinedLength ? endOfItems(source, element) : element.offset + element.length;
    if (typeof end === 'string') return { dataSet, pixelData: null, fault: end };
    if (end > bytes.length) return { dataSet, pixelData: null, fault: 'truncated' };
    // A delimiter without its sequence has no value and hurts nobody.
    if (element.tag !== itemEnd && element.tag !== sequenceEnd) elements.set(element.tag, element);
    position = end;
  }
  return { dataSet, pixelData: null, fault: null };
}

/**
 * Value of an element.
 *
 * @param dataSet - That holds it.
 * @param tag - As 0xGGGGEEEE.
 * @returns Its bytes, sharing the file's memory; null when it is absent, empty or of undefined length.
 */
export function valueBytes(dataSet: DataSet, tag: number): Uint8Array | null {
  const element = dataSet.elements.get(tag);
  if (element === undefined || element.length === 0 || element.undefinedLength) return null;
  return dataSet.bytes.subarray(element.offset, element.offset + element.length);
}

/**
 * Items of a sequence, each with its own elements; sequences whose VR was lost (UN) are read as the standard wants, in implicit VR.
 *
 * @param dataSet - That holds the sequence.
 * @param tag - As 0xGGGGEEEE.
 * @returns Empty when the sequence is absent, empty or damaged from its first item on.
 * @see DICOM PS3.5 section 6.2.2 and 7.5
 */
export function itemsOf(dataSet: DataSet, tag: number): readonly DataSet[] {
  const sequence = dataSet.elements.get(tag);
  if (sequence === undefined || (sequence.length === 0 && !sequence.undefinedLength)) return [];
  const encoding = sequence.vr === 'UN' ? { bytes: dataSet.bytes, bigEndian: false, explicitVr: false } : dataSet;
  const limit = sequence.undefinedLength ? dataSet.bytes.length : sequence.offset + sequence.length;
  const items: DataSet[] = [];
  let position = sequence.offset;
  while (position < limit) {
    const item = elementAt(encoding, position);
    if (typeof item === 'string' || item.tag !== itemTag) break;
    const elements = new Map<number, DataElement>();
    const end = readItem(encoding, item, limit, elements);
    if (end === null) break;
    items.push({ bytes: encoding.bytes, bigEndian: encoding.bigEndian, explicitVr: encoding.explicitVr, elements });
    position = end;
  }
  return items;
}

/** Collects the elements of an item; the position after it, or null when it is damaged. */
function readItem(encoding: Encoding, item: DataElement, limit: number, elements: Map<number, DataElement>): number | null {
  const itemLimit = item.undefinedLength ? limit : item.offset + item.length;
  if (itemLimit > limit) return null;
  let position = item.offset;
  while (position < itemLimit) {
    const element = elementAt(encoding, position);
    if (typeof element === 'string') return null;
    if (element.tag === itemEnd) return element.offset;
    const end = element.undefinedLength ? endOfItems(encoding, element) : element.offset + element.length;
    if (typeof end === 'string' || end > itemLimit) return null;
    elements.set(element.tag, element);
    position = end;
  }
  return item.undefinedLength ? null : itemLimit;
}
