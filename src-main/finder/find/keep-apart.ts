import type { FoundBlob } from './found-blob.ts';

/**
 * Keeps the best of the blobs that tell of the same thing: of neighbouring scales, ways of looking, and lungs that touch.
 *
 * @param blobs - In any order.
 * @returns By falling score (then by place, so that the order of the input does not matter); no centre lies within another one's
 *   ball with a better score.
 */
export function keepApart(blobs: readonly FoundBlob[]): readonly FoundBlob[] {
  const kept: FoundBlob[] = [];
  for (const blob of blobs.toSorted(byScore)) {
    const isNew = kept.every((other) => distance(blob, other) > Math.max(2.5, 0.5 * other.blobMm, Math.min(0.5 * blob.blobMm, other.blobMm)));
    if (isNew) kept.push(blob);
  }
  return kept;
}

function byScore(a: FoundBlob, b: FoundBlob): number {
  return b.score - a.score || a.centreMm[2] - b.centreMm[2] || a.centreMm[1] - b.centreMm[1] || a.centreMm[0] - b.centreMm[0];
}

function distance({ centreMm: a }: FoundBlob, { centreMm: b }: FoundBlob): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
