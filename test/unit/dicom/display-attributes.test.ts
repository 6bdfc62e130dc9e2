import { describe, expect, it } from 'vitest';
import { displayOfFrame } from '../../../src-main/dicom/display-attributes.ts';
import type { DisplayAttributes } from '../../../src-main/dicom/display-attributes.ts';
import { openInstance } from '../../../src-main/dicom/open-instance.ts';
import type { OpenedInstance } from '../../../src-main/dicom/open-instance.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import type { CtSliceOptions, WrittenElement } from '../../helpers/dicom-writer.ts';
import { enhancedCt } from '../../helpers/enhanced-ct.ts';

function open(bytes: Uint8Array): OpenedInstance {
  const opening = openInstance(bytes);
  if (opening.kind !== 'instance') throw new Error(JSON.stringify(opening));
  return opening.instance;
}

function display(elements: readonly WrittenElement[], options: CtSliceOptions = {}): DisplayAttributes {
  return open(ctSlice({ ...options, elements: new Map(elements.map(({ tag, ...element }) => [tag, element])) })).display;
}

const words = (values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);

/** A sequence of one lookup table. */
function table(tag: number, descriptor: readonly number[], data: Uint8Array, vr = 'OW'): WrittenElement {
  return { tag, vr: 'SQ', value: [[{ tag: 0x00283002, vr: 'US', value: words(descriptor) }, { tag: 0x00283006, vr, value: data }]] };
}

describe('readDisplayAttributes', () => {
  it('has defaults for an image that says nothing', () => {
    expect(display([])).toEqual({
      modalityLut: null, voiWindows: [], voiLutFunction: 'LINEAR', voiLuts: [], presentationLutShape: null, imagerPixelSpacing: null, pixelAspectRatio: null,
    });
  });

  it('reads windows with their names, function, shape, spacing and aspect ratio', () => {
    expect(display([
      { tag: 0x00181164, vr: 'DS', value: '0.14\\0.15' },
      { tag: 0x00280034, vr: 'IS', value: '4\\3' },
      { tag: 0x00281050, vr: 'DS', value: '-600\\40' }, { tag: 0x00281051, vr: 'DS', value: '1500\\400' },
      { tag: 0x00281055, vr: 'LO', value: 'LUNG\\' }, { tag: 0x00281056, vr: 'CS', value: 'sigmoid' },
      { tag: 0x20500020, vr: 'CS', value: 'INVERSE' },
    ])).toMatchObject({
      voiWindows: [{ windowCenter: -600, windowWidth: 1500, explanation: 'LUNG' }, { windowCenter: 40, windowWidth: 400, explanation: null }],
      voiLutFunction: 'SIGMOID', presentationLutShape: 'INVERSE', imagerPixelSpacing: [0.14, 0.15], pixelAspectRatio: [4, 3],
    });
  });

  it('leaves out a center without a width', () => {
    expect(display([{ tag: 0x00281050, vr: 'DS', value: '1\\2' }, { tag: 0x00281051, vr: 'DS', value: '10' }]).voiWindows).toHaveLength(1);
    expect(display([{ tag: 0x00281050, vr: 'DS', value: '1' }, { tag: 0x00281051, vr: 'DS', value: 'wide' }]).voiWindows).toEqual([]);
  });

  it.each([
    ['words', [3, 10, 16], words([1, 2, 60000]), { firstMapped: 10, bits: 16, values: [1, 2, 60000] }],
    ['words of twelve bits', [3, 0, 12], words([0, 9, 4095]), { firstMapped: 0, bits: 12, values: [0, 9, 4095] }],
    ['a width that is a lie', [3, 0, 8], words([0, 9, 4095]), { firstMapped: 0, bits: 12, values: [0, 9, 4095] }],
    ['bytes in words', [3, 0, 8], words([0, 9, 255]), { firstMapped: 0, bits: 8, values: [0, 9, 255] }],
    ['bytes', [4, 0, 8], Uint8Array.of(0, 9, 200, 255), { firstMapped: 0, bits: 8, values: [0, 9, 200, 255] }],
    ['a negative first value', [2, 64512, 16], words([5, 6]), { firstMapped: -1024, bits: 16, values: [5, 6] }],
  ])('reads a modality table of %s', (_name, descriptor, data, expected) => {
    const lut = display([table(0x00283000, descriptor, data)]).modalityLut;
    expect(lut && { ...lut, values: [...lut.values] }).toEqual(expected);
  });

  it('takes 0 entries for 65536', () => {
    const values = Array.from({ length: 65536 }, (_, index) => index);
    expect(display([table(0x00283000, [0, 0, 16], words(values))]).modalityLut?.values.length).toBe(65536);
  });

  it('reads a first value above 32767 of unsigned pixels', () => {
    const unsigned: WrittenElement = { tag: 0x00280103, vr: 'US', value: 0 };
    expect(display([unsigned, table(0x00283000, [2, 40000, 16], words([1, 2]))]).modalityLut?.firstMapped).toBe(40000);
    // Rescaled to HU, the values that a VOI table maps can be negative.
    expect(display([unsigned, table(0x00283010, [2, 64536, 16], words([1, 2]))]).voiLuts[0]?.firstMapped).toBe(-1000);
    const plain: WrittenElement = { tag: 0x00281052, vr: 'DS', value: '0' };
    expect(display([unsigned, plain, table(0x00283010, [2, 64536, 16], words([1, 2]))]).voiLuts[0]?.firstMapped).toBe(64536);
  });

  it('reads tables of a big-endian file', () => {
    const big = (values: readonly number[]): Uint8Array => Buffer.from(words(values)).swap16();
    const sequence: WrittenElement = {
      tag: 0x00283000, vr: 'SQ', value: [[{ tag: 0x00283002, vr: 'US', value: big([2, 10, 16]) }, { tag: 0x00283006, vr: 'US', value: big([258, 3]) }]],
    };
    expect([...display([sequence], { transferSyntaxUid: '1.2.840.10008.1.2.2' }).modalityLut?.values ?? []]).toEqual([258, 3]);
  });

  it.each([
    ['too little data', [4, 0, 16], words([1])], ['no data', [4, 0, 16], new Uint8Array()], ['half a descriptor', [4], words([1, 2, 3, 4])],
  ])('refuses a table with %s', (_name, descriptor, data) => {
    const instance = open(ctSlice({ elements: new Map([[0x00283000, table(0x00283000, descriptor, data)]]) }));
    expect([instance.display.modalityLut, instance.header.hasModalityLut]).toEqual([null, true]);
    expect(display([table(0x00283010, descriptor, data)]).voiLuts).toEqual([]);
  });

  it('does not count an empty sequence as a table', () => {
    expect(open(ctSlice({ elements: new Map([[0x00283000, { vr: 'SQ', value: [] }]]) })).header.hasModalityLut).toBe(false);
  });
});

describe('displayOfFrame', () => {
  it('takes the windows of the frame, of all frames, or of the image', () => {
    const bytes = (shared: boolean): Uint8Array => enhancedCt({
      frames: [{ position: [0, 0, 0] }, { position: [0, 0, 1], window: { center: 40, width: 400, voiLutFunction: 'LINEAR_EXACT' } }],
      shared: shared ? { window: { center: -600, width: 1500 } } : {},
      elements: new Map([[0x00281050, { vr: 'DS', value: '7' }], [0x00281051, { vr: 'DS', value: '8' }]]),
    });
    const windows = (instance: OpenedInstance): unknown => [0, 1].map((frame) => {
      const { voiWindows: [window], voiLutFunction } = displayOfFrame(instance, frame);
      return [window?.windowCenter, window?.windowWidth, voiLutFunction];
    });
    expect(windows(open(bytes(true)))).toEqual([[-600, 1500, 'LINEAR'], [40, 400, 'LINEAR_EXACT']]);
    expect(windows(open(bytes(false)))).toEqual([[7, 8, 'LINEAR'], [40, 400, 'LINEAR_EXACT']]);
    expect(displayOfFrame(open(ctSlice()), 0).voiWindows).toEqual([]);
  });
});
