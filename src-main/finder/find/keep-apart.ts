import type { FoundBlob } from './found-blob.ts';

/**
 * Keeps the blob that fits best of those that tell of the same thing: of neighbouring scales, ways of looking, and lungs that touch.
 *
 * @param blobs - In any order.
 * @returns By falling score (then by place, so that the order of the input does not matter); no centre lies within another one's
 *   ball that fits better.
 */
export function keepApart(blobs: readonly FoundBlob[]): readonly FoundBlob[] {
  const kept: FoundBlob[] = [];
  for (const blob of blobs.toSorted((a, b) => b.fit - a.fit || byPlace(a, b))) {
    const isNew = kept.every((other) => distance(blob, other) > Math.max(2.5, 0.5 * other.blobMm, Math.min(0.5 * blob.blobMm, other.blobMm)));
    if (isNew) kept.push(blob);
  }
  return kept.toSorted((a, b) => b.score - a.score || byPlace(a, b));
}

function byPlace(a: FoundBlob, b: FoundBlob): number {
  return a.centreMm[2] - b.centreMm[2] || a.centreMm[1] - b.centreMm[1] || a.centreMm[0] - b.centreMm[0];
}

function distance({ centreMm: a }: FoundBlob, { centreMm: b }: FoundBlob): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
