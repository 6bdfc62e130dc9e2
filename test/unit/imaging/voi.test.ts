import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hounsfieldOf } from '../../../src-main/imaging/hounsfield.ts';
import type { ModalityScale } from '../../../src-main/imaging/hounsfield.ts';
import { linearWindow, lungWindow, windowTable } from '../../../src-main/imaging/voi.ts';

const anyScale: fc.Arbitrary<ModalityScale> = fc.record({
  bitsAllocated: fc.constant(16 as const),
  bitsStored: fc.integer({ min: 8, max: 16 }),
  shift: fc.constant(0),
  isSigned: fc.boolean(),
  slope: fc.constantFrom(1, 0.5, 2, 0.488281, -1),
  intercept: fc.integer({ min: -8192, max: 1000 }),
  paddingValue: fc.constantFrom(null, -2000, 63536),
});

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

  it('turns black and white around when asked to', () => {
    const scale: ModalityScale = { bitsAllocated: 8, bitsStored: 8, shift: 0, isSigned: false, slope: 1, intercept: 0, paddingValue: null };
    const window = { windowCenter: 128, windowWidth: 256 };
    const plain = windowTable(scale, window);
    expect(windowTable(scale, window, { isInverted: true })).toEqual(plain.map((grey) => 255 - grey));
    expect([plain[0], plain[255]]).toEqual([0, 255]);
  });
});
