import type { AirRegion } from './mask-air.ts';

/** A region of which less lies within the body's hull is outside of it. */
const leastHullShare = 0.75;
/** Air at the end of what was reconstructed that is no denser than this is the room's, not a lung that was cut off. */
const roomHu = -930;
/** What is darker than air in the body with this margin is gas; the bound stays within a range whatever the airway says. */
const usualAirHu = -990;
const gasMarginHu = 40;
const gasRangeHu = [-955, -925] as const;
const leastInnerCells = 3;

/**
 * Whether a region lies in the body; lungs that the field of view cuts off count as inside.
 *
 * @param region - Of one slice.
 */
export function isInBody(region: AirRegion): boolean {
  if (region.hullCells < leastHullShare * region.cells) return false;
  return region.edgeCells === 0 || innerMean(region) > roomHu;
}

/**
 * Mean HU of a region away from its edge; of all of it where it has no inside.
 *
 * @param region - Of one slice.
 */
export function innerMean({ innerCells, innerSum, sum, hullCells }: AirRegion): number {
  return innerCells > 0 ? innerSum / innerCells : sum / Math.max(hullCells, 1);
}

/**
 * Whether a region is as dark as air alone: trachea, bowel, pneumothorax or a large bulla.
 *
 * @param region - Of one slice.
 * @param airway - Its air tells how dark the scanner shows air inside of a body; null when none was found.
 */
export function isGasRegion(region: AirRegion, airway: { readonly airHu: number } | null): boolean {
  const [low, high] = gasRangeHu;
  const mostHu = Math.min(Math.max((airway?.airHu ?? usualAirHu) + gasMarginHu, low), high);
  return region.innerCells >= leastInnerCells && innerMean(region) < mostHu;
}
