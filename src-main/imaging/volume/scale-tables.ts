import { hounsfieldTable } from './hounsfield.ts';
import type { ModalityScale } from './hounsfield.ts';
import { lungWindow, windowTable } from '../pictures/voi.ts';

/** What the stored bits of a slice mean, by stored bits; 2^bitsStored values each. */
export interface ScaleTables {
  /** HU, rounded. */
  readonly hounsfield: Int16Array;
  /** Grey levels at the lung window. */
  readonly grey: Uint8Array;
}

let last: (ScaleTables & { readonly key: string }) | null = null;

/**
 * Tables of a modality scale; the slices of a series share theirs, so that they are made once.
 *
 * @param scale - Of the slice.
 */
export function scaleTables(scale: ModalityScale): ScaleTables {
  const key = JSON.stringify(scale);
  if (last?.key !== key) last = { key, hounsfield: hounsfieldTable(scale), grey: windowTable(scale, lungWindow) };
  return last;
}
