import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberRanges } from '../../../src-renderer/screens/reading-room/plan/number-ranges.ts';
import { comparedCandidates, comparedReaders, countAgreements } from '../../../src-renderer/screens/reading-room/compare/compare-rows.ts';
import { drawnFindings } from '../../../src-renderer/screens/reading-room/drawn-findings.ts';
import { actionForKey, escapeAction } from '../../../src-renderer/screens/reading-room/room-keys.ts';
import { roomAfter, startRoom } from '../../../src-renderer/screens/reading-room/reading-room-state.ts';
import { firstSheet, nextZoom, sheetAfter, tileAfter } from '../../../src-renderer/screens/reading-room/sent/sheet-state.ts';
import { failureOf, sheetsOf, tilesOfSlice } from '../../../src-renderer/screens/reading-room/sent/sheets.ts';
import { isShowable, isUndecoded } from '../../../src-renderer/viewer/showable-slice.ts';
import { syntheticSeries } from '../../helpers/renderer-harness/decode-series.ts';
import { sampleReading } from '../../helpers/renderer-harness/sample-reading.ts';
import { sampleRows } from '../../helpers/renderer-harness/sample-rows.ts';

const series = syntheticSeries(107);

function detail(readingId: string) {
  const row = sampleRows().find((one) => one.readingId === readingId);
  if (row === undefined) throw new Error('no such row');
  return sampleReading(row, series);
}

const both = detail('two-readers');
const sheets = sheetsOf(both.requests);

describe('numberRanges', () => {
  it('joins neighbours and forgets doubles and order', () => {
    expect([numberRanges([]), numberRanges([7]), numberRanges([9, 4, 1, 2, 3, 9, 10])]).toEqual(['', '7', '1–4, 9–10']);
  });

  it('names every number and no other', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (numbers) => {
      const named = numberRanges(numbers).split(', ').filter(Boolean).flatMap((part) => {
        const [from = 0, to = from] = part.split('–').map(Number);
        return Array.from({ length: to - from + 1 }, (_, index) => from + index);
      });
      expect(named).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    }));
  });
});

describe('sheets', () => {
  it('are all pictures of all requests, and tell on which tiles a slice shows', () => {
    expect(sheets).toHaveLength(7);
    expect(tilesOfSlice(sheets, 64).map(({ sheetIndex, tile }) => [sheetIndex, tile.number, tile.side])).toEqual([[1, 16, 'right'], [1, 17, 'left'], [4, 16, 'right'], [4, 17, 'left']]);
    expect(tilesOfSlice(sheets, 0)).toEqual([]);
  });

  it('tell why a request failed, and nothing of one that was read', () => {
    expect([failureOf(detail('control-failed').requests[0] ?? { pictures: [] }), failureOf(both.requests[0] ?? { pictures: [] })]).toEqual(['control-failed', null]);
  });

  it('are paged round and round', () => {
    expect(sheetAfter(firstSheet, 7, -1)).toMatchObject({ index: 6, number: null });
    expect(sheetAfter({ ...firstSheet, index: 6 }, 7, 1).index).toBe(0);
    expect(sheetAfter(firstSheet, 0, 1)).toBe(firstSheet);
    expect([nextZoom('fit'), nextZoom(1), nextZoom(2)]).toEqual([1, 2, 'fit']);
  });

  it('are stepped through tile by tile over their ends', () => {
    expect(tileAfter({ index: 0, number: null }, sheets, 1)).toMatchObject({ sheetIndex: 0, tile: { number: 1 } });
    expect(tileAfter({ index: 0, number: 15 }, sheets, 1)).toMatchObject({ sheetIndex: 1, tile: { number: 16 } });
    expect(tileAfter({ index: 0, number: 1 }, sheets, -1)).toMatchObject({ sheetIndex: 6 });
    expect(tileAfter(firstSheet, [], 1)).toBeNull();
  });
});

describe('the pictures in the reading room', () => {
  const lists = { findings: [], candidates: [], allCandidates: both.candidates, sheets, dialogs: ['compare', 'report'] } as const;

  it('lead to the slice in the middle of a slab and to a candidate from near, and stay open', () => {
    const start = startRoom(107, [], both.candidates);
    const slab = roomAfter(start, { kind: 'tile', place: tilesOfSlice(sheets, 64)[1] ?? { sheetIndex: 0, tile: sheets[0]?.picture.tiles[0] ?? never() }, candidates: both.candidates });
    expect(slab).toMatchObject({ tab: 'sent', sliceIndex: 64, isNear: false, sheet: { index: 1, number: 17 } });
    const tile = sheets[2]?.picture.tiles.find(({ candidateRank }) => candidateRank === 5) ?? never();
    expect(roomAfter(slab, { kind: 'tile', place: { sheetIndex: 2, tile }, candidates: both.candidates })).toMatchObject({ tab: 'sent', rank: 5, isNear: true, sheet: { index: 2, number: tile.number } });
  });

  it('have keys, which do nothing where there are none', () => {
    expect(actionForKey('.', lists, 'findings')).toEqual({ kind: 'neighbour-sheet', count: 7, step: 1 });
    expect(actionForKey('T', lists, 'sent')).toMatchObject({ kind: 'neighbour-tile', step: -1 });
    expect([actionForKey('z', lists, 'findings'), actionForKey('z', lists, 'sent')]).toEqual([null, { kind: 'sheet-zoom', zoom: 'next' }]);
    expect([actionForKey('x', lists, 'exam'), actionForKey('d', { ...lists, dialogs: [] }, 'exam')]).toEqual([{ kind: 'dialog', dialog: 'compare' }, null]);
    expect(actionForKey('t', { ...lists, sheets: [] }, 'sent')).toBeNull();
  });

  it('are left by Escape before anything else', () => {
    const large = { ...startRoom(107, []), tab: 'sent' as const, measuring: true, sheet: { ...firstSheet, isLarge: true } };
    expect(escapeAction(large)).toEqual({ kind: 'toggle-sheet-large' });
  });
});

describe('compared readers', () => {
  const readers = comparedReaders(both);
  const rows = comparedCandidates(both, readers);

  it('keep every candidate, also those that nobody was asked about', () => {
    expect(readers.map(({ reader, models }) => [reader, ...models])).toEqual([[0, 'gpt-6-luna-2026-08'], [1, 'vision-accurate-2-2026-08'], [2, 'vision-largest-2026-08']]);
    expect(rows.map(({ candidate }) => candidate.rank)).toEqual(both.candidates.map(({ rank }) => rank));
    expect(rows[11]?.said).toEqual([null, null, null]);
    expect(rows[4]?.said.map((said) => said?.length ?? null)).toEqual([1, 1, 1]);
  });

  it('are counted', () => {
    expect(countAgreements(rows)).toEqual({ stable: 8, unstable: 1, settled: 1, open: 2 });
  });
});

describe('drawnFindings', () => {
  it('leaves out what only models say that have not passed', () => {
    expect(drawnFindings(both)).toHaveLength(3);
    const unproven = both.requests.map((request) => ({ ...request, trusted: false }));
    expect(drawnFindings({ findings: both.findings, requests: unproven })).toEqual([]);
  });
});

describe('isShowable', () => {
  it.each([
    ['planned', null, false, false], ['planned', null, true, true], ['valid', null, false, true], ['failed', 'control-failed', true, true],
    ['failed', 'answer-truncated', false, true], ['failed', 'pixel-data-corrupt', true, false], ['failed', null, true, false], ['outside-lungs', null, true, true],
  ] as const)('of %s, %s (decoded: %s) is %s', (tileState, reason, isDecoded, expected) => {
    expect(isShowable({ tileState, reason }, isDecoded)).toBe(expected);
    if (tileState === 'failed') expect(isUndecoded({ tileState, reason })).toBe(!expected);
  });
});

function never(): never {
  throw new Error('the sample has no such tile');
}
