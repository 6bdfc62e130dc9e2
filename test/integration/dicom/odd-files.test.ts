import { describe, expect, it } from 'vitest';
import { openInstance } from '../../../src-main/dicom/open-instance.ts';
import { decodeInstanceFrame } from '../../../src-main/dicom/read-instance.ts';
import { toHounsfield } from '../../../src-main/imaging/volume/hounsfield.ts';
import { ctSlice, dicomFile, encapsulated } from '../../helpers/dicom-writer.ts';
import type { CtSliceOptions, WrittenElement } from '../../helpers/dicom-writer.ts';

const size = { rows: 2, columns: 3 } as const;
const pixels = Int16Array.of(0, 24, 1024, -5, 2000, 300);
const bytesOf = (values: Int16Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function codeOf(bytes: Uint8Array): string {
  const opening = openInstance(bytes);
  return opening.kind === 'problem' ? opening.problem.code : opening.kind;
}

async function hounsfield(bytes: Uint8Array, frame = 0): Promise<readonly number[]> {
  const opening = openInstance(bytes);
  if (opening.kind !== 'instance') throw new Error(JSON.stringify(opening));
  const { header, display } = opening.instance;
  return [...toHounsfield(await decodeInstanceFrame(opening.instance, frame), header, display.modalityLut)].slice(0, size.rows * size.columns);
}

function withPixels(vr: string, value: Uint8Array, options: CtSliceOptions = {}): Uint8Array {
  return ctSlice({ ...size, ...options, elements: new Map([...(options.elements ?? []), [0x7fe00010, { vr, value }]]) });
}

const expected = [-1024, -1000, 0, -1024, 976, -724];

describe('native pixels', () => {
  it.each(['OW', 'OB', 'UN'])('are the same with VR %s', async (vr) => {
    expect(await hounsfield(withPixels(vr, bytesOf(pixels)))).toEqual(expected);
  });

  it.each(['OW', 'OB'])('are the same in a big-endian file with VR %s', async (vr) => {
    expect(await hounsfield(withPixels(vr, Buffer.from(bytesOf(pixels)).swap16(), { transferSyntaxUid: '1.2.840.10008.1.2.2' }))).toEqual(expected);
  });

  it.each<[string, CtSliceOptions]>([
    ['neither preamble nor meta header', { hasPreamble: false, hasMeta: false }],
    ['implicit VR and no meta header', { transferSyntaxUid: '1.2.840.10008.1.2', hasPreamble: false, hasMeta: false }],
    ['big endian and no meta header', { transferSyntaxUid: '1.2.840.10008.1.2.2', hasPreamble: false, hasMeta: false }],
    ['group lengths', { elements: new Map([[0x00080000, { vr: 'UL', value: 300 }], [0x00280000, { vr: 'UL', value: 7 }], [0x7fe00000, { vr: 'UL', value: 20 }]]) }],
    ['a description of odd length', { elements: new Map([[0x0008103e, { vr: 'UN', value: Uint8Array.of(65, 66, 67, 32) }]]) }],
  ])('are read from a file with %s', async (_name, options) => {
    const value = options.transferSyntaxUid === '1.2.840.10008.1.2.2' ? Buffer.from(bytesOf(pixels)).swap16() : bytesOf(pixels);
    expect(await hounsfield(withPixels('OW', value, options))).toEqual(expected);
  });

  it('survive values of odd length before them', async () => {
    const whole = Buffer.from(withPixels('OW', bytesOf(pixels)));
    const at = whole.indexOf(Buffer.from('080008004353', 'hex'));
    // The Image Type loses its padding: from here on every offset is odd.
    const odd = Buffer.concat([whole.subarray(0, at + 6), Buffer.of(3, 0), Buffer.from('A\\B'), whole.subarray(at + 8 + whole.readUInt16LE(at + 6))]);
    expect(await hounsfield(odd)).toEqual(expected);
  });

  it('of eight bits are read, also an odd number of them', async () => {
    const elements = new Map<number, Omit<WrittenElement, 'tag'>>([
      [0x00280010, { vr: 'US', value: 1 }], [0x00280100, { vr: 'US', value: 8 }], [0x00280101, { vr: 'US', value: 8 }], [0x00280102, { vr: 'US', value: 7 }], [0x00280103, { vr: 'US', value: 0 }],
    ]);
    expect(await hounsfield(withPixels('OB', Uint8Array.of(0, 24, 255), { elements }))).toEqual([-1024, -1000, -769]);
    expect(codeOf(withPixels('OB', Uint8Array.of(0, 24), { elements }))).toBe('pixel-data-truncated');
  });

  it('of 32 bits are refused, in either byte order', async () => {
    const elements = new Map<number, Omit<WrittenElement, 'tag'>>([[0x00280100, { vr: 'US', value: 32 }], [0x00280101, { vr: 'US', value: 32 }], [0x00280102, { vr: 'US', value: 31 }]]);
    for (const transferSyntaxUid of ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2']) {
      await expect(hounsfield(withPixels('OW', new Uint8Array(24), { transferSyntaxUid, elements }))).rejects.toMatchObject({ code: 'transfer-syntax-unsupported' });
    }
  });

  it('mask what lies above and below the stored bits', async () => {
    const elements = new Map<number, Omit<WrittenElement, 'tag'>>([[0x00280101, { vr: 'US', value: 12 }], [0x00280102, { vr: 'US', value: 13 }], [0x00280103, { vr: 'US', value: 0 }]]);
    const noisy = Int16Array.from([0, 24, 1024, 0, 2000, 300], (value, index) => (value << 2) | (index % 4) | 0x4000);
    expect(await hounsfield(withPixels('OW', bytesOf(noisy), { elements }))).toEqual([-1024, -1000, 0, -1024, 976, -724]);
  });

  it('become HU by a Modality LUT Sequence', async () => {
    const words = (values: readonly number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer);
    const item: readonly WrittenElement[] = [
      { tag: 0x00283002, vr: 'US', value: words([3, 24, 16]) }, { tag: 0x00283004, vr: 'LO', value: 'HU' }, { tag: 0x00283006, vr: 'OW', value: words([-1000, 7, 500]) },
    ];
    const elements = new Map<number, Omit<WrittenElement, 'tag'> | null>([[0x00281052, null], [0x00281053, null], [0x00283000, { vr: 'SQ', value: [item] }]]);
    expect(await hounsfield(withPixels('OW', bytesOf(Int16Array.of(0, 24, 25, -5, 26, 300)), { elements }))).toEqual([-1000, -1000, 7, -1000, 500, 500]);
    elements.set(0x00283000, { vr: 'SQ', value: [item.slice(0, 1)] });
    await expect(hounsfield(withPixels('OW', bytesOf(pixels), { elements }))).rejects.toMatchObject({ code: 'rescale-missing' });
  });

  it.each([[0x7fe00008, 'OF', 4], [0x7fe00009, 'OD', 8]])('stored as floating-point numbers are refused', (tag, vr, bytes) => {
    const elements = new Map([[0x7fe00010, null], [tag, { vr, value: new Uint8Array(6 * bytes) }]]);
    expect(codeOf(ctSlice({ ...size, elements }))).toBe('transfer-syntax-unsupported');
  });

  it('that come before what describes them are refused', () => {
    const element = (tag: number, vr: string, value: string | number): WrittenElement => ({ tag, vr, value });
    const uids = [element(0x00080018, 'UI', '1.2.3'), element(0x0020000d, 'UI', '1.2'), element(0x0020000e, 'UI', '1.2.4')];
    const grid = [element(0x00280010, 'US', 2), element(0x00280011, 'US', 3), element(0x00280100, 'US', 16)];
    const value: WrittenElement = { tag: 0x7fe00010, vr: 'OW', value: bytesOf(pixels) };
    expect(codeOf(dicomFile([...uids, ...grid, value]))).toBe('instance');
    expect(codeOf(dicomFile([...uids, value, ...grid]))).toBe('dicom-malformed');
    expect(codeOf(dicomFile([element(0x00080060, 'CS', 'CT'), ...grid, value, ...uids]))).toBe('dicom-malformed');
  });
});

describe('encapsulated pixels with an Extended Offset Table', () => {
  const header = new Uint8Array(new Uint32Array([2, 64, 68, ...Array.from({ length: 13 }, () => 0)]).buffer);
  /** Six pixels of one value in RLE: high bytes, then low ones. */
  const stream = (value: number): Uint8Array => Buffer.concat([header, Uint8Array.of(251, 0, 128, 0, 251, value, 128, 0)]);
  /** Three frames; the second in three fragments, the last two of which begin as no code stream does. */
  const fragments = [stream(1), stream(2).subarray(0, 10), stream(2).subarray(10, 68), stream(2).subarray(68), stream(3)];
  const offsets = fragments.map((_, index) => fragments.slice(0, index).reduce((sum, { length }) => sum + length + 8, 0));
  const longs = (values: readonly number[]): Uint8Array => new Uint8Array(BigUint64Array.from(values, BigInt).buffer);

  function file(table: readonly number[] | null, lengths: readonly number[], basic: readonly number[]): Uint8Array {
    return ctSlice({
      ...size, transferSyntaxUid: '1.2.840.10008.1.2.5', rescaleIntercept: 0,
      elements: new Map<number, Omit<WrittenElement, 'tag'>>([
        [0x00280008, { vr: 'IS', value: '3' }],
        ...(table === null ? [] : ([[0x7fe00001, { vr: 'OV', value: longs(table) }], [0x7fe00002, { vr: 'OV', value: longs(lengths) }]] as const)),
        [0x7fe00010, { vr: 'OB', value: encapsulated(fragments, basic), length: 'undefined' }],
      ]),
    });
  }

  async function values(...tables: Parameters<typeof file>): Promise<readonly number[]> {
    const bytes = file(...tables);
    return Promise.all([0, 1, 2].map(async (frame) => (await hounsfield(bytes, frame))[0] ?? NaN));
  }

  it('believe it where the basic one is empty', () => {
    const tableOf = (...tables: Parameters<typeof file>): unknown => {
      const opening = openInstance(file(...tables));
      return opening.kind === 'instance' ? opening.instance.pixels.offsetTable : opening;
    };
    expect(tableOf([0, 80, 2 ** 33], [72, 72, 72], [])).toEqual([0, 80, 2 ** 33]);
    expect(tableOf([0, 80, 160], [72, 72, 72], [1, 2, 3])).toEqual([1, 2, 3]);
    expect(tableOf([0, 80, 160], [72], [])).toEqual([]);
  });

  const [first = 0, second = 0, third = 0, , last = 0] = offsets;

  it.each<[string, readonly number[] | null, readonly number[], readonly number[]]>([
    ['right', [first, second, last], [72, 72, 72], []],
    ['beside the fragments', [first, second + 2, last], [72, 72, 72], []],
    ['at a fragment in mid-frame', [first, third, last], [72, 72, 72], []],
    ['without lengths for all', [first, second, last], [72, 72], []],
    ['beyond all files', [first, second, 2 ** 60], [72, 72, 72], []],
    ['absent, the basic one right', null, [], [first, second, last]],
    ['absent, the basic one wrong', null, [], [first, third, last]],
    ['absent, as the basic one', null, [], []],
    ['wrong, the basic one right', [first, third, last], [72, 72, 72], [first, second, last]],
  ])('give every frame its own pixels when the table is %s', async (_name, table, lengths, basic) => {
    expect(await values(table, lengths, basic)).toEqual([1, 2, 3]);
  });
});
