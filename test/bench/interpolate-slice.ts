/** HU of noise at most; what stands out more from its surroundings is an edge. */
const mostNoiseHu = 60;
/** Stored value outside of the reconstructed circle in the source. */
const outside = -1024;

/**
 * Interpolates between two CT slices and gives back the noise that averaging takes away, so that pictures of it compress no
 * better than real ones: the in-plane noise of the two is blended like the rest and scaled to its old strength.
 *
 * @param below - Stored values, row-major; intercept and slope do not matter.
 * @param above - As below.
 * @param share - 0 is below, 1 is above.
 * @param columns - Width of both.
 * @returns Stored values; exactly the source at share 0 and 1.
 */
export function interpolateSlice(below: Int16Array, above: Int16Array, share: number, columns: number): Int16Array<ArrayBuffer> {
  const gain = 1 / Math.hypot(1 - share, share) - 1;
  const result = new Int16Array(below.length);
  for (let index = 0; index < result.length; index += 1) {
    const [low, high] = [below[index]!, above[index]!];
    if (low <= outside || high <= outside) {
      result[index] = share < 0.5 ? low : high;
      continue;
    }
    const noise = (1 - share) * noiseAt(below, index, columns) + share * noiseAt(above, index, columns);
    result[index] = Math.round(low + (high - low) * share + gain * noise);
  }
  return result;
}

/** Difference of a pixel from the mean of its eight neighbours, limited. */
function noiseAt(pixels: Int16Array, index: number, columns: number): number {
  let sum = 0;
  for (const row of [-columns, 0, columns]) for (const column of [-1, 0, 1]) sum += pixels[index + row + column] ?? pixels[index]!;
  const own = pixels[index]!;
  return Math.min(mostNoiseHu, Math.max(-mostNoiseHu, own - (sum - own) / 8));
}
