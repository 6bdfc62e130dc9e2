import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openInstance } from '../../../../src-main/dicom/open-instance.ts';
import { encodeGreyPng, encodeTabulatedPng, encodeWindowedPng, encodeWithSharp } from '../../../../src-main/imaging/pictures/encode-png.ts';
import { toHounsfield } from '../../../../src-main/imaging/volume/hounsfield.ts';
import { linearWindow, lungWindow, mediastinalWindow, renderGrey } from '../../../../src-main/imaging/pictures/voi.ts';
import { decodePng } from '../../../helpers/decode-png.ts';
import { phantomSlice } from '../../../helpers/phantom-slice.ts';
import { sharedData } from '../../../helpers/shared-data.ts';

/** What a PNG takes beside its rows: signature, chunks, zlib, 5 bytes per stored block of at least 16 KB. */
function largest(columns: number, rows: number): number {
  const filtered = rows * (columns + 1);
  return filtered + 8 + 25 + 12 + 12 + 6 + 5 * (Math.ceil(filtered / 16_384) + 1);
}

/** Decodes with both oracles; equal bytes or a line that says which picture differs. */
async function expectSamePicture(grey: Uint8Array, columns: number, rows: number, isForSharp = true): Promise<Uint8Array> {
  const png = await encodeGreyPng(grey, columns, rows);
  const decoded = decodePng(png);
  expect([decoded.columns, decoded.rows, decoded.chunkTypes]).toEqual([columns, rows, ['IHDR', 'IDAT', 'IEND']]);
  expect(Buffer.compare(decoded.grey, grey)).toBe(0);
  if (isForSharp) expect(Buffer.compare(await sharp(png, { limitInputPixels: false }).toColourspace('b-w').raw().toBuffer(), grey)).toBe(0);
  expect(png.length).toBeLessThanOrEqual(largest(columns, rows));
  return png;
}

/** Noise that looks the same on every run. */
function noise(length: number, bits = 8): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> (32 - bits);
  });
}

/** Rows made of runs and of noise, as adversarial to a run finder as chance makes them. */
const anyPicture = fc
  .record({
    columns: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(255, 256, 257, 258, 259, 260, 513, 520)),
    pieces: fc.array(fc.record({ value: fc.nat(255), length: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 250, max: 600 })), isFlat: fc.boolean() }), {
      minLength: 1, maxLength: 40,
    }),
  })
  .map(({ columns, pieces }) => {
    const flowing = pieces.flatMap(({ value, length, isFlat }) => Array.from({ length }, (_, index) => (isFlat ? value : (value + index * index * 7) & 255)));
    const rows = Math.ceil(flowing.length / columns);
    return { columns, rows, grey: Uint8Array.from({ length: columns * rows }, (_, index) => flowing[index] ?? 0) };
  });

describe('encodeGreyPng', () => {
  it.each([
    [1, 1], [2, 1], [1, 2], [7, 1], [1, 70], [15, 3], [16, 3], [17, 3], [31, 33], [64, 64], [255, 129], [511, 70], [513, 130], [1000, 999],
    [16_384, 5], [32_767, 3], [32_768, 2], [65_535, 3], [1, 65_535],
  ])('keeps every pixel of noise, %d x %d', async (columns, rows) => {
    await expectSamePicture(noise(columns * rows), columns, rows);
    await expectSamePicture(noise(columns * rows, 3), columns, rows);
  });

  it('keeps every pixel of any picture', async () => {
    await fc.assert(
      fc.asyncProperty(anyPicture, async ({ columns, rows, grey }) => {
        await expectSamePicture(grey, columns, rows, false);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, (column: number, row: number) => number]>([
    ['flat black', () => 0], ['flat white', () => 255], ['a horizontal ramp', (column) => column], ['a vertical ramp', (_, row) => row],
    ['a diagonal ramp', (column, row) => column + row], ['a chequerboard', (column, row) => ((column + row) & 1) * 255],
    ['stripes', (column) => (column & 1) * 255], ['products', (column, row) => column * row], ['a disc', (column, row) => (Math.hypot(column - 150, row - 150) < 120 ? 200 : 30)],
    ['single dots', (column, row) => (column % 9 === 0 && row % 11 === 0 ? 255 : 0)],
  ])('keeps every pixel of %s', async (_, greyAt) => {
    await expectSamePicture(Uint8Array.from({ length: 300 * 301 }, (__, index) => greyAt(index % 300, Math.floor(index / 300))), 300, 301);
  });

  it('keeps its codes within their longest length when counts grow like Fibonacci numbers', async () => {
    const counts = [1, 1];
    while (counts.length < 21) counts.push(counts.at(-1)! + counts.at(-2)!);
    // Rare values are large ones, so that the first row's residuals are the values themselves; scattered, so that there are no runs.
    const values = counts.toReversed().flatMap((count, value) => Array.from({ length: count }, () => value));
    const order = noise(values.length * 3);
    const key = (index: number): number => (order[3 * index]! << 16) | (order[3 * index + 1]! << 8) | order[3 * index + 2]!;
    const scattered = values.map((value, index) => ({ value, key: key(index) })).sort((a, b) => a.key - b.key).map(({ value }) => value);
    await expectSamePicture(Uint8Array.from(scattered), scattered.length, 1);
  });

  it('keeps every pixel of a mammogram of 6000 x 5000', async () => {
    const [columns, rows] = [6000, 5000];
    const texture = noise(1 << 20, 5);
    const grey = Uint8Array.from({ length: columns * rows }, (_, index) => (index % columns < 2500 ? 0 : 100 + texture[(index * 7) & 0xfffff]!));
    await expectSamePicture(grey, columns, rows);
  });

  it('writes next to nothing for a flat picture', async () => {
    expect((await expectSamePicture(new Uint8Array(512 * 512).fill(55), 512, 512)).length).toBeLessThan(2000);
    expect((await expectSamePicture(phantomSlice(512), 512, 512)).length).toBeLessThan(6000);
  });

  it('writes the same whatever was encoded before, into memory of its own', async () => {
    const grey = phantomSlice(100);
    const first = await encodeGreyPng(grey, 100, 100);
    await encodeGreyPng(noise(5000 * 40), 5000, 40);
    await encodeTabulatedPng(new Uint16Array(9).fill(3), new Uint8Array(65_536).fill(9), 3, 3);
    const second = await encodeGreyPng(grey, 100, 100);
    expect(Buffer.compare(first, second)).toBe(0);
    expect(second.buffer.byteLength).toBe(second.length);
  });

  it.each([[0, 0, 0], [3, 2, 1], [6, 6.5, 1], [5, 2, 3], [65_536, 65_536, 1]])('refuses %d values as %d x %d', async (length, columns, rows) => {
    await expect(encodeGreyPng(new Uint8Array(length), columns, rows)).rejects.toThrow(RangeError);
    await expect(encodeTabulatedPng(new Uint16Array(length), new Uint8Array(65_536), columns, rows)).rejects.toThrow(RangeError);
  });
});

describe('encodeTabulatedPng', () => {
  it('writes the greys that the table gives for each word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint16Array({ minLength: 35, maxLength: 35 }), fc.constantFrom(8, 12, 16), async (words, bits) => {
        const greys = noise(2 ** bits);
        const stored = words.map((word) => word & (2 ** bits - 1));
        const expected = Uint8Array.from(stored, (word) => greys[word]!);
        expect(Buffer.compare(decodePng(await encodeTabulatedPng(stored, greys, 7, 5)).grey, expected)).toBe(0);
      }),
    );
  });

  it('takes a view that begins in the middle of its memory', async () => {
    const words = Uint16Array.from({ length: 70 }, (_, index) => index);
    const greys = Uint8Array.from({ length: 70 }, (_, index) => index);
    expect([...decodePng(await encodeTabulatedPng(words.subarray(11, 21), greys, 5, 2)).grey]).toEqual([...greys.subarray(11, 21)]);
  });
});

describe('encodeWindowedPng', () => {
  it.each([
    lungWindow, mediastinalWindow, { ...mediastinalWindow, voiLutFunction: 'SIGMOID' } as const, { windowCenter: 0, windowWidth: 1 },
  ])('writes all Hounsfield units as the formula of %o has them', async (window) => {
    const hounsfield = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);
    const expected = linearWindow(hounsfield, window);
    expect(Buffer.compare(decodePng(await encodeWindowedPng(hounsfield, 256, 256, window)).grey, expected)).toBe(0);
    expect(Buffer.compare(renderGrey(hounsfield, window), expected)).toBe(0);
  });

  it('refuses a window that is none', async () => {
    await expect(encodeWindowedPng(new Int16Array(4), 2, 2, { windowCenter: 0, windowWidth: 0 })).rejects.toThrow(RangeError);
  });
});

describe('encodeWithSharp', () => {
  it('writes the same picture where the kernel cannot be loaded', async () => {
    const grey = noise(33 * 17);
    expect(decodePng(await encodeWithSharp(grey, 33, 17))).toMatchObject({ columns: 33, rows: 17, grey });
  });
});

describe('the development exams', () => {
  const lidc = sharedData('dev-ct-lidc-0001');

  it.skipIf(lidc === null)('come out exact and no larger than from the published Python pipeline', async () => {
    const folder = join(lidc ?? '', 'series');
    let bytes = 0;
    let differing = 0;
    for (const name of readdirSync(folder)) {
      const opening = openInstance(readFileSync(join(folder, name)));
      if (opening.kind !== 'instance') throw new Error('not an image');
      const { header, pixels } = opening.instance;
      const hounsfield = toHounsfield(pixels.stored, header, null);
      const png = await encodeWindowedPng(hounsfield, header.columns, header.rows, lungWindow);
      bytes += png.length;
      differing += Buffer.compare(decodePng(png).grey, renderGrey(hounsfield, lungWindow)) === 0 ? 0 : 1;
    }
    expect(differing).toBe(0);
    // test/bench/reference_prepare.py published, on the same 107 slices.
    expect(bytes).toBeLessThanOrEqual(11_526_015);
  });
});
