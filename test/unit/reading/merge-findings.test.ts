import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../../src-main/reading/merge-findings.ts';
import type { AnsweredTile } from '../../../src-main/reading/merge-findings.ts';
import { placeByMidline } from '../../../src-main/reading/place-finding.ts';
import type { TileRegion } from '../../../src-shared/domain/tile-answer.ts';

const spacing = 2.5;
const pixel = 0.7;

/** A 512 x 512 axial slice whose first pixel is at -179, -179 mm. */
function tile(sliceIndex: number, regions: readonly TileRegion[]): AnsweredTile {
  return {
    sliceIndex,
    sopInstanceUid: `1.2.${sliceIndex}`,
    affine: { origin: [-179, -179, -275 + spacing * sliceIndex], columnStep: [pixel, 0, 0], rowStep: [0, pixel, 0] },
    columns: 512,
    rows: 512,
    model: 'practice-vision',
    regions,
  };
}

/** A round region of the given diameter centred at x, y mm. */
function region(x: number, y: number, diameterMm: number, change: Partial<TileRegion> = {}): TileRegion {
  const column = (x + 179) / pixel + 0.5;
  const row = (y + 179) / pixel + 0.5;
  const half = diameterMm / pixel / 2;
  return {
    left: (column - half) / 512, right: (column + half) / 512, top: (row - half) / 512, bottom: (row + half) / 512,
    attenuation: 'solid', confidence: 0.5, priority: 'routine', ...change,
  };
}

function merge(tiles: readonly AnsweredTile[], midline: number | null = 0) {
  let next = 0;
  return mergeFindings(tiles, spacing, placeByMidline(midline), () => `f${next++}`);
}

describe('mergeFindings', () => {
  it('makes one finding of one nodule over k slices, with its slices and its centre in the patient', () => {
    const findings = merge([60, 61, 62, 63, 64].map((slice) => tile(slice, [region(56.4, 86.4, 20)])));
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding?.sopInstanceUids).toEqual(['1.2.60', '1.2.61', '1.2.62', '1.2.63', '1.2.64']);
    expect(finding?.centreMm[0]).toBeCloseTo(56.4, 6);
    expect(finding?.centreMm[1]).toBeCloseTo(86.4, 6);
    expect(finding?.centreMm[2]).toBeCloseTo(-275 + spacing * 62, 6);
    expect(finding?.side).toBe('left');
    expect(finding?.diameterMm).toBeNull();
  });

  it('keeps two nodules on the same slices apart', () => {
    expect(merge([10, 11, 12].map((slice) => tile(slice, [region(-60, 0, 8), region(-40, 0, 8)])))).toHaveLength(2);
  });

  it('keeps two nodules over one another apart when slices lie between them', () => {
    expect(merge([tile(10, [region(30, 0, 8)]), tile(14, [region(30, 0, 8)])])).toHaveLength(2);
  });

  it('joins across one slice that nobody pointed at when slices are thin', () => {
    expect(merge([tile(10, [region(30, 0, 8)]), tile(11, []), tile(12, [region(30, 0, 8)])])).toHaveLength(1);
  });

  it.each([
    [30, 'left'],
    [-30, 'right'],
    [5, 'indeterminate'],
    [-5, 'indeterminate'],
  ] as const)('puts x = %d mm on the side %s', (x, side) => {
    expect(merge([tile(10, [region(x, 0, 8)])])[0]?.side).toBe(side);
  });

  it('does not tell the side when nobody knows the middle of the body', () => {
    expect(merge([tile(10, [region(80, 0, 8)])], null)[0]?.side).toBe('indeterminate');
  });

  it('takes the highest priority of the slices, lists the most pressing first, and an unknown word as critical', () => {
    const findings = merge([
      tile(10, [region(-60, 0, 30)]),
      tile(40, [region(60, 0, 8)]),
      tile(41, [region(60, 0, 8, { priority: 'urgent' })]),
    ]);
    expect(findings.map((finding) => finding.priority)).toEqual(['urgent', 'routine']);
    const odd = merge([tile(10, [region(0, 0, 8, { priority: 'whatever' as 'urgent' })])]);
    expect(odd[0]?.priority).toBe('critical');
  });

  it('finds the same whatever the order of the tiles', () => {
    const tiles = [10, 11, 12, 30, 31].map((slice) => tile(slice, [region(slice, slice, 9), region(-80, slice, 7)]));
    const summary = (some: readonly AnsweredTile[]) =>
      merge(some).map((finding) => [...finding.sopInstanceUids].sort().join()).sort();
    fc.assert(fc.property(fc.shuffledSubarray(tiles, { minLength: 5 }), (shuffled) => {
      expect(summary(shuffled)).toEqual(summary(tiles));
    }));
  });

  it('loses no region', () => {
    const regions = fc.array(fc.record({ x: fc.integer({ min: -100, max: 100 }), slice: fc.nat(20), size: fc.integer({ min: 3, max: 40 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(regions, (some) => {
        const tiles = some.map((one) => tile(one.slice, [region(one.x, 0, one.size)]));
        const kept = merge(tiles).reduce((sum, finding) => sum + finding.regions.length, 0);
        expect(kept).toBe(some.length);
      }),
    );
  });
});
