import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attenuationOf, findingPriority, findingRank } from '../../../src-main/reading/finding-words.ts';
import { attenuations } from '../../../src-shared/domain/finding.ts';
import { priorities } from '../../../src-shared/domain/priority.ts';
import type { ReadingProfile } from '../../../src-shared/domain/reading-profile.ts';
import type { TileRegion } from '../../../src-shared/domain/tile-answer.ts';

function region(attributes: Readonly<Record<string, string>>): TileRegion {
  return { attributes, certainty: 'moderate' };
}

const profile: Pick<ReadingProfile, 'urgency'> = {
  urgency: [{ attribute: 'alternative', value: 'atelectasis', priority: 'urgent' }, { attribute: 'alternative', value: 'mass-effect', priority: 'critical' }],
};

describe('attenuationOf', () => {
  it.each([
    [['solid'], 'solid'],
    [['solid', 'solid', 'ground-glass'], 'solid'],
    [['solid', 'ground-glass'], 'indeterminate'],
    [['part-solid', 'part-solid', 'solid', 'solid', 'calcified'], 'indeterminate'],
    [[], 'indeterminate'],
    [['woolly'], 'indeterminate'],
    [['woolly', 'woolly', 'solid'], 'indeterminate'],
  ] as const)('says of %j: %s', (words, attenuation) => {
    expect(attenuationOf(words.map((word) => region({ attenuation: word })))).toBe(attenuation);
  });

  it('counts a region without the attribute for none', () => {
    expect(attenuationOf([region({ margin: 'smooth' }), region({ attenuation: 'solid' })])).toBe('indeterminate');
  });

  it('never depends on the order of the regions', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...attenuations, 'woolly')), (words) => {
      const regions = words.map((word) => region({ attenuation: word }));
      expect(attenuationOf(regions.toReversed())).toBe(attenuationOf(regions));
    }));
  });
});

describe('findingPriority', () => {
  it.each([
    [null, 'routine'], [14.9, 'routine'], [15, 'urgent'], [30, 'urgent'],
  ] as const)('takes %s mm alone for %s', (diameterMm, priority) => {
    expect(findingPriority(profile, [region({ attenuation: 'solid' })], diameterMm)).toBe(priority);
  });

  it('goes by the most pressing word of the profile, and by no other word', () => {
    expect(findingPriority(profile, [region({ alternative: 'atelectasis' })], 4)).toBe('urgent');
    expect(findingPriority(profile, [region({ alternative: 'atelectasis' }), region({ alternative: 'mass-effect' })], 4)).toBe('critical');
    expect(findingPriority(profile, [region({ margin: 'atelectasis' }), region({ alternative: 'critical' })], 4)).toBe('routine');
  });
});

describe('findingRank', () => {
  it('orders priorities as they are listed', () => {
    expect([...priorities].sort((a, b) => findingRank({ priority: a }) - findingRank({ priority: b }))).toEqual([...priorities]);
  });
});
