import type { VoiLutFunction } from '../../dicom/display-attributes.ts';
import type { LookupTable } from '../../dicom/lookup-table.ts';
import { hounsfieldOf } from '../volume/hounsfield.ts';
import type { ModalityScale } from '../volume/hounsfield.ts';

/** A display window, in HU or in what else the values are after the modality transform. */
export interface VoiWindow {
  /** Window Center (0028,1050). */
  readonly windowCenter: number;
  /** Window Width (0028,1051): at least 1 for LINEAR, above 0 for the others. */
  readonly windowWidth: number;
  /** VOI LUT Function (0028,1056); LINEAR when absent. */
  readonly voiLutFunction?: VoiLutFunction;
}

/** The lung window that every slice is shown and sent with. */
export const lungWindow: VoiWindow = { windowCenter: -600, windowWidth: 1500 };
/** The window for what lies between the lungs. */
export const mediastinalWindow: VoiWindow = { windowCenter: 40, windowWidth: 400 };

/**
 * Grey level of one value: the formulas that all tables are made of.
 *
 * @param value - After the modality transform; need not be whole.
 * @param window - One that isUsableWindow accepts.
 * @returns 0 to 255, whole.
 * @see DICOM PS3.3 C.11.2.1.2.1 (LINEAR), C.11.2.1.3.1 (SIGMOID), C.11.2.1.3.2 (LINEAR_EXACT)
 */
export function windowedGrey(value: number, { windowCenter, windowWidth, voiLutFunction = 'LINEAR' }: VoiWindow): number {
  switch (voiLutFunction) {
    case 'LINEAR':
      return rampGrey(value, windowCenter - 0.5, windowWidth - 1);
    case 'LINEAR_EXACT':
      return rampGrey(value, windowCenter, windowWidth);
    case 'SIGMOID':
      return Math.round(255 / (1 + Math.exp((-4 * (value - windowCenter)) / windowWidth)));
  }
}

function rampGrey(value: number, center: number, width: number): number {
  if (value <= center - width / 2) return 0;
  if (value > center + width / 2) return 255;
  return Math.round(((value - center) / width + 0.5) * 255);
}

/**
 * Grey level of one value by a VOI LUT.
 *
 * @param value - After the modality transform; rounded to a whole number.
 * @param lut - Its entries span 0 to 2^bits - 1, the whole range of greys.
 * @returns 0 to 255, whole.
 * @see DICOM PS3.3 C.11.2.1.1
 */
export function lutGrey(value: number, { firstMapped, bits, values }: LookupTable): number {
  const index = Math.min(Math.max(Math.round(value) - firstMapped, 0), values.length - 1);
  return Math.min(255, Math.round(((values[index] ?? 0) * 255) / (2 ** bits - 1)));
}

/**
 * Whether a window's center and width are numbers that its function takes.
 *
 * @see DICOM PS3.3 C.11.2.1.2, C.11.2.1.3
 */
export function isUsableWindow({ windowCenter, windowWidth, voiLutFunction = 'LINEAR' }: VoiWindow): boolean {
  return Number.isFinite(windowCenter) && Number.isFinite(windowWidth) && (voiLutFunction === 'LINEAR' ? windowWidth >= 1 : windowWidth > 0);
}

/**
 * Maps CT numbers to display grey levels, value by value.
 *
 * @param hounsfield - CT numbers in HU; rows x columns values, row-major.
 * @param window - Window Center (0028,1050) and Window Width (0028,1051), in HU, and the function between them.
 * @returns Grey levels 0..255, same length and order as the input.
 * @throws {RangeError} for a width that the window's function does not take.
 * @see DICOM PS3.3 C.11.2.1.2
 */
export function linearWindow(hounsfield: ArrayLike<number>, window: VoiWindow): Uint8Array {
  checkWindow(window);
  return Uint8Array.from({ length: hounsfield.length }, (_, index) => windowedGrey(hounsfield[index] ?? 0, window));
}

/**
 * Maps Hounsfield units to display grey levels through a table: the same as linearWindow, for pictures.
 *
 * @param hounsfield - rows x columns values in HU, row-major.
 * @param window - In HU.
 * @returns Grey levels 0..255, same length and order as the input.
 * @throws {RangeError} for a width that the window's function does not take.
 */
export function renderGrey(hounsfield: Int16Array, window: VoiWindow): Uint8Array<ArrayBuffer> {
  return lookUpGrey(hounsfield, hounsfieldGreys(window));
}

/**
 * Looks up grey levels.
 *
 * @param words - Negative ones are looked up by their bit pattern.
 * @param greys - By word.
 */
export function lookUpGrey(words: Uint16Array | Int16Array, greys: Uint8Array): Uint8Array<ArrayBuffer> {
  const grey = new Uint8Array(words.length);
  for (let index = 0; index < grey.length; index += 1) grey[index] = greys[(words[index] ?? 0) & 0xffff] ?? 0;
  return grey;
}

let lastGreys: { readonly window: VoiWindow; readonly greys: Uint8Array } | null = null;

/**
 * Tabulates a window over all Hounsfield units.
 *
 * @param window - In HU.
 * @returns 65,536 grey levels by the bit pattern of an Int16; kept until another window is asked for.
 * @throws {RangeError} for a width that the window's function does not take.
 */
export function hounsfieldGreys(window: VoiWindow): Uint8Array {
  checkWindow(window);
  if (lastGreys === null || !isSameWindow(lastGreys.window, window)) {
    lastGreys = { window, greys: new Uint8Array(65_536).map((_, word) => windowedGrey((word << 16) >> 16, window)) };
  }
  return lastGreys.greys;
}

/**
 * Tabulates modality scale and window together: the same grey levels as the float formula, for one lookup per pixel.
 *
 * @param scale - Of the instance.
 * @param window - In HU.
 * @returns Grey levels 0..255 by stored bits; 2^bitsStored values.
 * @throws {RangeError} for a width that the window's function does not take.
 */
export function windowTable(scale: ModalityScale, window: VoiWindow): Uint8Array {
  checkWindow(window);
  return new Uint8Array(2 ** scale.bitsStored).map((_, bits) => windowedGrey(hounsfieldOf(bits, scale), window));
}

function isSameWindow(one: VoiWindow, other: VoiWindow): boolean {
  return (
    one.windowCenter === other.windowCenter && one.windowWidth === other.windowWidth &&
    (one.voiLutFunction ?? 'LINEAR') === (other.voiLutFunction ?? 'LINEAR')
  );
}

function checkWindow(window: VoiWindow): void {
  if (!isUsableWindow(window)) throw new RangeError('Window Width must be at least 1, or above 0 for LINEAR_EXACT and SIGMOID');
}
