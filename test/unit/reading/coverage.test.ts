import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, coverageOfSlices, statusOf, unreadRanges } from '../../../src-main/reading/coverage.ts';
import { noTiles, tileStates } from '../../../src-shared/domain/reading.ts';

const slices = fc.array(
  fc.record({ state: fc.constantFrom(...tileStates), isLost: fc.boolean() }),
  { maxLength: 60 },
);

describe('coverageOfSlices', () => {
  it('counts each slice as far as it got', () => {
    const states = ['planned', 'sent', 'answered', 'valid', 'valid', 'refused', 'failed', 'outside-lungs', 'outside-lungs'] as const;
    expect(coverageOfSlices(states.map((state) => ({ state, isLost: false })), [])).toEqual({
      planned: 7, sent: 6, answered: 4, valid: 2, refused: 1, failed: 1, outsideLungs: 2, searched: 0,
    });
  });

  it('counts a slice that has no voxels as planned and failed, not as sent', () => {
    expect(coverageOfSlices([{ state: 'failed', isLost: true }, { state: 'valid', isLost: false }], [{ lostSlice: true }])).toEqual({
      planned: 3, sent: 1, answered: 1, valid: 1, refused: 0, failed: 2, outsideLungs: 0, searched: 0,
    });
  });

  it('counts what the device searched as planned and as nothing that was sent', () => {
    expect(coverageOfSlices(['searched', 'searched', 'valid'].map((state) => ({ state: state as 'valid', isLost: false })), [])).toMatchObject({ planned: 3, sent: 1, searched: 2 });
  });

  it('never counts more valid than answered, more answered than sent, more sent than planned', () => {
    fc.assert(
      fc.property(slices, (some) => {
        const coverage = coverageOfSlices(some, []);
        expect(coverage.valid).toBeLessThanOrEqual(coverage.answered);
        expect(coverage.answered).toBeLessThanOrEqual(coverage.sent);
        expect(coverage.sent).toBeLessThanOrEqual(coverage.planned);
      }),
    );
  });
});

describe('statusOf', () => {
  const whole = { planned: 10, sent: 10, answered: 10, valid: 10, refused: 0, failed: 0, outsideLungs: 0, searched: 0 };

  it('is complete only when every slice of an exam without gaps has a valid answer', () => {
    expect(statusOf('merged', whole, [])).toBe('complete');
    expect(statusOf('merged', { ...whole, valid: 9, refused: 1 }, [])).toBe('incomplete');
    expect(statusOf('merged', whole, ['series-gap'])).toBe('incomplete');
    expect(statusOf('merged', whole, ['file-truncated'])).toBe('incomplete');
    expect(statusOf('merged', whole, [], { planned: 30, valid: 29 })).toBe('incomplete');
    expect(statusOf('merged', whole, [], { planned: 30, valid: 30 })).toBe('complete');
  });

  it('is never complete for an exam without slices', () => {
    expect(statusOf('merged', { planned: 0, sent: 0, answered: 0, valid: 0, refused: 0, failed: 0, outsideLungs: 0, searched: 0 }, [])).toBe('failed');
  });

  it('is failed when not one slice was read', () => {
    expect(statusOf('merged', { ...whole, valid: 0, failed: 10 }, [])).toBe('failed');
    expect(statusOf('failed', { ...whole, valid: 0 }, [])).toBe('failed');
  });

  it('is complete also where the device searched what no model read, never where it searched only a part', () => {
    const searched = { ...whole, sent: 4, answered: 4, valid: 4, searched: 6 };
    expect(statusOf('merged', searched, [])).toBe('complete');
    expect(statusOf('merged', { ...searched, valid: 0, sent: 0, answered: 0, searched: 10 }, [])).toBe('complete');
    expect(statusOf('merged', { ...searched, valid: 0, searched: 9, failed: 1 }, [])).toBe('incomplete');
    expect(statusOf('merged', searched, ['series-gap'])).toBe('incomplete');
    expect(statusOf('failed', searched, [])).toBe('incomplete');
  });

  it('is never complete while a single tile is neither valid nor searched', () => {
    fc.assert(
      fc.property(slices, (some) => {
        const status = statusOf('merged', coverageOfSlices(some, []), []);
        const toRead = some.filter((tile) => tile.state !== 'outside-lungs');
        expect(status === 'complete').toBe(toRead.length > 0 && toRead.every((tile) => tile.state === 'valid' || tile.state === 'searched'));
      }),
    );
  });

  it('says nothing while the reading is on its way', () => {
    expect(statusOf('reading', whole, [])).toBeNull();
    expect(statusOf('held', whole, [])).toBe('held');
  });
});

describe('unreadRanges', () => {
  it('counts what the device searched as read', () => {
    const states = ['searched', 'failed', 'searched', 'valid', 'outside-lungs'] as const;
    expect(unreadRanges(states.map((state, sliceIndex) => ({ state, sliceIndex, positionMm: sliceIndex })), 1)).toEqual([
      { fromIndex: 1, toIndex: 1, fromMm: 1, toMm: 1 },
    ]);
  });

  it('joins neighbouring slices that nobody read', () => {
    const states = ['valid', 'failed', 'refused', 'valid', 'planned'] as const;
    expect(unreadRanges(states.map((state, sliceIndex) => ({ state, sliceIndex, positionMm: -10 + 2.5 * sliceIndex })), 2.5)).toEqual([
      { fromIndex: 1, toIndex: 2, fromMm: -7.5, toMm: -5 },
      { fromIndex: 4, toIndex: 4, fromMm: 0, toMm: 0 },
    ]);
  });

  it.each([
    ['nothing where slices lie at their usual distance', [0, 2.5, 5, 7.5], [], []],
    ['nothing at one and a half times that distance', [0, 2.5, 6.25, 8.75], [], []],
    ['from the slice below to the slice above where slices are missing', [0, 2.5, 7.5, 10], [], [{ fromIndex: 1, toIndex: 2, fromMm: 2.5, toMm: 7.5 }]],
    ['one range of missing slices and an unread one above them', [0, 2.5, 7.5, 10], [2], [{ fromIndex: 1, toIndex: 2, fromMm: 2.5, toMm: 7.5 }]],
    ['one range of missing slices and an unread one below them', [0, 2.5, 7.5, 10], [1], [{ fromIndex: 1, toIndex: 2, fromMm: 2.5, toMm: 7.5 }]],
    ['one range over two gaps and what lies between', [0, 5, 10, 12.5], [], [{ fromIndex: 0, toIndex: 2, fromMm: 0, toMm: 10 }]],
    ['two ranges with a slice that was read between', [0, 2.5, 5, 7.5], [0, 2], [{ fromIndex: 0, toIndex: 0, fromMm: 0, toMm: 0 }, { fromIndex: 2, toIndex: 2, fromMm: 5, toMm: 5 }]],
  ] as const)('gives %s', (_, positions, unread, expected) => {
    const some = positions.map((positionMm, sliceIndex) => ({ sliceIndex, positionMm, state: unread.some((one) => one === sliceIndex) ? 'failed' : 'valid' } as const));
    expect(unreadRanges(some, 2.5)).toEqual(expected);
  });
});

describe('coverageOf', () => {
  it('adds lost slices to the plan', () => {
    const counts = { ...noTiles(), valid: 4, 'outside-lungs': 3 };
    expect(coverageOf(counts, 2, 0)).toMatchObject({ planned: 6, valid: 4, failed: 2, outsideLungs: 3 });
  });
});
