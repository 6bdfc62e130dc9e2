import type { TypedPrice } from './model-overrides.ts';

/**
 * Whether a typed price is so far from the list price that a slip is likelier than a discount: 50 times more or less, as
 * when dollars are typed for a thousand tokens in place of a million.
 *
 * @param typed - By the clinic.
 * @param listed - List price; null where nobody knows it: then nothing is implausible.
 */
export function isImplausiblePrice(typed: Pick<TypedPrice, 'input' | 'output'>, listed: Pick<TypedPrice, 'input' | 'output'> | null): boolean {
  if (listed === null) return false;
  const isFar = (one: number, other: number): boolean => one !== other && Math.max(one, other) >= 50 * Math.min(one, other);
  return isFar(typed.input, listed.input) || isFar(typed.output, listed.output);
}
