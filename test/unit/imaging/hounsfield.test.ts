import { describe, expect, it } from 'vitest';
import { modalityScale, toHounsfield } from '../../../src-main/imaging/hounsfield.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';
import type { InstanceHeader } from '../../../src-shared/domain/study.ts';

function convert(stored: readonly number[], differing: Partial<InstanceHeader>): readonly number[] {
  const header = instanceHeader({ rows: 1, columns: stored.length, ...differing });
  const pixels = header.bitsAllocated === 8 ? Uint8Array.from(stored) : new Uint8Array(Uint16Array.from(stored).buffer);
  return [...toHounsfield(pixels, header)];
}

describe('toHounsfield', () => {
  it('applies slope and intercept', () => {
    expect(convert([0, 24, 1024, 4095], { pixelRepresentation: 0 })).toEqual([-1024, -1000, 0, 3071]);
    expect(convert([0, 1000], { pixelRepresentation: 0, rescaleSlope: 2, rescaleIntercept: -1000 })).toEqual([-1000, 1000]);
  });

  it('rounds fractional slopes', () => {
    expect(convert([1, 3], { pixelRepresentation: 0, rescaleSlope: 0.4, rescaleIntercept: 0 })).toEqual([0, 1]);
  });

  it('extends the sign of the stored bits', () => {
    expect(convert([0xffff, 0x8000], { rescaleIntercept: 0 })).toEqual([-1, -1024]);
    expect(convert([0x0fff, 0x0800, 0x07ff], { bitsStored: 12, highBit: 11, rescaleIntercept: 0 })).toEqual([-1, -1024, 2047]);
  });

  it('masks overlay bits above and below the stored bits', () => {
    expect(convert([0xf000 | 1024], { bitsStored: 12, highBit: 11, pixelRepresentation: 0 })).toEqual([0]);
    expect(convert([(1024 << 4) | 0xf], { bitsStored: 12, highBit: 15, pixelRepresentation: 0 })).toEqual([0]);
    expect(convert([200], { bitsAllocated: 8, bitsStored: 8, highBit: 7, pixelRepresentation: 0, rescaleSlope: 10 })).toEqual([976]);
  });

  it('shows nothing below air, whatever the padding tag says', () => {
    // LIDC-IDRI-0001: tagged -2000, really -1024 raw, which is -2048 HU.
    expect(convert([0xfc00, 0xf830], { pixelPaddingValue: -2000 })).toEqual([-1024, -1024]);
  });

  it('turns padding above the densest tissue into air', () => {
    expect(convert([63536, 1024], { pixelRepresentation: 0, pixelPaddingValue: 63536 })).toEqual([-1024, 0]);
  });

  it('does not believe a padding value in the range of tissue', () => {
    expect(convert([1064], { pixelPaddingValue: 1064 })).toEqual([40]);
  });

  it('saturates instead of wrapping around', () => {
    expect(convert([65535], { pixelRepresentation: 0, rescaleIntercept: 0 })).toEqual([32767]);
  });
});

describe('modalityScale', () => {
  it.each([
    [{ rescaleSlope: null }, 'rescale-missing'],
    [{ rescaleIntercept: null }, 'rescale-missing'],
    [{ rescaleSlope: 0 }, 'rescale-missing'],
    [{ bitsAllocated: 32 }, 'transfer-syntax-unsupported'],
    [{ samplesPerPixel: 3 }, 'transfer-syntax-unsupported'],
  ])('refuses %o with %s', (differing, code) => {
    expect(() => modalityScale(instanceHeader(differing))).toThrow(expect.objectContaining({ code }));
  });
});
