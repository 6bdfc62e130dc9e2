import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hounsfieldOf } from '../../../../src-main/imaging/volume/hounsfield.ts';
import type { ModalityScale } from '../../../../src-main/imaging/volume/hounsfield.ts';
import {
  isUsableWindow, linearWindow, lookUpGrey, lungWindow, lutGrey, mediastinalWindow, renderGrey, windowedGrey, windowTable,
} from '../../../../src-main/imaging/pictures/voi.ts';
import type { VoiWindow } from '../../../../src-main/imaging/pictures/voi.ts';

const anyScale: fc.Arbitrary<ModalityScale> = fc.record({
  bitsAllocated: fc.constant(16 as const),
  bitsStored: fc.integer({ min: 8, max: 16 }),
  shift: fc.constant(0),
  isSigned: fc.boolean(),
  slope: fc.constantFrom(1, 0.5, 2, 0.488281, -1),
  intercept: fc.integer({ min: -8192, max: 1000 }),
  modalityLut: fc.constant(null),
  padding: fc.constantFrom(null, [-2000, -2000] as const, [63000, 63536] as const),
});

const anyWindow: fc.Arbitrary<VoiWindow> = fc
  .record({
    windowCenter: fc.double({ min: -4000, max: 4000, noNaN: true }),
    windowWidth: fc.oneof(fc.double({ min: 0.001, max: 8000, noNaN: true }), fc.integer({ min: 1, max: 8000 })),
    voiLutFunction: fc.constantFrom('LINEAR', 'LINEAR_EXACT', 'SIGMOID'),
  })
  .map((window) => (window.voiLutFunction === 'LINEAR' ? { ...window, windowWidth: Math.max(1, window.windowWidth) } : window));

describe('linearWindow', () => {
  // PS3.3 C.11.2.1.2.1: c = -600, w = 1500: black up to -1350, white above 149.
  it.each([
    [-3000, 0], [-1350.5, 0], [-1350, 0], [-1349, 0], [-1347, 1], [-1024, 55], [-601, 127], [-600.5, 128], [-600, 128],
    [147, 255], [149, 255], [149.5, 255], [3071, 255],
  ])('maps %d HU to grey %d at the lung window', (hounsfield, grey) => {
    expect([...linearWindow([hounsfield], lungWindow)]).toEqual([grey]);
  });

  it.each([
    // The example of C.11.2.1.2.1: c=2048, w=4096 spans 0 to 4095.
    [2048, 4096, 0, 0], [2048, 4096, 4095, 255], [2048, 4096, 1, 0], [2048, 4096, 4094, 255],
    // c=1, w=1 is a threshold: all below 1 black, 1 and above white.
    [1, 1, 0, 0], [1, 1, 1, 255],
    [0, 100, -51, 0], [0, 100, 49, 255],
  ])('follows the standard for center %d, width %d at %d', (windowCenter, windowWidth, value, grey) => {
    expect([...linearWindow([value], { windowCenter, windowWidth })]).toEqual([grey]);
  });

  it('refuses a width below 1', () => {
    expect(() => linearWindow([0], { windowCenter: 0, windowWidth: 0.9 })).toThrow(RangeError);
    expect(() => linearWindow([0], { windowCenter: 0, windowWidth: NaN })).toThrow(RangeError);
  });

  it('never darkens when the density grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4000, max: 4000 }), { minLength: 2 }),
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: 1, max: 4000 }),
        (values, windowCenter, windowWidth) => {
          const greys = linearWindow(values.toSorted((a, b) => a - b), { windowCenter, windowWidth });
          expect(greys).toEqual(greys.toSorted());
        },
      ),
    );
  });
});

describe('windowTable', () => {
  it('gives the grey level of the float formula for every stored value', () => {
    fc.assert(
      fc.property(anyScale, fc.integer({ min: -1000, max: 400 }), fc.integer({ min: 1, max: 3000 }), (scale, windowCenter, windowWidth) => {
        const hounsfield = Float64Array.from({ length: 2 ** scale.bitsStored }, (_, bits) => hounsfieldOf(bits, scale));
        expect(Buffer.compare(windowTable(scale, { windowCenter, windowWidth }), linearWindow(hounsfield, { windowCenter, windowWidth }))).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});

describe('windowedGrey', () => {
  it.each<[VoiWindow, number, number]>([
    // LINEAR_EXACT, c = 2048, w = 4096: the standard's own span is -0 to 4096, both ends included.
    [{ windowCenter: 2048, windowWidth: 4096, voiLutFunction: 'LINEAR_EXACT' }, 0, 0],
    [{ windowCenter: 2048, windowWidth: 4096, voiLutFunction: 'LINEAR_EXACT' }, 2048, 128],
    [{ windowCenter: 2048, windowWidth: 4096, voiLutFunction: 'LINEAR_EXACT' }, 4096, 255],
    [{ windowCenter: 40, windowWidth: 400, voiLutFunction: 'LINEAR_EXACT' }, -160, 0],
    [{ windowCenter: 40, windowWidth: 400, voiLutFunction: 'LINEAR_EXACT' }, -159, 1],
    [{ windowCenter: 40, windowWidth: 400, voiLutFunction: 'LINEAR_EXACT' }, 240, 255],
    // A width below one is a step of its own for LINEAR_EXACT.
    [{ windowCenter: 0.5, windowWidth: 0.5, voiLutFunction: 'LINEAR_EXACT' }, 0.25, 0],
    [{ windowCenter: 0.5, windowWidth: 0.5, voiLutFunction: 'LINEAR_EXACT' }, 0.5, 128],
    [{ windowCenter: 0.5, windowWidth: 0.5, voiLutFunction: 'LINEAR_EXACT' }, 0.76, 255],
    // SIGMOID: half at the center, 1 / (1 + e^2) of full at c - w / 2, nothing far below.
    [{ windowCenter: 100, windowWidth: 200, voiLutFunction: 'SIGMOID' }, 100, 128],
    [{ windowCenter: 100, windowWidth: 200, voiLutFunction: 'SIGMOID' }, 0, 30],
    [{ windowCenter: 100, windowWidth: 200, voiLutFunction: 'SIGMOID' }, 200, 225],
    [{ windowCenter: 100, windowWidth: 200, voiLutFunction: 'SIGMOID' }, -32_768, 0],
    [{ windowCenter: 0, windowWidth: 1e-9, voiLutFunction: 'SIGMOID' }, 32_767, 255],
    // LINEAR, w = 1: everything up to c - 0.5 is black, everything above it white.
    [{ windowCenter: 10, windowWidth: 1 }, 9.5, 0], [{ windowCenter: 10, windowWidth: 1 }, 9.6, 255],
    [mediastinalWindow, -160, 0], [mediastinalWindow, 39, 127], [mediastinalWindow, 40, 128], [mediastinalWindow, 240, 255],
  ])('follows the standard for %o at %d', (window, value, grey) => {
    expect(windowedGrey(value, window)).toBe(grey);
  });

  it('never darkens when the value grows, and stays within 0 and 255', () => {
    fc.assert(
      fc.property(anyWindow, fc.array(fc.double({ min: -40_000, max: 40_000, noNaN: true }), { minLength: 2 }), (window, values) => {
        const greys = values.toSorted((a, b) => a - b).map((value) => windowedGrey(value, window));
        expect(greys).toEqual(greys.toSorted((a, b) => a - b));
        expect(greys.every((grey) => Number.isInteger(grey) && grey >= 0 && grey <= 255)).toBe(true);
      }),
    );
  });
});

describe('isUsableWindow', () => {
  it.each<[number, number, VoiWindow['voiLutFunction'], boolean]>([
    [0, 1, 'LINEAR', true], [0, 0.99, 'LINEAR', false], [0, 0.99, undefined, false], [0, 0.01, 'LINEAR_EXACT', true], [0, 0, 'LINEAR_EXACT', false],
    [0, 0.01, 'SIGMOID', true], [0, -1, 'SIGMOID', false], [NaN, 1, 'LINEAR', false], [0, Infinity, 'LINEAR', false], [0, NaN, 'SIGMOID', false],
  ])('of center %d and width %d with %s is said to be usable: %s', (windowCenter, windowWidth, voiLutFunction, isUsable) => {
    expect(isUsableWindow({ windowCenter, windowWidth, ...(voiLutFunction === undefined ? {} : { voiLutFunction }) })).toBe(isUsable);
  });
});

describe('lutGrey', () => {
  const lut = { firstMapped: -2, bits: 12, values: Uint16Array.from([0, 4095, 2048, 16]) };

  it.each([[-3, 0], [-2, 0], [-1.4, 255], [-1, 255], [0, 128], [1, 1], [2, 1], [40_000, 1]])('maps %d to %d', (value, grey) => {
    expect(lutGrey(value, lut)).toBe(grey);
  });
});

describe('renderGrey', () => {
  it('gives the grey level of the formula for every Hounsfield unit', () => {
    const hounsfield = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);
    fc.assert(
      fc.property(anyWindow, (window) => {
        expect(Buffer.compare(renderGrey(hounsfield, window), linearWindow(hounsfield, window))).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('lookUpGrey', () => {
  it('looks negative words up by their bits', () => {
    const greys = new Uint8Array(65_536).map((_, word) => word >> 8);
    expect([...lookUpGrey(Int16Array.from([-1, 0, 256, -32_768]), greys)]).toEqual([255, 0, 1, 128]);
    expect([...lookUpGrey(Uint16Array.from([65_535, 511]), greys)]).toEqual([255, 1]);
  });
});
