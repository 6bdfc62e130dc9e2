import type { DisplayAttributes } from '../../dicom/display-attributes.ts';
import type { InstanceHeader } from '../../../src-shared/domain/study.ts';
import { isUsableWindow, lutGrey, windowedGrey } from './voi.ts';
import type { VoiWindow } from './voi.ts';

/** What made the grey levels of an image: a window or a lookup table of its writer, or the range of its own pixels. */
export type VoiSource = 'window' | 'lut' | 'range';

/** Grey levels of an image by its stored bits. */
export interface ImageGreys {
  /** 2^bitsStored values, 0 to 255. */
  readonly greys: Uint8Array;
  readonly voi: VoiSource;
}

/** The attributes that say what stored bits mean. */
type PixelMeaning = Pick<
  InstanceHeader,
  'pixelRepresentation' | 'photometricInterpretation' | 'rescaleSlope' | 'rescaleIntercept' | 'pixelPaddingValue' | 'pixelPaddingRangeLimit'
>;

/**
 * Decides the grey levels of a single image: modality transform, VOI transform, presentation; for one lookup per pixel.
 *
 * VOI is the first window that makes sense, else the first VOI LUT, else the range of the pixels that are not padding.
 *
 * @param bits - Stored bits of the frame, rows x columns, row-major.
 * @param columns - Of the frame.
 * @param bitsStored - 1 to 16.
 * @param meaning - Header of the frame.
 * @param display - Of the frame.
 * @see DICOM PS3.3 C.11.1 (modality), C.11.2 (VOI), C.7.5.1.1.2 (padding)
 */
export function imageGreys(bits: Uint16Array, columns: number, bitsStored: number, meaning: PixelMeaning, display: DisplayAttributes): ImageGreys {
  const half = 2 ** (bitsStored - 1);
  const storedOf = (word: number): number => (meaning.pixelRepresentation === 1 && word >= half ? word - 2 * half : word);
  const valueOf = (word: number): number => modalityValue(storedOf(word), meaning, display);
  const isPadding = (word: number): boolean => liesInPadding(storedOf(word), meaning);
  const { voi, greyOf } = voiTransform(display, () => rangeOf(bits, bitsStored, valueOf, isPadding));
  const inverted = isInverted(meaning, display);
  const padding = cornersOf(bits, columns).some(isPadding);
  const greys = new Uint8Array(2 * half).map((_, word) => {
    if (padding && isPadding(word)) return 0;
    const grey = greyOf(valueOf(word));
    return inverted ? 255 - grey : grey;
  });
  return { greys, voi };
}

/**
 * Whether low values are shown bright. Presentation LUT Shape, where a file has one, says how its values become P-values, and
 * Photometric Interpretation says the same where it has none: the two never add up to a second inversion.
 *
 * @see DICOM PS3.3 C.7.6.3.1.2 and C.11.6.1.2; DCMTK and dcm4che decide likewise
 */
export function isInverted(
  { photometricInterpretation }: Pick<InstanceHeader, 'photometricInterpretation'>,
  { presentationLutShape }: Pick<DisplayAttributes, 'presentationLutShape'>,
): boolean {
  return presentationLutShape === null ? photometricInterpretation === 'MONOCHROME1' : presentationLutShape === 'INVERSE';
}

/** Stored values themselves where the file has no modality transform. */
function modalityValue(stored: number, { rescaleSlope, rescaleIntercept }: PixelMeaning, { modalityLut }: DisplayAttributes): number {
  if (modalityLut === null) return stored * (rescaleSlope === null || rescaleSlope === 0 ? 1 : rescaleSlope) + (rescaleIntercept ?? 0);
  const { firstMapped, values } = modalityLut;
  return values[Math.min(Math.max(stored - firstMapped, 0), values.length - 1)] ?? 0;
}

function voiTransform(
  { voiWindows, voiLutFunction, voiLuts }: DisplayAttributes, range: () => readonly [number, number],
): { readonly voi: VoiSource; readonly greyOf: (value: number) => number } {
  const window = voiWindows
    .map(({ windowCenter, windowWidth }): VoiWindow => ({ windowCenter, windowWidth, voiLutFunction }))
    .find(isUsableWindow);
  if (window !== undefined) return { voi: 'window', greyOf: (value) => windowedGrey(value, window) };
  const [lut] = voiLuts;
  if (lut !== undefined) return { voi: 'lut', greyOf: (value) => lutGrey(value, lut) };
  const [low, high] = range();
  const span = high > low ? high - low : 1;
  return { voi: 'range', greyOf: (value) => Math.round((Math.min(Math.max(value - low, 0), span) / span) * 255) };
}

/** Least and greatest value that is no padding; all of the pixels where they are nothing else. */
function rangeOf(
  bits: Uint16Array, bitsStored: number, valueOf: (word: number) => number, isPadding: (word: number) => boolean,
): readonly [number, number] {
  const occurs = new Uint8Array(2 ** bitsStored);
  for (const word of bits) occurs[word] = 1;
  let low = Infinity;
  let high = -Infinity;
  for (let word = 0; word < occurs.length; word += 1) {
    if (occurs[word] === 0 || isPadding(word)) continue;
    const value = valueOf(word);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 0];
}

/** Padding surrounds an image: a value that no corner holds is tissue, whatever the tag says, and is not blotted out. */
function cornersOf(bits: Uint16Array, columns: number): readonly number[] {
  return [0, columns - 1, bits.length - columns, bits.length - 1].map((index) => bits[index] ?? 0);
}

function liesInPadding(stored: number, { pixelPaddingValue: value, pixelPaddingRangeLimit }: PixelMeaning): boolean {
  if (value === null) return false;
  const limit = pixelPaddingRangeLimit ?? value;
  return stored >= Math.min(value, limit) && stored <= Math.max(value, limit);
}
