import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOf, parseDataSet, valueBytes } from '../../../src-main/dicom/data-set.ts';
import type { DataSet, ParsedDataSet } from '../../../src-main/dicom/data-set.ts';
import { openPart10 } from '../../../src-main/dicom/part10.ts';
import { ctSlice, dicomFile } from '../../helpers/dicom-writer.ts';
import type { WrittenElement } from '../../helpers/dicom-writer.ts';

const bare = { hasPreamble: false, hasMeta: false } as const;
const rows = (value: number): WrittenElement => ({ tag: 0x00280010, vr: 'US', value });
const name: WrittenElement = { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL' };

function parse(bytes: Uint8Array): ParsedDataSet {
  const source = openPart10(bytes);
  if (source === null) throw new Error('no DICOM');
  return parseDataSet(source);
}

const sum = (dataSet: DataSet, tag: number): number => valueBytes(dataSet, tag)?.reduce((total, byte) => total + byte, 0) ?? -1;

describe('parseDataSet', () => {
  it.each(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'])('finds the elements of %s up to the pixels', (transferSyntaxUid) => {
    const { dataSet, pixelData, fault } = parse(ctSlice({ transferSyntaxUid }));
    expect([fault, pixelData?.length, dataSet.elements.size]).toEqual([null, 8192, 27]);
    expect(new TextDecoder().decode(valueBytes(dataSet, 0x00180015) ?? new Uint8Array())).toBe('CHEST ');
  });

  it.each(['OV', 'SV', 'UV', 'OL', 'OD', 'UC', 'UR'])('steps over the four-byte length of %s', (vr) => {
    const { dataSet, fault } = parse(dicomFile([name, { tag: 0x00091001, vr, value: new Uint8Array(16) }, rows(7)], bare));
    expect([fault, sum(dataSet, 0x00280010)]).toEqual([null, 7]);
  });

  it.each([
    ['defined', {}, 'SQ'], ['undefined', { length: 'undefined' as const }, 'SQ'],
    ['unknown VR and defined', {}, 'UN'], ['unknown VR and undefined', { length: 'undefined' as const }, 'UN'],
  ])('opens a sequence of %s length, nested', (_name, written, vr) => {
    const inner: WrittenElement = { tag: 0x00081115, vr: 'SQ', value: [[rows(2)], [rows(3)]], ...written };
    const outer: WrittenElement = { tag: 0x00081111, vr, value: [[inner, rows(1)]], ...written };
    const { dataSet, fault } = parse(dicomFile([name, outer, rows(9)], bare));
    const [item] = itemsOf(dataSet, 0x00081111);
    if (item === undefined) throw new Error('no item');
    expect([fault, sum(dataSet, 0x00280010), sum(item, 0x00280010)]).toEqual([null, 9, 1]);
    expect(itemsOf(item, 0x00081115).map((one) => sum(one, 0x00280010))).toEqual([2, 3]);
  });

  it('steps over an icon with encapsulated pixels', () => {
    const fragments = Buffer.from('feff00e000000000feff00e004000000ffd8ffd9feffdde000000000', 'hex');
    const icon: WrittenElement = { tag: 0x00880200, vr: 'SQ', value: [[{ tag: 0x7fe00010, vr: 'OB', value: fragments, length: 'undefined' }]], length: 'undefined' };
    const { dataSet, pixelData, fault } = parse(dicomFile([name, icon, { tag: 0x00880904, vr: 'LO', value: 'AB' }], bare));
    expect([fault, pixelData, sum(dataSet, 0x00880904)]).toEqual([null, null, 131]);
  });

  it('reads single elements without a VR in a file with VRs', () => {
    const implicit = dicomFile([rows(5)], { ...bare, transferSyntaxUid: '1.2.840.10008.1.2' });
    const { dataSet, fault } = parse(Buffer.concat([dicomFile([name], bare), implicit, dicomFile([{ tag: 0x00280011, vr: 'US', value: 6 }], bare)]));
    expect([fault, sum(dataSet, 0x00280010), sum(dataSet, 0x00280011)]).toEqual([null, 5, 6]);
  });

  it('keeps what comes before a value that was cut, and takes group lengths for what they are', () => {
    const whole = dicomFile([{ tag: 0x00080000, vr: 'UL', value: 99 }, name, { tag: 0x00100010, vr: 'PN', value: 'Phantom' }], bare);
    const { dataSet, fault } = parse(whole.subarray(0, -3));
    expect([fault, [...dataSet.elements.keys()]]).toEqual(['truncated', [0x00080000, 0x00080008]]);
  });

  it('gives up on sequences that nest to exhaust the stack', () => {
    const nested = Buffer.concat(Array.from({ length: 5000 }, () => Buffer.from('0800111153510000fffffffffeff00e0ffffffff', 'hex')));
    expect(parse(Buffer.concat([dicomFile([name], bare), nested])).fault).toBe('malformed');
  });

  it('ends on any bytes', () => {
    const head = dicomFile([name], bare);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, explicitVr) => {
      const bytes = Buffer.concat([head, noise]);
      const { dataSet } = parseDataSet({ bytes, dataSetOffset: 0, explicitVr, bigEndian: false });
      for (const tag of dataSet.elements.keys()) itemsOf(dataSet, tag);
      for (const element of dataSet.elements.values()) if (element.tag !== 0x7fe00010) expect(element.offset + element.length).toBeLessThanOrEqual(bytes.length);
    }));
  });
});

describe('itemsOf', () => {
  it('has no items where the sequence is absent, empty or no sequence', () => {
    const { dataSet } = parse(dicomFile([name, { tag: 0x00081111, vr: 'SQ', value: [] }, { tag: 0x00081115, vr: 'SQ', value: [], length: 'undefined' }, rows(1)], bare));
    expect([0x00081111, 0x00081115, 0x00081120, 0x00280010].map((tag) => itemsOf(dataSet, tag))).toEqual([[], [], [], []]);
  });

  it('ends at an item that reaches beyond its sequence', () => {
    const value = Buffer.concat([Buffer.from('feff00e00a000000', 'hex'), dicomFile([rows(4)], bare), Buffer.from('feff00e0ff000000', 'hex')]);
    const { dataSet } = parse(dicomFile([name, { tag: 0x00081111, vr: 'SQ', value }, rows(1)], bare));
    expect(itemsOf(dataSet, 0x00081111).map((item) => sum(item, 0x00280010))).toEqual([4]);
  });
});
