/** Bias and limits of agreement of a set of differences. */
export interface Agreement {
  readonly bias: number;
  /** Bias minus and plus 1.96 standard deviations. */
  readonly low: number;
  readonly high: number;
}

/**
 * Bland-Altman agreement.
 *
 * @param differences - Measured minus true.
 * @returns NaN where there are none.
 * @see Bland JM, Altman DG, Lancet 1986;327:307-310
 */
export function agreement(differences: readonly number[]): Agreement {
  const bias = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const spread = Math.sqrt(differences.reduce((sum, value) => sum + (value - bias) ** 2, 0) / Math.max(differences.length - 1, 1));
  return { bias, low: bias - 1.96 * spread, high: bias + 1.96 * spread };
}

/**
 * Value below which a share of the values lies.
 *
 * @param values - In any order.
 * @param share - 0 to 1.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
