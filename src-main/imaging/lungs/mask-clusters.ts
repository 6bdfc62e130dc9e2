import type { AirMap, AirRegion } from './mask-air.ts';

/** Regions hang together when they share this much of the smaller one. */
const leastOverlap = 0.25;

/** Regions that hang together over slices. */
export interface Cluster {
  readonly regions: readonly AirRegion[];
  readonly cells: number;
  readonly bottom: number;
  readonly top: number;
}

/**
 * Joins regions that hang together over slices.
 *
 * @param regions - To be joined; others do not count, whatever they touch.
 * @param air - They are of.
 */
export function joinRegions(regions: readonly AirRegion[], { regions: all }: AirMap): readonly Cluster[] {
  const isMember = new Uint8Array(all.length);
  for (const { id } of regions) isMember[id] = 1;
  const found: Cluster[] = [];
  for (const seed of regions) {
    if (isMember[seed.id] !== 1) continue;
    isMember[seed.id] = 2;
    const members = [seed];
    for (const member of members) {
      for (const links of [member.below, member.above]) {
        for (const { region, overlap } of links) {
          if (isMember[region.id] !== 1 || overlap < leastOverlap * Math.min(region.cells, member.cells)) continue;
          isMember[region.id] = 2;
          members.push(region);
        }
      }
    }
    const slices = members.map(({ slice }) => slice);
    found.push({
      regions: members,
      cells: members.reduce((sum, { cells }) => sum + cells, 0),
      bottom: slices.reduce((a, b) => Math.min(a, b), seed.slice),
      top: slices.reduce((a, b) => Math.max(a, b), seed.slice),
    });
  }
  return found;
}
