import { describe, expect, it } from 'vitest';
import { isSameNodule } from '../../../../src-main/finder/find/same-nodule.ts';
import type { SizedPlace } from '../../../../src-main/finder/find/size-blobs.ts';
import { sampleSize } from '../../../helpers/sample-candidate.ts';

const place = { side: 'left', lobe: 'left-lower', distanceToPleuraMm: 12, distanceToFissureMm: null } as const;

function nodule(xMm: number, volumeMm3: number): SizedPlace {
  return { centreMm: [xMm, 0, 0], sizing: { ...sampleSize(100), volumeMm3 }, place, sliceRange: [0, 1] };
}

describe('isSameNodule', () => {
  it.each([
    ['the same boundary', nodule(0, 500), true],
    ['a boundary 1.5 mm off, of 10 mm', nodule(1.5, 500), true],
    ['one that is further off', nodule(1.6, 500), false],
    ['three quarters of its volume', nodule(0, 375), true],
    ['less than three quarters', nodule(0, 374), false],
    ['a place without a boundary', { ...nodule(0, 500), sizing: { kind: 'no-region', reason: 'nothing-dense-here' } as const }, false],
  ])('tells of %s', (_, other, same) => {
    expect(isSameNodule(nodule(0, 500), other)).toBe(same);
    expect(isSameNodule(other, nodule(0, 500))).toBe(same);
  });
});
