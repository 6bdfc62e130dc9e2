import { describe, expect, it } from 'vitest';
import { stageProgress } from '../../../src-renderer/components/stage-progress.ts';
import { readingStates } from '../../../src-shared/domain/reading.ts';
import { sampleRow } from '../../helpers/renderer-harness/sample-rows.ts';

const row = (change: object) => sampleRow({ readingId: 'r', status: null, ...change });

describe('stageProgress', () => {
  it('counts slices while preparing and requests while reading', () => {
    expect(stageProgress(row({ state: 'preparing', stageDone: 20, stageTotal: 80 }))).toMatchObject({ word: 'preparing', fraction: 0.25 });
    expect(stageProgress(row({ state: 'reading', stageDone: 6, stageTotal: 6 }))).toMatchObject({ word: 'reading', fraction: 1 });
  });

  it('has no fraction before a total is known', () => {
    expect(stageProgress(row({ state: 'reading', stageDone: 0, stageTotal: 0 })).fraction).toBeNull();
  });

  it('counts down the quiet time of an exam that has stopped growing, and not of one that grows', () => {
    expect(stageProgress(row({ state: 'arriving', quietMs: 13_000, quietNeededMs: 20_000 }))).toMatchObject({ word: 'settling', quietLeftMs: 7_000, fraction: 0.65 });
    expect(stageProgress(row({ state: 'arriving', quietMs: 0, quietNeededMs: 20_000 }))).toMatchObject({ word: 'arriving', quietLeftMs: null });
    expect(stageProgress(row({ state: 'arriving', quietMs: 25_000, quietNeededMs: 20_000 }))).toMatchObject({ quietLeftMs: 0, fraction: 1 });
  });

  it('calls a merged reading done only when it is complete', () => {
    expect(stageProgress(row({ state: 'merged', status: 'complete' })).tone).toBe('done');
    for (const status of ['incomplete', 'failed', 'held', null] as const) expect(stageProgress(row({ state: 'merged', status })).tone).toBe('warn');
  });

  it('says that the device searches, and never calls what it searched read', () => {
    expect(stageProgress(row({ state: 'preparing', stageDone: 40, stageTotal: 80, searchState: 'running', searchProgress: 0.3 }))).toMatchObject({ word: 'searching', fraction: 0.3, tone: 'busy' });
    expect(stageProgress(row({ state: 'preparing', stageDone: 40, stageTotal: 80, searchState: 'running' })).fraction).toBeNull();
    expect(stageProgress(row({ state: 'preparing', stageDone: 41, stageTotal: 80, searchState: 'done' })).word).toBe('preparing');
    expect(stageProgress(row({ state: 'merged', status: 'complete', plan: 'device-only' }))).toMatchObject({ word: 'searched', tone: 'plain' });
    expect(stageProgress(row({ state: 'merged', status: 'incomplete', plan: 'device-only' })).tone).toBe('warn');
  });

  it('calls a copy of an exam that was read neither cancelled nor failed', () => {
    expect(stageProgress(row({ state: 'cancelled', status: 'failed', reason: 'already-read' }))).toMatchObject({ word: 'same', tone: 'still' });
    expect(stageProgress(row({ state: 'cancelled', status: 'failed', reason: 'cancelled' })).word).toBe('cancelled');
  });

  it('has a word for every state', () => {
    for (const state of readingStates) expect(stageProgress(row({ state })).word).not.toBe('');
  });
});
