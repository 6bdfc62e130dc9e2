/** A request of a plan: neighbouring slices that go out together. */
export interface PlannedRequest {
  readonly sliceIndices: readonly number[];
}

/**
 * Packs slices into requests: neighbours stay together, no request is larger than it may be, sizes differ by one at most.
 *
 * @param sliceIndices - Slices to read, ascending.
 * @param imagesPerRequest - At least 1.
 */
export function planRequests(sliceIndices: readonly number[], imagesPerRequest: number): readonly PlannedRequest[] {
  if (imagesPerRequest < 1) throw new RangeError('a request holds at least one image');
  const count = Math.ceil(sliceIndices.length / imagesPerRequest);
  return Array.from({ length: count }, (_, ordinal) => ({
    sliceIndices: sliceIndices.slice(
      Math.floor((ordinal * sliceIndices.length) / count),
      Math.floor(((ordinal + 1) * sliceIndices.length) / count),
    ),
  }));
}
