import type { Finding } from '../../../src-shared/domain/finding.ts';
import type { SliceExtent } from '../../../src-shared/domain/lungs.ts';
import type { TileState } from '../../../src-shared/domain/reading.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import type { QueueRow, ReadingDetail, SliceView } from '../../../src-shared/domain/views.ts';
import type { DecodedSlice } from './decode-series.ts';
import { sampleCandidates } from './sample-candidates.ts';
import { opinionsIn, samplePlan } from './sample-plan.ts';
import { sampleNow } from './sample-rows.ts';

const attribution = 'Armato SG III, McLennan G, Bidaut L, et al. (2015). Data From LIDC-IDRI. The Cancer Imaging Archive. doi 10.7937/K9/TCIA.2015.LO9QL9SX. CC BY 3.0.';

function box(slices: readonly DecodedSlice[], centreMm: readonly [number, number, number], radiusMm: number): Finding['regions'] {
  return slices.flatMap((slice, sliceIndex) => {
    const away = Math.abs(slice.origin[2] - centreMm[2]);
    if (away >= radiusMm) return [];
    const reach = Math.sqrt(radiusMm ** 2 - away ** 2);
    const column = (centreMm[0] - slice.origin[0]) / slice.pixelSpacing[1];
    const row = (centreMm[1] - slice.origin[1]) / slice.pixelSpacing[0];
    const [across, down] = [reach / slice.pixelSpacing[1], reach / slice.pixelSpacing[0]];
    return [{ sopInstanceUid: slice.sopInstanceUid, sliceIndex, columnMin: Math.round(column - across), columnMax: Math.round(column + across), rowMin: Math.round(row - down), rowMax: Math.round(row + down) }];
  });
}

function findings(slices: readonly DecodedSlice[], row: QueueRow): readonly Finding[] {
  const name = row.practice ? 'practice-vision-1' : 'gpt-6-luna-2026-08';
  const make = (id: string, centreMm: readonly [number, number, number], radiusMm: number, rest: Partial<Finding>): Finding => {
    const regions = box(slices, centreMm, radiusMm);
    return {
      id, lobe: 'indeterminate', side: centreMm[0] > 0 ? 'left' : 'right', located: 'place', centreMm, diameterMm: null, attenuation: 'solid', priority: 'routine',
      sopInstanceUids: regions.map(({ sopInstanceUid }) => sopInstanceUid), regions, sources: [{ kind: 'model', name, confidence: null, certainty: 'moderate' }], ...rest,
    };
  };
  // Answers of earlier versions hold a number instead of a word.
  if (row.readingId === 'old') return [make('f1', [-62, 20, -150], 5, { sources: [{ kind: 'model', name: 'vision-standard', confidence: 0.8 }] })];
  return [
    make('f1', [56.4, 86.4, -115.8], 15, { priority: 'critical', sources: [{ kind: 'device', name: 'LungDesk finder', confidence: null }, { kind: 'model', name, confidence: null, certainty: 'high' }], diameterMm: 23.1, lobe: 'left-lower' }),
    make('f2', [-62, 20, -150], 5, { attenuation: 'ground-glass', priority: 'urgent' }),
    tileFinding(slices, make('f3', [60, 0, -122], 0, { attenuation: 'indeterminate', sources: [{ kind: 'model', name: '<img src=x onerror=alert(1)> relay/model\u202e', confidence: null, certainty: 'low' }, { kind: 'model', name, confidence: null, certainty: 'low' }] })),
  ];
}

// Located by a tile alone: the box of one lung on each of its slices.
function tileFinding(slices: readonly DecodedSlice[], finding: Finding): Finding {
  const regions = slices.slice(62, 67).map(({ sopInstanceUid, columns, rows }, index) => ({
    sopInstanceUid, sliceIndex: 62 + index, columnMin: Math.round(columns * 0.52), columnMax: Math.round(columns * 0.86), rowMin: Math.round(rows * 0.2), rowMax: Math.round(rows * 0.82),
  }));
  return { ...finding, located: 'tile', regions, sopInstanceUids: regions.map(({ sopInstanceUid }) => sopInstanceUid) };
}

function tileState(row: QueueRow, index: number, count: number): TileState {
  const { coverage } = row;
  if (coverage.searched > 0) return index < coverage.searched ? 'searched' : 'outside-lungs';
  if (row.state === 'preparing') return 'planned';
  if (index >= count - coverage.outsideLungs) return 'outside-lungs';
  if (row.searchState === 'failed') return 'failed';
  if (coverage.sent === 0) return 'planned';
  if (index < coverage.valid) return 'valid';
  if (index < coverage.valid + coverage.failed) return 'failed';
  if (index < coverage.valid + coverage.failed + coverage.refused) return 'refused';
  if (index < coverage.answered) return 'answered';
  return index < coverage.sent && coverage.sent < count + 1 && row.status === null ? 'sent' : 'planned';
}

// Where no lung is outlined, nothing lies in one.
const nowhere = { side: 'indeterminate', lobe: 'indeterminate', distanceToPleuraMm: 0, distanceToFissureMm: null } as const;

// The exam `gap` lacks this slice of the series.
const missingIndex = 40;

function hasPictures(row: QueueRow): boolean {
  return row.state !== 'arriving' && (row.state !== 'failed' || row.searchState === 'failed') && row.reason !== 'late-slices' && row.reason !== 'already-read';
}

function sliceViews(row: QueueRow, slices: readonly DecodedSlice[], series: readonly DecodedSlice[]): readonly SliceView[] {
  return slices.map((slice, index) => {
    const picture = series.indexOf(slice);
    const state = tileState(row, index, slices.length);
    return {
      index, sopInstanceUid: slice.sopInstanceUid, instanceNumber: slice.instanceNumber, positionMm: slice.origin[2], tileState: state,
      reason: state === 'failed' ? (row.searchState === 'failed' ? 'device-search-failed' : row.readingId === 'control-failed' ? 'control-failed' : 'pixel-data-corrupt') : state === 'refused' ? 'answer-refused' : null,
      pixelsPath: `/picture/pixels-${picture}`,
    };
  });
}

function unreadRanges(views: readonly SliceView[], row: QueueRow): ReadingDetail['unreadRanges'] {
  if (row.status === null || row.status === 'complete') return [];
  if (row.readingId === 'gap') {
    const [below, above] = [views[missingIndex - 1], views[missingIndex]];
    return below === undefined || above === undefined ? [] : [{ fromIndex: below.index, toIndex: above.index, fromMm: below.positionMm, toMm: above.positionMm }];
  }
  const isUnread = (view: SliceView | undefined): boolean => view !== undefined && !['valid', 'searched', 'outside-lungs'].includes(view.tileState);
  const unread = views.filter(isUnread);
  const starts = unread.filter(({ index }) => !isUnread(views[index - 1]));
  return starts.map((start) => {
    const end = unread.find(({ index }) => index >= start.index && !isUnread(views[index + 1])) ?? start;
    return { fromIndex: start.index, toIndex: end.index, fromMm: start.positionMm, toMm: end.positionMm };
  });
}

function lungs(row: QueueRow, views: readonly SliceView[]): ReadingDetail['lungs'] {
  const inside = views.filter(({ tileState: state }) => state !== 'outside-lungs');
  const [first, last] = [inside[0], inside.at(-1)];
  const extent: SliceExtent = { fromIndex: first?.index ?? 0, toIndex: last?.index ?? 0, fromMm: first?.positionMm ?? 0, toMm: last?.positionMm ?? 0 };
  if (row.readingId === 'device-no-lungs') return { kind: 'body', reason: 'volume-implausible', notes: [], rightMl: 0, leftMl: 0, extent, sliceCount: views.length };
  return { kind: 'lungs', reason: null, notes: ['cut-at-the-bottom'], rightMl: 2710, leftMl: 2490, extent, sliceCount: views.length };
}

function transitions(row: QueueRow): ReadingDetail['transitions'] {
  const way = (['arriving', 'settled', 'preparing', 'planned', 'reading', 'merged'] as const).map((to, index, all) => ({ at: epochMs(sampleNow - 60_000 + index * 8_000), from: all[index - 1] ?? null, to, reason: null }));
  if (row.reason === 'already-read') return [...way.slice(0, 2), { at: sampleNow, from: 'settled', to: 'cancelled', reason: 'already-read' }];
  if (row.plan === 'device-only') return way.filter(({ to }) => to !== 'planned' && to !== 'reading');
  return way.slice(0, row.state === 'arriving' ? 1 : row.state === 'preparing' ? 3 : row.state === 'reading' ? 5 : 6);
}

function search(row: QueueRow, sliceCount: number): ReadingDetail['search'] {
  if (row.searchState === null) return null;
  return { state: row.searchState, searchedSlices: row.searchState === 'done' ? sliceCount - row.coverage.outsideLungs : 0, spacingNote: row.readingId === 'device-none' ? 'small-nodules-may-be-missed' : null, foundCount: 214, tookMs: 2_100 };
}

/** The exam screen's data for a row, over real slices. */
export function sampleReading(row: QueueRow, series: readonly DecodedSlice[]): ReadingDetail {
  const slices = hasPictures(row) ? series.filter((_, index) => row.readingId !== 'gap' || index !== missingIndex) : [];
  const views = sliceViews(row, slices, series);
  const first = slices[0];
  const read = row.state === 'merged' && row.findingCount > 0;
  const candidates = sampleCandidates(slices).slice(0, row.candidateCount ?? 0).map((one) => row.readingId === 'device-no-lungs' ? { ...one, ...nowhere } : one);
  const plan = samplePlan(row, slices.length, candidates);
  const asked = plan.requests.filter(({ purpose, reader }) => purpose === 'verify' && reader === 0).flatMap(({ pictures }) => pictures.flatMap(({ tiles }) => tiles.filter(({ role }) => role === 'candidate')));
  return {
    row, rows: first?.rows ?? 0, columns: first?.columns ?? 0, pixelSpacing: first?.pixelSpacing ?? [1, 1], spacingBetweenSlicesMm: first === undefined ? null : 2.5,
    affine: first === undefined ? null : { origin: first.origin, columnStep: [first.pixelSpacing[1], 0, 0], rowStep: [0, first.pixelSpacing[0], 0] },
    series: [
      { seriesNumber: 3, seriesDescription: 'CHEST STANDARD', modality: 'CT', transferSyntaxUid: '1.2.840.10008.1.2.1', instanceCount: series.length, chosen: row.state !== 'failed' && row.state !== 'cancelled', rejectionText: row.state === 'failed' ? 'Shows the head, not the chest.' : null },
      { seriesNumber: 1, seriesDescription: 'SCOUT', modality: 'CT', transferSyntaxUid: '1.2.840.10008.1.2.1', instanceCount: 2, chosen: false, rejectionText: 'A localizer, not axial slices.' },
    ],
    slices: views, unreadRanges: unreadRanges(views, row), lungs: first === undefined || row.state === 'preparing' ? null : lungs(row, views), plan: row.plan, search: search(row, slices.length),
    candidates: candidates.map((one) => ({ ...one, opinions: opinionsIn(plan.requests, one.rank) })), findings: read ? findings(slices, row).slice(0, row.findingCount) : [],
    requests: plan.requests, mode: plan.mode, forecast: plan.forecast, planNotes: plan.notes, agreement: plan.agreement,
    verification: asked.length === 0 ? null : { planned: asked.length, valid: asked.filter(({ state }) => state === 'valid').length },
    transitions: transitions(row),
    models: [], problems: row.searchState === 'failed' ? [{ code: 'device-search-failed', message: 'the search failed' }]
      : row.state === 'failed' ? [{ code: 'no-series-fit', message: 'no series fits' }]
      : views.filter(({ tileState: state }) => state === 'failed').slice(0, 3).map(({ sopInstanceUid }) => ({ code: 'pixel-data-corrupt', message: 'cannot be decoded', sopInstanceUid })),
    attribution: row.readingId === 'critical' ? attribution : null,
  };
}
