import { describe, expect, it } from 'vitest';
import { isImplausiblePrice } from '../../../src-shared/domain/plausible-price.ts';

describe('isImplausiblePrice', () => {
  const listed = { input: 100_000, output: 500_000 };
  it.each([
    [100_000, 500_000, false], [2_001, 500_000, false], [2_000, 500_000, true], [4_999_999, 500_000, false], [5_000_000, 500_000, true], [100_000, 25_000_000, true],
    [100_000, 10_000, true], [0, 500_000, true],
  ])('says of %i and %i: %s', (input, output, expected) => {
    expect(isImplausiblePrice({ input, output }, listed)).toBe(expected);
  });
  it('has nothing to say where nobody knows the price, or where both are nothing', () => {
    expect(isImplausiblePrice({ input: 1, output: 1 }, null)).toBe(false);
    expect(isImplausiblePrice({ input: 0, output: 0 }, { input: 0, output: 0 })).toBe(false);
  });
});
