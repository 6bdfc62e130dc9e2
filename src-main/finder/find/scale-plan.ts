/** Standard deviations at which blobs are looked for, mm, by the cells of the grid that they are looked for on, mm. */
export const searchScales: readonly { readonly cellMm: number; readonly sigmasMm: readonly number[] }[] = [
  { cellMm: 1, sigmasMm: [1.15, 1.6, 2.25] },
  { cellMm: 2, sigmasMm: [3.2, 4.5] },
  { cellMm: 4, sigmasMm: [6.4, 9] },
  { cellMm: 8, sigmasMm: [12.7, 18] },
];

/**
 * Radius of the ball that answers best to the Laplacian of a Gaussian.
 *
 * @param sigmaMm - Standard deviation of the Gaussian.
 * @see Lindeberg T, Feature detection with automatic scale selection, IJCV 1998;30:79-116: the square root of the dimension
 */
export function radiusOfScale(sigmaMm: number): number {
  return sigmaMm * Math.sqrt(3);
}

/**
 * The smoothing that a scale comes to on a grid: never less than what the grid's values are blurred by anyway, and enough for
 * derivatives from cell to cell.
 *
 * @param sigmaMm - Of the scale.
 * @param blurMm - That the grid's values have, by axis.
 * @param cellMm - Of the grid, by axis.
 */
export function smoothingOfScale(sigmaMm: number, blurMm: readonly [number, number, number], cellMm: readonly [number, number, number]): readonly [number, number, number] {
  const along = (axis: 0 | 1 | 2): number => Math.max(sigmaMm, Math.hypot(blurMm[axis], 0.6 * cellMm[axis]));
  return [along(0), along(1), along(2)];
}
