import { describe, expect, it } from 'vitest';
import type { DisplayAttributes } from '../../../../src-main/dicom/display-attributes.ts';
import { imageGreys, isInverted } from '../../../../src-main/imaging/pictures/image-greys.ts';
import type { InstanceHeader } from '../../../../src-shared/domain/study.ts';
import { instanceHeader } from '../../../helpers/instance-header.ts';

const plainDisplay: DisplayAttributes = {
  modalityLut: null, voiWindows: [], voiLutFunction: 'LINEAR', voiLuts: [], presentationLutShape: null, imagerPixelSpacing: null, pixelAspectRatio: null,
};

interface Made {
  readonly bits?: readonly number[];
  readonly bitsStored?: number;
  readonly header?: Partial<InstanceHeader>;
  readonly display?: Partial<DisplayAttributes>;
}

/** Greys of a two-row frame of eight unsigned bits without any transform, but for what differs. */
function greysOf({ bits = [0, 10, 200, 255, 100, 100], bitsStored = 8, header = {}, display = {} }: Made): { readonly at: (word: number) => number | undefined; readonly voi: string } {
  const meaning = instanceHeader({ pixelRepresentation: 0, rescaleSlope: null, rescaleIntercept: null, ...header });
  const { greys, voi } = imageGreys(Uint16Array.from(bits), bits.length / 2, bitsStored, meaning, { ...plainDisplay, ...display });
  expect(greys).toHaveLength(2 ** bitsStored);
  return { at: (word) => greys[word], voi };
}

const window = { windowCenter: 128, windowWidth: 256, explanation: null };
const lut = { firstMapped: 0, bits: 8, values: Uint16Array.from({ length: 256 }, (_, index) => 255 - index) };

describe('imageGreys', () => {
  it('takes the first window, with its function', () => {
    const { at, voi } = greysOf({ display: { voiWindows: [window, { ...window, windowCenter: 0 }], voiLuts: [lut] } });
    expect([voi, at(0), at(128), at(255)]).toEqual(['window', 0, 128, 255]);
    const sigmoid = greysOf({ display: { voiWindows: [window], voiLutFunction: 'SIGMOID' } });
    expect([sigmoid.at(0), sigmoid.at(128), sigmoid.at(255)]).toEqual([30, 128, 224]);
  });

  it('passes over a window that is none', () => {
    expect(greysOf({ display: { voiWindows: [{ ...window, windowWidth: 0 }, window] } }).voi).toBe('window');
    expect(greysOf({ display: { voiWindows: [{ ...window, windowWidth: 0 }], voiLuts: [lut] } }).voi).toBe('lut');
    expect(greysOf({ display: { voiWindows: [{ ...window, windowWidth: 0 }] } }).voi).toBe('range');
  });

  it('takes the first VOI LUT where there is no window', () => {
    const { at, voi } = greysOf({ display: { voiLuts: [lut, { ...lut, values: new Uint16Array(256) }] } });
    expect([voi, at(0), at(55), at(255)]).toEqual(['lut', 255, 200, 0]);
  });

  it('spreads the range of the pixels where there is neither', () => {
    const { at, voi } = greysOf({ bits: [20, 30, 70, 40] });
    expect([voi, at(20), at(45), at(70), at(0), at(255)]).toEqual(['range', 0, 128, 255, 0, 255]);
    expect(greysOf({ bits: [9, 9, 9, 9] }).at(9)).toBe(0);
  });

  it('applies slope and intercept before the window, or the modality LUT in their place', () => {
    const display = { voiWindows: [{ ...window, windowCenter: 1000, windowWidth: 256 }] };
    expect(greysOf({ header: { rescaleSlope: 2, rescaleIntercept: 800 }, display }).at(100)).toBe(128);
    const modalityLut = { firstMapped: 99, bits: 16, values: Uint16Array.from([0, 1000, 65_535]) };
    const { at } = greysOf({ header: { rescaleSlope: 2, rescaleIntercept: 800, hasModalityLut: true }, display: { ...display, modalityLut } });
    expect([at(0), at(99), at(100), at(101), at(255)]).toEqual([0, 0, 128, 255, 255]);
  });

  it('extends the sign of the stored bits', () => {
    const { at } = greysOf({ bits: [0xfff, 0x800, 0x7ff, 0], bitsStored: 12, header: { pixelRepresentation: 1 } });
    expect([at(0x800), at(0xfff), at(0), at(0x7ff)]).toEqual([0, 127, 128, 255]);
  });

  it('leaves padding out of the range and draws it black, inverted or not', () => {
    const made = { bits: [250, 20, 70, 250], header: { pixelPaddingValue: 250 } };
    const plain = greysOf(made);
    expect([plain.at(20), plain.at(70), plain.at(250)]).toEqual([0, 255, 0]);
    const inverted = greysOf({ ...made, header: { ...made.header, photometricInterpretation: 'MONOCHROME1' } });
    expect([inverted.at(20), inverted.at(70), inverted.at(250)]).toEqual([255, 0, 0]);
  });

  it('takes the whole range of padding, whichever end comes first', () => {
    for (const [pixelPaddingValue, pixelPaddingRangeLimit] of [[240, 250], [250, 240]] as const) {
      const { at } = greysOf({ bits: [245, 20, 70, 240], header: { pixelPaddingValue, pixelPaddingRangeLimit } });
      expect([at(239), at(240), at(245), at(250), at(251)]).toEqual([255, 0, 0, 0, 255]);
    }
  });

  it('does not blot out what no corner holds, whatever is tagged as padding', () => {
    const { at } = greysOf({ bits: [0, 100, 255, 0, 100, 255], header: { pixelPaddingValue: 100 }, display: { voiWindows: [window] } });
    expect(at(100)).toBe(100);
  });

  it('draws an image of nothing but padding black', () => {
    expect(greysOf({ bits: [7, 7, 7, 7], header: { pixelPaddingValue: 7 } }).at(7)).toBe(0);
  });
});

describe('isInverted', () => {
  it.each([
    ['MONOCHROME1', null, true], ['MONOCHROME2', null, false],
    ['MONOCHROME1', 'INVERSE', true], ['MONOCHROME2', 'INVERSE', true],
    ['MONOCHROME1', 'IDENTITY', false], ['MONOCHROME2', 'IDENTITY', false],
  ] as const)('of %s with Presentation LUT Shape %s is %s', (photometricInterpretation, presentationLutShape, expected) => {
    expect(isInverted({ photometricInterpretation }, { presentationLutShape })).toBe(expected);
    const { at } = greysOf({ header: { photometricInterpretation }, display: { presentationLutShape, voiWindows: [window] } });
    expect([at(0), at(255)]).toEqual(expected ? [255, 0] : [0, 255]);
  });
});
