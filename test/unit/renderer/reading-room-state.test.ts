import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src-shared/domain/finding.ts';
import { middleSlice, roomAfter, startRoom } from '../../../src-renderer/screens/reading-room/reading-room-state.ts';
import { sampleCandidates } from '../../helpers/renderer-harness/sample-candidates.ts';
import { syntheticSeries } from '../../helpers/renderer-harness/decode-series.ts';
import { actionForKey, escapeAction, sliceForKey } from '../../../src-renderer/screens/reading-room/room-keys.ts';

function finding(id: string, slices: readonly number[]): Finding {
  return {
    id, lobe: 'indeterminate', side: 'indeterminate', located: 'place', centreMm: [0, 0, 0], diameterMm: null, attenuation: 'solid', priority: 'routine', sopInstanceUids: [], sources: [],
    regions: slices.map((sliceIndex) => ({ sopInstanceUid: `2.25.${sliceIndex}`, sliceIndex, columnMin: 0, rowMin: 0, columnMax: 1, rowMax: 1 })),
  };
}

const nothing = { findings: [], candidates: [], allCandidates: [], sheets: [], dialogs: [] };
const candidates = sampleCandidates(syntheticSeries(107));
const findings = [finding('a', [40, 42, 41]), finding('b', [7]), finding('c', [])];

describe('middleSlice', () => {
  it('is the middle one in order of position, the lower of two, and none without regions', () => {
    expect([middleSlice(finding('a', [42, 40, 41])), middleSlice(finding('a', [5, 4])), middleSlice(finding('a', []))]).toEqual([41, 4, null]);
  });
});

describe('startRoom', () => {
  it('starts at the first finding, else in the middle', () => {
    expect(startRoom(107, findings)).toMatchObject({ sliceIndex: 41, findingId: 'a' });
    expect(startRoom(107, [])).toMatchObject({ sliceIndex: 53, findingId: null });
    expect(startRoom(0, []).sliceIndex).toBe(0);
    expect(startRoom(107, [], candidates)).toMatchObject({ rank: 1, findingId: null, sliceIndex: candidates[0]?.sliceIndex, jumps: 0 });
    expect(startRoom(107, findings, candidates)).toMatchObject({ rank: null, findingId: 'a' });
  });
});

describe('roomAfter', () => {
  const start = startRoom(107, findings);

  it('goes round the findings and flashes each', () => {
    const next = roomAfter(start, { kind: 'neighbour-finding', findings, step: 1 });
    expect(next).toMatchObject({ findingId: 'b', sliceIndex: 7, flash: 1 });
    const back = roomAfter(roomAfter(next, { kind: 'neighbour-finding', findings, step: -1 }), { kind: 'neighbour-finding', findings, step: -1 });
    expect(back).toMatchObject({ findingId: 'c', sliceIndex: 41, flash: 3 });
  });

  it('goes round the candidates, each on the slice of its largest section, and counts the jumps', () => {
    const next = roomAfter(start, { kind: 'neighbour-candidate', candidates, step: 1 });
    const [first] = candidates;
    expect(next).toMatchObject({ rank: 1, sliceIndex: first?.size.kind === 'nodule' ? first.size.sliceIndex : null, tab: 'candidates', jumps: 1 });
    const last = roomAfter(next, { kind: 'neighbour-candidate', candidates, step: -1 });
    expect(last).toMatchObject({ rank: candidates.length, jumps: 2 });
    expect(roomAfter(start, { kind: 'neighbour-candidate', candidates: [], step: 1 })).toBe(start);
  });

  it('leaves the neighbourhood of a candidate for the whole picture once, and for a finding, and keeps the window', () => {
    const near = roomAfter(roomAfter(start, { kind: 'neighbour-candidate', candidates, step: 1 }), { kind: 'window', window: { windowCenter: 40, windowWidth: 400 } });
    expect([start.isNear, near.isNear, near.resets]).toEqual([false, true, 0]);
    const whole = roomAfter(near, { kind: 'whole' });
    expect(whole).toMatchObject({ isNear: false, resets: 1, window: { windowCenter: 40 } });
    expect(roomAfter(whole, { kind: 'whole' })).toBe(whole);
    const [finding] = findings;
    if (finding === undefined) throw new Error('no finding');
    expect(roomAfter(near, { kind: 'finding', finding })).toMatchObject({ isNear: false, resets: 1, findingId: 'a' });
    expect(roomAfter(start, { kind: 'finding', finding }).resets).toBe(0);
    expect(roomAfter(near, { kind: 'reset' })).toMatchObject({ isNear: false, resets: 1, window: { windowCenter: -600 } });
  });

  it('shows hidden outlines again when it jumps to a candidate, and opens details only of one that is chosen', () => {
    expect(roomAfter(start, { kind: 'toggle-details' })).toBe(start);
    const hidden = roomAfter(start, { kind: 'toggle-outlines' });
    const shown = roomAfter(hidden, { kind: 'neighbour-candidate', candidates, step: -1 });
    expect([hidden.outlinesShown, shown.outlinesShown, roomAfter(shown, { kind: 'toggle-details' }).detailsOpen]).toEqual([false, true, true]);
  });

  it('shows hidden regions again when it jumps to a finding', () => {
    const hidden = roomAfter(start, { kind: 'toggle-regions' });
    expect(hidden.regionsShown).toBe(false);
    expect(roomAfter(hidden, { kind: 'finding', finding: findings[1] ?? finding('x', []) }).regionsShown).toBe(true);
  });

  it('stays inside the series', () => {
    expect(roomAfter(start, { kind: 'slice', sliceIndex: 200, sliceCount: 107 }).sliceIndex).toBe(106);
    expect(roomAfter(start, { kind: 'slice', sliceIndex: -3, sliceCount: 107 }).sliceIndex).toBe(0);
  });

  it('changes nothing without findings', () => {
    expect(roomAfter(start, { kind: 'neighbour-finding', findings: [], step: 1 })).toBe(start);
  });

  it('resets window and view', () => {
    const odd = roomAfter(start, { kind: 'window', window: { windowCenter: 1, windowWidth: 2 } });
    expect(roomAfter(odd, { kind: 'reset' })).toMatchObject({ window: { windowCenter: -600, windowWidth: 1500 }, resets: 1 });
  });
});

describe('keys of the reading room', () => {
  it.each([['ArrowDown', 49], ['ArrowUp', 51], ['PageDown', 40], ['PageUp', 60], ['Home', 106], ['End', 0], ['x', null]] as const)('%s leads from slice 50 to %s', (key, slice) => {
    expect(sliceForKey(key, 50, 107)).toBe(slice);
  });

  it.each([['1', -600, 1500], ['2', 40, 400], ['3', 400, 1800]] as const)('%s shows window %i/%i', (key, windowCenter, windowWidth) => {
    expect(actionForKey(key, nothing, 'findings')).toEqual({ kind: 'window', window: { windowCenter, windowWidth } });
  });

  it('takes letters in either case and leaves others alone', () => {
    expect(actionForKey('N', { ...nothing, findings, candidates }, 'findings')).toEqual({ kind: 'neighbour-finding', findings, step: 1 });
    expect(actionForKey('i', nothing, 'findings')).toEqual({ kind: 'toggle-regions' });
    expect(actionForKey('J', { ...nothing, findings, candidates }, 'findings')).toEqual({ kind: 'neighbour-candidate', candidates, step: 1 });
    expect([actionForKey('c', nothing, 'findings'), actionForKey('m', nothing, 'findings')]).toEqual([{ kind: 'toggle-outlines' }, { kind: 'toggle-measure' }]);
    expect([actionForKey('0', nothing, 'findings'), actionForKey('9', nothing, 'findings'), actionForKey('Enter', nothing, 'findings')]).toEqual([null, null, null]);
  });
});

describe('escapeAction', () => {
  it('leaves measuring first, then the neighbourhood of a candidate, then nothing but the exam', () => {
    expect(escapeAction({ ...startRoom(107, []), measuring: true, isNear: true })).toEqual({ kind: 'toggle-measure' });
    expect(escapeAction({ ...startRoom(107, []), measuring: false, isNear: true })).toEqual({ kind: 'whole' });
    expect(escapeAction({ ...startRoom(107, []), measuring: false, isNear: false })).toBeNull();
  });
});
