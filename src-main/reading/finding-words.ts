import { attenuations } from '../../src-shared/domain/finding.ts';
import type { Attenuation, Finding } from '../../src-shared/domain/finding.ts';
import { highestPriority, priorities } from '../../src-shared/domain/priority.ts';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import type { TileRegion } from '../../src-shared/domain/tile-answer.ts';

/** From here on a solid nodule is category 4B (Lung-RADS v2022); whatever its density, a person should look soon. */
const urgentFromMm = 15;

/**
 * Attenuation as most regions have it.
 *
 * @param regions - Of one finding.
 * @returns 'indeterminate' where they are divided.
 */
export function attenuationOf(regions: readonly TileRegion[]): Attenuation {
  const counts = new Map<string, number>();
  for (const { attributes } of regions) {
    const word = attributes['attenuation'] ?? 'indeterminate';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] === second?.[1]) return 'indeterminate';
  return attenuations.find((one) => one === first[0]) ?? 'indeterminate';
}

/**
 * How soon a person should look: by the profile's urgent words and by the size that the device measured, never by a model's advice.
 *
 * @param regions - Of the finding.
 * @param diameterMm - Mean diameter; null where nothing was measured.
 */
export function findingPriority({ urgency }: Pick<ReadingProfile, 'urgency'>, regions: readonly TileRegion[], diameterMm: number | null): Finding['priority'] {
  const said = urgency.filter(({ attribute, value }) => regions.some(({ attributes }) => attributes[attribute] === value));
  return highestPriority([...said.map(({ priority }) => priority), ...(diameterMm !== null && diameterMm >= urgentFromMm ? ['urgent'] : [])]);
}

/** Place of a finding's priority in the order from least to most pressing. */
export function findingRank({ priority }: Pick<Finding, 'priority'>): number {
  return (priorities as readonly string[]).indexOf(priority);
}
