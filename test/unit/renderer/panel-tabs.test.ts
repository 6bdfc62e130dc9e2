import { describe, expect, it } from 'vitest';
import type { QueueRow, ReadingDetail } from '../../../src-shared/domain/views.ts';
import { firstTab, panelTabs } from '../../../src-renderer/screens/reading-room/panel-tabs.ts';
import { syntheticSeries } from '../../helpers/renderer-harness/decode-series.ts';
import { sampleReading } from '../../helpers/renderer-harness/sample-reading.ts';
import { coverageOf, sampleRow } from '../../helpers/renderer-harness/sample-rows.ts';

const series = syntheticSeries(107);

function detail(change: Partial<QueueRow>): ReadingDetail {
  return sampleReading(sampleRow({ readingId: 'r', ...change }), series);
}

const searched = { searchState: 'done', candidateCount: 12 } as const;
const deviceOnly = { plan: 'device-only', coverage: coverageOf(107, 0, { searched: 107 }), ...searched } as const;

describe('panelTabs', () => {
  it('has the candidates first while nothing else was found', () => {
    expect(panelTabs(detail(searched))).toEqual(['candidates', 'findings', 'requests', 'sent', 'exam']);
    expect(panelTabs(detail({ ...searched, findingCount: 3 }))[0]).toBe('findings');
  });

  it('has no requests where none were made', () => {
    expect(panelTabs(detail(deviceOnly))).toEqual(['candidates', 'findings', 'sent', 'exam']);
  });

  it('has the candidates first where the device reads, also after a model has found something', () => {
    const { requests, findings } = detail({ ...searched, findingCount: 2 });
    expect(panelTabs({ plan: 'device-only', requests, findings })).toEqual(['candidates', 'findings', 'requests', 'sent', 'exam']);
  });
});

describe('firstTab', () => {
  it.each([
    ['a copy of an exam', { reason: 'already-read', state: 'cancelled', status: 'failed' }, 'exam'],
    ['the device alone', deviceOnly, 'candidates'],
    ['findings', { ...searched, findingCount: 3 }, 'findings'],
    ['a reading that found nothing, whose warnings stand there', { ...searched, status: 'incomplete', coverage: coverageOf(107, 90) }, 'findings'],
    ['a reading that waits', { ...searched, state: 'held', status: 'held' }, 'candidates'],
    ['a search that runs', { state: 'preparing', status: null, searchState: 'running' }, 'candidates'],
    ['an exam nobody searched', { state: 'preparing', status: null }, 'findings'],
  ] as const)('for %s', (_name, change, tab) => {
    expect(firstTab(detail(change))).toBe(tab);
  });
});
