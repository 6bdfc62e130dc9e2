import type { SizedPlace } from './size-blobs.ts';

/** Boundaries that were grown from two points inside of one nodule differ by less: share of the mean diameter, and of the volume. */
const centreShare = 0.15;
const volumeShare = 0.25;

/**
 * Whether two places were measured to be one and the same nodule: a large or lobed one answers at several places.
 *
 * A place that merely lies near another one, or within it with a boundary of its own, is kept: nothing is merged that a reader might
 * tell apart.
 *
 * @param one - As measured.
 * @param other - As measured, of the same exam.
 */
export function isSameNodule(one: SizedPlace, other: SizedPlace): boolean {
  if (one.sizing.kind !== 'nodule' || other.sizing.kind !== 'nodule') return false;
  const [small, large] = [one.sizing, other.sizing].toSorted((a, b) => a.volumeMm3 - b.volumeMm3);
  if (small === undefined || large === undefined) return false;
  const apartMm = Math.hypot(...one.centreMm.map((mm, axis) => mm - (other.centreMm[axis] ?? 0)));
  return apartMm <= (centreShare * large.axes.meanTenths) / 10 && small.volumeMm3 >= (1 - volumeShare) * large.volumeMm3;
}
