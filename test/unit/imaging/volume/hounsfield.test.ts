import { describe, expect, it } from 'vitest';
import { modalityScale, toHounsfield } from '../../../../src-main/imaging/volume/hounsfield.ts';
import type { LookupTable } from '../../../../src-main/dicom/lookup-table.ts';
import { instanceHeader } from '../../../helpers/instance-header.ts';
import type { InstanceHeader } from '../../../../src-shared/domain/study.ts';

function convert(stored: readonly number[], differing: Partial<InstanceHeader>, modalityLut: LookupTable | null = null): readonly number[] {
  const header = instanceHeader({ rows: 1, columns: stored.length, ...differing });
  const pixels = header.bitsAllocated === 8 ? Uint8Array.from(stored) : new Uint8Array(Uint16Array.from(stored).buffer);
  return [...toHounsfield(pixels, header, modalityLut)];
}

function table(firstMapped: number, values: readonly number[]): LookupTable {
  return { firstMapped, bits: 16, values: Uint16Array.from(values) };
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

  it.each<[string, Partial<InstanceHeader>, readonly number[], readonly number[]]>([
    ['all of it air', { pixelPaddingValue: -2000, pixelPaddingRangeLimit: -100, rescaleIntercept: -1024 }, [-2000, -900, -100, 24], [-1024, -1024, -1024, -1000]],
    ['all of it air, ends swapped', { pixelPaddingValue: 0, pixelPaddingRangeLimit: -3000, rescaleIntercept: -1024 }, [-3000, 0, 24, 25], [-1024, -1024, -1000, -999]],
    ['above the densest tissue', { pixelPaddingValue: 8000, pixelPaddingRangeLimit: 7000 }, [7000, 7500, 8000, 6999], [-1024, -1024, -1024, 5975]],
    ['into tissue: only its value counts', { pixelPaddingValue: 8000, pixelPaddingRangeLimit: 1000 }, [8000, 7999, 1000], [-1024, 6975, -24]],
    ['of tissue', { pixelPaddingValue: 1000, pixelPaddingRangeLimit: 1100 }, [1000, 1050, 1100], [-24, 26, 76]],
    ['without a value', { pixelPaddingRangeLimit: 8000 }, [8000], [6976]],
  ])('takes a padding range that is %s', (_name, differing, stored, expected) => {
    expect(convert(stored.map((value) => value & 0xffff), differing)).toEqual(expected);
  });

  it('does not mind MONOCHROME1: the values mean the same HU', () => {
    expect(convert([0, 1024], { photometricInterpretation: 'MONOCHROME1', pixelRepresentation: 0 })).toEqual([-1024, 0]);
  });

  it.each<[string, Partial<InstanceHeader>, LookupTable, readonly number[], readonly number[]]>([
    ['clamps outside of the table', {}, table(10, [100, 200, 300]), [0, 9, 10, 11, 12, 13, 4000], [100, 100, 100, 200, 300, 300, 300]],
    ['maps negative values', {}, table(-2, [1, 2, 3, 4]), [0xfffd, 0xfffe, 0xffff, 0, 1, 2], [1, 1, 2, 3, 4, 4]],
    ['takes words for signed HU', {}, table(0, [64512, 65535, 40]), [0, 1, 2], [-1024, -1, 40]],
    ['shows nothing below air', {}, table(0, [63488]), [0], [-1024]],
    ['goes before slope and intercept', { rescaleSlope: 3, rescaleIntercept: 5 }, table(0, [7, 8]), [0, 1], [7, 8]],
    ['needs no slope', { rescaleSlope: null, rescaleIntercept: null }, table(0, [7, 8]), [0, 1], [7, 8]],
    ['maps 8-bit pixels', { bitsAllocated: 8, bitsStored: 8, highBit: 7, pixelRepresentation: 0 }, table(0, [5, 6]), [0, 255], [5, 6]],
    ['lets padding of air be air', { pixelPaddingValue: 0 }, table(0, [64512, 40]), [0, 1], [-1024, 40]],
    ['does not let a range of padding be tissue anywhere', { pixelPaddingValue: 0, pixelPaddingRangeLimit: 2 }, table(0, [64512, 40, 64512, 9]), [0, 1, 2, 3], [-1024, 40, -1024, 9]],
    ['does not let padding be tissue', { pixelPaddingValue: 1 }, table(0, [64512, 40]), [0, 1], [-1024, 40]],
  ])('with a modality table %s', (_name, differing, modalityLut, stored, expected) => {
    expect(convert(stored, { hasModalityLut: true, ...differing }, modalityLut)).toEqual(expected);
  });

  it('maps as the table does, for every stored value', () => {
    const values = Uint16Array.from({ length: 65536 }, (_, index) => (index * 7) % 4000);
    const all = Array.from(values.keys());
    expect(convert(all, { pixelRepresentation: 0 }, { firstMapped: 0, bits: 12, values })).toEqual([...values]);
  });

  it('saturates instead of wrapping around', () => {
    expect(convert([65535], { pixelRepresentation: 0, rescaleIntercept: 0 })).toEqual([32767]);
  });
});

describe('modalityScale', () => {
  it.each([
    [{ bitsStored: 12, highBit: 11 }, 12, 0], [{ bitsStored: 12, highBit: 15 }, 12, 4], [{ bitsStored: 12, highBit: 0 }, 12, 0],
    [{ bitsStored: 20, highBit: 19 }, 16, 0], [{ bitsStored: 0, highBit: 0 }, 1, 0], [{ bitsStored: 12, highBit: 40 }, 12, 4],
  ])('makes sense of %o', (differing, bitsStored, shift) => {
    expect(modalityScale(instanceHeader(differing), null)).toMatchObject({ bitsStored, shift });
  });

  it.each([
    [{ rescaleSlope: null }, 'rescale-missing'],
    [{ rescaleIntercept: null }, 'rescale-missing'],
    [{ rescaleSlope: 0 }, 'rescale-missing'],
    [{ bitsAllocated: 32 }, 'transfer-syntax-unsupported'],
    [{ bitsAllocated: 1, bitsStored: 1, highBit: 0 }, 'transfer-syntax-unsupported'],
    [{ samplesPerPixel: 3 }, 'transfer-syntax-unsupported'],
    [{ hasModalityLut: true }, 'rescale-missing'],
  ])('refuses %o with %s', (differing, code) => {
    expect(() => modalityScale(instanceHeader(differing), null)).toThrow(expect.objectContaining({ code }));
  });
});
