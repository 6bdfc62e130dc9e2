import { describe, expect, it } from 'vitest';
import { outlineNotes, whyNoLungs } from '../../../../src-main/imaging/lungs/mask-plausibility.ts';
import type { OutlineFigures } from '../../../../src-main/imaging/lungs/mask-plausibility.ts';

const usual: OutlineFigures = {
  rightMm3: 2_500_000, leftMm3: 2_200_000, heightMm: 240, meanHu: -840, widestShare: 0.4, bottomMm2: 0, topMm2: 0,
  hasAirway: true, hasSpine: true, isCutAtSides: false, cutShare: 0.1, hasMissingSlices: false,
};
const lone = { rightMm3: 2_000_000, leftMm3: 0 };

describe('whyNoLungs', () => {
  it.each<readonly [Partial<OutlineFigures>, ReturnType<typeof whyNoLungs>]>([
    [{}, null],
    [{ rightMm3: 0, leftMm3: 0 }, 'no-air-in-body'],
    [{ rightMm3: 125_000, leftMm3: 125_000 }, null],
    [{ rightMm3: 125_000, leftMm3: 124_999 }, 'volume-implausible'],
    [{ rightMm3: 7_000_000, leftMm3: 6_000_000 }, null],
    [{ rightMm3: 7_000_000, leftMm3: 6_000_001 }, 'volume-implausible'],
    [{ meanHu: -960 }, null],
    [{ meanHu: -961 }, 'volume-implausible'],
    [{ meanHu: -480 }, null],
    [{ meanHu: -479 }, 'volume-implausible'],
    [{ widestShare: 0.08 }, null],
    [{ widestShare: 0.079 }, 'volume-implausible'],
    [{ widestShare: 0.86 }, 'volume-implausible'],
    [lone, null],
    [{ rightMm3: 500_000, leftMm3: 0 }, null],
    [{ rightMm3: 499_999, leftMm3: 0 }, 'volume-implausible'],
    [{ ...lone, heightMm: 79 }, 'volume-implausible'],
    [{ ...lone, hasAirway: false }, 'volume-implausible'],
    [{ ...lone, hasAirway: false, topMm2: 400 }, null],
    [{ hasAirway: false }, null],
    [{ rightMm3: 200_000, leftMm3: 200_000, hasAirway: false }, 'volume-implausible'],
    [{ rightMm3: 200_000, leftMm3: 200_000, hasAirway: false, topMm2: 400 }, null],
    [{ isCutAtSides: true, hasAirway: false, hasSpine: false }, 'volume-implausible'],
    [{ isCutAtSides: true, hasAirway: false, hasSpine: true }, null],
  ])('says of %o: %s', (differing, reason) => {
    expect(whyNoLungs({ ...usual, ...differing })).toBe(reason);
  });
});

describe('outlineNotes', () => {
  it.each<readonly [Partial<OutlineFigures>, readonly string[]]>([
    [{}, []],
    [{ leftMm3: 59_999 }, ['one-lung-missing']],
    [{ leftMm3: 249_999 }, ['one-lung-missing']],
    [{ leftMm3: 250_000 }, []],
    [{ cutShare: 0.31 }, ['lungs-parted-by-midline']],
    [{ topMm2: 399 }, []],
    [{ topMm2: 400, bottomMm2: 400 }, ['cut-at-the-top', 'cut-at-the-bottom']],
    [{ isCutAtSides: true, hasMissingSlices: true }, ['cut-at-the-sides', 'slices-missing']],
  ])('notes of %o: %o', (differing, notes) => {
    expect(outlineNotes({ ...usual, ...differing })).toEqual(notes);
  });
});
