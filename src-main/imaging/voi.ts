import { hounsfieldOf } from './hounsfield.ts';
import type { ModalityScale } from './hounsfield.ts';

/** A display window in HU. */
export interface VoiWindow {
  /** Window Center (0028,1050). */
  readonly windowCenter: number;
  /** Window Width (0028,1051), at least 1. */
  readonly windowWidth: number;
}

/** The lung window that every slice is shown and sent with. */
export const lungWindow: VoiWindow = { windowCenter: -600, windowWidth: 1500 };

/**
 * Maps CT numbers to display grey levels with the DICOM LINEAR VOI function.
 *
 * @param hounsfield - CT numbers in HU; rows x columns values, row-major.
 * @param window - Window Center (0028,1050) and Window Width (0028,1051), in HU.
 * @returns Grey levels 0..255, same length and order as the input.
 * @throws {RangeError} if the width is below 1.
 * @see DICOM PS3.3 C.11.2.1.2.1
 */
export function linearWindow(hounsfield: ArrayLike<number>, window: VoiWindow): Uint8Array {
  checkWindow(window);
  return Uint8Array.from({ length: hounsfield.length }, (_, index) => greyLevel(hounsfield[index] ?? 0, window));
}

/**
 * Tabulates modality scale and window together: the same grey levels as the float formula, for one lookup per pixel.
 *
 * @param scale - Of the instance.
 * @param window - In HU.
 * @param options - isInverted: MONOCHROME1 of other modalities, where the lowest value is white; never for CT, whose HU have one meaning.
 * @returns Grey levels 0..255 by stored bits; 2^bitsStored values.
 * @throws {RangeError} if the width is below 1.
 * @see DICOM PS3.3 C.7.6.3.1.2, C.11.2.1.2.1
 */
export function windowTable(scale: ModalityScale, window: VoiWindow, options: { readonly isInverted?: boolean } = {}): Uint8Array {
  checkWindow(window);
  return new Uint8Array(2 ** scale.bitsStored).map((_, bits) => {
    const grey = greyLevel(hounsfieldOf(bits, scale), window);
    return options.isInverted === true ? 255 - grey : grey;
  });
}

function greyLevel(hounsfield: number, { windowCenter, windowWidth }: VoiWindow): number {
  const center = windowCenter - 0.5;
  const width = windowWidth - 1;
  if (hounsfield <= center - width / 2) return 0;
  if (hounsfield > center + width / 2) return 255;
  return Math.round(((hounsfield - center) / width + 0.5) * 255);
}

function checkWindow(window: VoiWindow): void {
  if (!(window.windowWidth >= 1)) throw new RangeError('Window Width must be at least 1');
}
