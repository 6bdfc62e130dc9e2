import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../../src-main/reading/merge-findings.ts';
import type { AnsweredTile } from '../../../src-main/reading/merge-findings.ts';
import { placeByMidline } from '../../../src-main/reading/place-finding.ts';
import type { NoduleCandidate } from '../../../src-shared/domain/candidate.ts';
import type { ReadingProfile } from '../../../src-shared/domain/reading-profile.ts';
import type { PlannedTile } from '../../../src-shared/domain/request-plan.ts';
import type { TileRegion } from '../../../src-shared/domain/tile-answer.ts';
import { sampleCandidate, sampleSize } from '../../helpers/sample-candidate.ts';

const pixel = 0.7;

/** 512 x 512 axial slices 2.5 mm apart; the first pixel is at -179, -179 mm. */
const slices = Array.from({ length: 40 }, (_, sliceIndex) => ({
  sliceIndex, sopInstanceUid: `1.2.${String(sliceIndex)}`, columns: 512, rows: 512,
  affine: { origin: [-179, -179, 2.5 * sliceIndex], columnStep: [pixel, 0, 0], rowStep: [0, pixel, 0] } as const,
}));

const region: TileRegion = { attributes: { attenuation: 'solid', margin: 'smooth', alternative: 'none' }, certainty: 'moderate' };

/** A tile of one lung (100 x 200 mm, 1 mm pixels) at 20, 30 on its sheet. */
function slab(side: 'left' | 'right', sliceIndices: readonly number[], regions: readonly TileRegion[] = [region], model = 'm'): AnsweredTile {
  const from = side === 'left' ? 5 : -105;
  const z = 2.5 * ((sliceIndices[0] ?? 0) + (sliceIndices.at(-1) ?? 0)) / 2;
  const planned: PlannedTile = {
    number: 1, role: 'slab', side, sliceIndices, candidateRank: null,
    panels: [{
      left: 20, top: 30, columns: 100, rows: 200, plane: 'axial', thicknessMm: 10,
      affine: { origin: [from - 20, -100 - 30, z], columnStep: [1, 0, 0], rowStep: [0, 1, 0] },
    }],
  };
  return { planned, model, regions };
}

function verified(rank: number, regions: readonly TileRegion[] = [region], model = 'm'): AnsweredTile {
  return { planned: { number: 2, role: 'candidate', panels: [], sliceIndices: [], side: null, candidateRank: rank }, model, regions };
}

const inLeft = sampleCandidate({ rank: 1, centreMm: [50, 0, 25], sliceIndex: 10, fromSliceIndex: 9, toSliceIndex: 11 });

function merge(tiles: readonly AnsweredTile[], candidates: readonly NoduleCandidate[] = [inLeft], urgency: ReadingProfile['urgency'] = []) {
  let next = 0;
  return mergeFindings({ tiles, candidates, slices, profile: { urgency }, placeOf: placeByMidline(0), newId: () => `f${String(next++)}` });
}

describe('mergeFindings', () => {
  it('makes a confirmed candidate one finding with the device’s place and size, and the model as its source', () => {
    const [finding, ...more] = merge([verified(1), slab('left', [9, 10, 11, 12]), slab('left', [11, 12, 13])]);
    // The second tile does not show the slice that the candidate lies on.
    expect(more.map(({ located }) => located)).toEqual(['tile']);
    expect(finding).toMatchObject({
      located: 'place', centreMm: [50, 0, 25], diameterMm: 8, attenuation: 'solid', side: 'left', lobe: 'left-lower', priority: 'routine',
      sopInstanceUids: ['1.2.9', '1.2.10', '1.2.11'],
      sources: [{ kind: 'device' }, { kind: 'model', name: 'm', confidence: null, certainty: 'moderate' }],
    });
    const box = finding?.regions[0];
    expect(((box?.columnMin ?? 0) + (box?.columnMax ?? 0)) / 2).toBeCloseTo((50 + 179) / pixel + 0.5, 6);
    expect((box?.columnMax ?? 0) - (box?.columnMin ?? 0)).toBeCloseTo(8 / pixel, 6);
  });

  it('takes no candidate for a finding that nobody confirmed, and keeps a marked tile that none explains', () => {
    expect(merge([verified(1, [])])).toEqual([]);
    const [finding] = merge([verified(1, []), slab('left', [9, 10, 11])]);
    expect(finding).toMatchObject({ located: 'tile', side: 'left', lobe: 'indeterminate', diameterMm: null, sources: [{ kind: 'model', name: 'm' }] });
    expect(finding?.regions.map(({ sliceIndex }) => sliceIndex)).toEqual([9, 10, 11]);
    expect(finding?.regions[0]).toMatchObject({ columnMin: expect.closeTo((4.5 + 179) / pixel + 0.5, 6), columnMax: expect.closeTo((104.5 + 179) / pixel + 0.5, 6) });
    expect(finding?.centreMm).toEqual([54.5, -0.5, 25]);
  });

  it('joins marked tiles of one lung that touch, and never those of two lungs', () => {
    const found = merge([slab('right', [0, 1, 2]), slab('right', [2, 3, 4]), slab('left', [2, 3]), slab('right', [9, 10])], []);
    expect(found.map(({ side, regions }) => [side, regions.map(({ sliceIndex }) => sliceIndex)])).toEqual([
      ['right', [0, 1, 2, 3, 4]], ['right', [9, 10]], ['left', [2, 3]],
    ]);
  });

  it('says how pressing it is by the profile’s words and the measured size, not by a model', () => {
    const urgency = [{ attribute: 'alternative', value: 'atelectasis', priority: 'critical' }] as const;
    const big = { ...inLeft, rank: 2, size: sampleSize(150) };
    expect(merge([verified(1)], [inLeft])[0]?.priority).toBe('routine');
    expect(merge([verified(2)], [big])[0]?.priority).toBe('urgent');
    expect(merge([verified(2)], [{ ...big, size: sampleSize(149) }])[0]?.priority).toBe('routine');
    const said = { ...region, attributes: { ...region.attributes, alternative: 'atelectasis' } };
    expect(merge([verified(1, [said]), verified(2)], [inLeft, big], [...urgency]).map(({ priority }) => priority)).toEqual(['critical', 'urgent']);
  });

  it('keeps every model as a source, as certain as it was at its most certain, and tells no attenuation where they differ', () => {
    const glass = { attributes: { attenuation: 'ground-glass' }, certainty: 'high' } as const;
    const [finding] = merge([verified(1, [region, { ...region, certainty: 'low' }], 'a'), verified(1, [glass, glass], 'b')]);
    expect(finding?.sources.slice(1)).toEqual([
      { kind: 'model', name: 'a', confidence: null, certainty: 'moderate' }, { kind: 'model', name: 'b', confidence: null, certainty: 'high' },
    ]);
    expect(finding?.attenuation).toBe('indeterminate');
  });

  it('gives no size where the device doubts its own', () => {
    const doubted = { ...sampleSize(), confidence: { level: 'low', doubts: ['slices-too-thick'] } } as const;
    expect(merge([verified(1)], [{ ...inLeft, size: doubted }])[0]?.diameterMm).toBeNull();
  });

  it('never makes a finding of a control', () => {
    const control = slab('left', [9, 10, 11]);
    expect(merge([{ ...control, planned: { ...control.planned, role: 'nodule-control' } }])).toEqual([]);
  });
});
