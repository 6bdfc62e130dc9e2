import type { ReaderAgreement } from '../../../src-shared/domain/agreement.ts';
import type { PlanForecast, PlanNote, ReadingMode } from '../../../src-shared/domain/request-plan.ts';
import type { TileRegion } from '../../../src-shared/domain/tile-answer.ts';
import { epochMs, microUsd } from '../../../src-shared/domain/units.ts';
import type { AttemptView, CandidateOpinion, CandidateView, QueueRow, RequestPictureView, RequestView, TileView } from '../../../src-shared/domain/views.ts';
import { sampleNow } from './sample-rows.ts';

/** The words of a request, as long as real ones. */
export const samplePrompt = `Research annotation of de-identified pictures: de-identified CT of the chest, lung window.
In every tile, note each focal, roughly round opacity inside the lungs (a nodule-like or mass-like region). Vessels that run on, airways, the chest wall and the heart are not meant.
Each tile is one lung in one thick axial slab, as a maximum projection: vessels look longer than in a slice. On a picture of several tiles, the number of each stands above its left edge.

Answer with one json object and nothing else, for example:
{"request":"CODE","seen":[NUMBERS],"unclear":[NUMBERS],"regions":[{"tile":NUMBER,"attenuation":"WORD","margin":"WORD","alternative":"WORD","certainty":"WORD"}]}
"request": repeat this code exactly: 4f1c09a2b7de

Picture 1: tiles 1 to 16, 4 across, 4 down

[picture 1]`;

/** What a reading's requests look like; the exam `old` was read by a version that knew no tiles. */
export interface SamplePlan {
  readonly requests: readonly RequestView[];
  readonly mode: ReadingMode;
  readonly forecast: PlanForecast | null;
  readonly notes: readonly PlanNote[];
  readonly agreement: ReaderAgreement | null;
}

const first = 'gpt-6-luna';
const second = 'vision-accurate-2';
const nodule: TileRegion = { attributes: { attenuation: 'solid', margin: 'smooth', alternative: 'none' }, certainty: 'high' };
const faint: TileRegion = { attributes: { attenuation: 'ground-glass', margin: 'ill-defined', alternative: 'vessel' }, certainty: 'low' };
/** Ranks that the first reader marks among the sample candidates, and what the second one says otherwise. */
const marked: Readonly<Record<number, TileRegion>> = { 1: nodule, 2: { attributes: { attenuation: 'part-solid', margin: 'lobulated', alternative: 'none' }, certainty: 'moderate' }, 5: faint };
const otherwise: readonly number[] = [3, 5];

/** Geometry of a sample sheet: cells of one size in a grid. */
export interface SheetGrid {
  readonly across: number;
  readonly cell: number;
}

/** Cells of sweep and of candidate sheets. */
export const sweepGrid: SheetGrid = { across: 5, cell: 192 };
/** See sweepGrid. */
export const verifyGrid: SheetGrid = { across: 3, cell: 256 };

const [gap, strip] = [8, 18];

/** Corner of a cell on its sheet. */
export function cellAt(index: number, { across, cell }: SheetGrid): { readonly left: number; readonly top: number } {
  return { left: gap + (index % across) * (cell + gap), top: gap + strip + Math.floor(index / across) * (cell + strip + gap) };
}

function sheet(path: string, tiles: readonly Omit<TileView, 'number' | 'box'>[], firstNumber: number, grid: SheetGrid): RequestPictureView {
  const down = Math.ceil(tiles.length / grid.across);
  return {
    path, columns: gap + grid.across * (grid.cell + gap), rows: gap + down * (grid.cell + strip + gap),
    tiles: tiles.map((tile, index) => ({ ...tile, number: firstNumber + index, box: { ...cellAt(index, grid), columns: grid.cell, rows: grid.cell } })),
  };
}

type Draft = Omit<TileView, 'number' | 'box' | 'state' | 'reason' | 'regions'>;

/** What became of a request: all its tiles fare alike but for those that a model cannot make out. */
type Fate = 'done' | 'waiting' | 'sending' | 'control-failed' | 'truncated';

function answered(tile: Draft, fate: Fate, regions: readonly TileRegion[], refused: boolean): Omit<TileView, 'number' | 'box'> {
  if (fate === 'waiting') return { ...tile, state: 'planned', reason: null, regions: null };
  if (fate === 'sending') return { ...tile, state: 'sent', reason: null, regions: null };
  if (fate !== 'done') return { ...tile, state: 'failed', reason: fate === 'truncated' ? 'answer-truncated' : 'control-failed', regions: null };
  return refused ? { ...tile, state: 'refused', reason: 'answer-refused', regions: null } : { ...tile, state: 'valid', reason: null, regions };
}

const control = (role: TileView['role']): Draft => ({ role, sliceIndices: [], side: null, candidateRank: null });

function sweepTiles(sliceCount: number): readonly Draft[] {
  const slabs = Array.from({ length: Math.floor((sliceCount - 12) / 8) }, (_, index) => Array.from({ length: 5 }, (_unused, at) => 6 + index * 8 + at));
  const both = slabs.flatMap((sliceIndices) => (['right', 'left'] as const).map((side): Draft => ({ role: 'slab', sliceIndices, side, candidateRank: null })));
  return both.toSpliced(4, 0, control('nodule-control')).toSpliced(17, 0, control('blank-control'));
}

function candidateTiles(ranks: readonly number[]): readonly Draft[] {
  return [control('blank-control'), ...ranks.map((candidateRank): Draft => ({ role: 'candidate', sliceIndices: [], side: null, candidateRank })), control('nodule-control')];
}

function said(tile: Draft, reader: number): readonly TileRegion[] {
  if (tile.role === 'nodule-control') return [nodule];
  if (tile.role === 'slab') return tile.sliceIndices.includes(62) && tile.side === (reader === 0 ? 'left' : 'right') ? [faint] : [];
  const region = marked[tile.candidateRank ?? 0];
  const isMarked = (region !== undefined) !== (reader === 1 && otherwise.includes(tile.candidateRank ?? 0));
  return isMarked ? [region ?? faint] : [];
}

function attempt(id: string, model: string, fate: Fate, change: Partial<AttemptView>): AttemptView {
  const isOpen = fate === 'sending';
  return {
    id, relayName: 'api.relay.example', modelRequested: model, modelServed: isOpen ? null : `${model}-2026-08`, state: isOpen ? 'sent' : 'settled', reservedAt: sampleNow,
    endedAt: isOpen ? null : epochMs(sampleNow + 9_000), httpStatus: isOpen ? null : 200, outcome: isOpen ? null : fate === 'truncated' ? 'answer-truncated' : 'ok', inputTokens: isOpen ? null : 4_210, outputTokens: isOpen ? null : 312,
    costMicroUsd: isOpen ? null : microUsd(1_830), maxCostMicroUsd: microUsd(5_000), costSource: 'price-row', ...change,
  };
}

interface Asked {
  readonly purpose: 'sweep' | 'verify';
  readonly reader: RequestView['reader'];
  readonly fate: Fate;
  readonly mirrored?: boolean;
  readonly ranks?: readonly number[];
  readonly model?: string;
}

function request(row: QueueRow, sliceCount: number, { purpose, reader, fate, mirrored = false, ranks = [], model = row.practice ? 'practice-vision-1' : reader === 0 ? first : second }: Asked, ordinal: number): RequestView {
  const drafts = purpose === 'sweep' ? sweepTiles(sliceCount) : candidateTiles(ranks);
  const perSheet = purpose === 'sweep' ? 15 : 12;
  const tiles = drafts.map((tile, index) => answered(tile, fate, said(tile, reader), row.readingId === 'incomplete' && index === 6));
  const pages = Array.from({ length: Math.ceil(tiles.length / perSheet) }, (_, page) => tiles.slice(page * perSheet, (page + 1) * perSheet));
  const covered = drafts.flatMap(({ sliceIndices }) => sliceIndices);
  const free = row.practice ? { relayName: 'practice relay', modelServed: 'practice-vision-1', costMicroUsd: microUsd(0), costSource: 'free' } as const : {};
  const unpriced = row.readingId === 'gap' ? { costMicroUsd: null, costSource: 'unknown' } as const : {};
  return {
    ordinal, purpose, mirrored, reader, model, trusted: model !== second, promptText: samplePrompt, fromIndex: Math.min(...covered, sliceCount), toIndex: Math.max(...covered, 0), tileCount: tiles.length,
    pictures: pages.map((page, index) => sheet(`/picture/sheet-${row.readingId}-${ordinal}-${index}`, page, index * perSheet + 1, purpose === 'sweep' ? sweepGrid : verifyGrid)),
    state: fate === 'control-failed' || fate === 'truncated' ? 'failed' : fate, attempts: fate === 'waiting' ? [] : [attempt(`${row.readingId}-${ordinal}`, model, fate, { ...free, ...unpriced })],
  };
}

function askedOf(row: QueueRow, ranks: readonly number[]): readonly Asked[] {
  const verify = (reader: RequestView['reader'], fate: Fate, more: Partial<Asked> = {}): readonly Asked[] => ranks.length === 0 ? [] : [{ purpose: 'verify', reader, fate, ranks, ...more }];
  if (row.state === 'held') return [{ purpose: 'sweep', reader: 0, fate: 'waiting' }, ...verify(0, 'waiting')];
  if (row.state === 'reading') return [{ purpose: 'sweep', reader: 0, fate: 'done' }, ...verify(0, 'sending'), { purpose: 'sweep', reader: 1, fate: 'waiting', mirrored: true, model: first }, ...verify(1, 'waiting', { mirrored: true, model: first })];
  if (row.readingId === 'two-readers') return [{ purpose: 'sweep', reader: 0, fate: 'done' }, ...verify(0, 'done'), { purpose: 'sweep', reader: 1, fate: 'done' }, ...verify(1, 'done'), { purpose: 'verify', reader: 2, fate: 'done', ranks: [5], model: 'vision-largest' }];
  if (row.readingId === 'control-failed') return [{ purpose: 'sweep', reader: 0, fate: 'control-failed' }, ...verify(0, 'done')];
  return [{ purpose: 'sweep', reader: 0, fate: row.status === 'incomplete' && row.readingId !== 'gap' ? 'truncated' : 'done' }, ...verify(0, 'done')];
}

function earlierRequests(sliceCount: number): readonly RequestView[] {
  return Array.from({ length: Math.ceil(sliceCount / 20) }, (_, ordinal) => ({
    ordinal, purpose: 'slices', mirrored: false, reader: 0, model: 'vision-standard', trusted: true, pictures: [], promptText: null, fromIndex: ordinal * 20, toIndex: Math.min(sliceCount, ordinal * 20 + 20) - 1,
    tileCount: 20, state: 'done', attempts: [attempt(`old-${ordinal}`, 'vision-standard', 'done', {})],
  }));
}

function forecastOf(row: QueueRow, requests: readonly RequestView[]): PlanForecast {
  const pictures = requests.flatMap((one) => one.pictures);
  const isUnpriced = row.readingId === 'gap';
  return {
    inputTokens: { low: 11_900, expected: 12_480, high: 13_750 }, imageTokens: 11_040, outputTokens: { low: 240, expected: 910, high: 3_800 },
    costMicroUsd: row.practice ? { low: 0, expected: 0, high: 0 } : isUnpriced ? null : requests.length > 2 ? { low: 8_900, expected: 11_340, high: 30_200 } : { low: 3_460, expected: 4_120, high: 11_900 },
    requests: requests.length, pictures: pictures.length, tiles: pictures.flatMap(({ tiles }) => tiles).length,
  };
}

const leftOutRanks: readonly number[] = [8, 9, 11, 12];
const leftOut: PlanNote = { kind: 'candidates-left-out', ranks: leftOutRanks, because: 'budget' };
const notes: Readonly<Record<string, readonly PlanNote[]>> = {
  'held-budget': [leftOut, { kind: 'sweep-coarser', pixelMm: 1.6 }, { kind: 'over-budget' }],
  held: [{ kind: 'slices-undecoded', sliceIndices: [11, 12, 40] }],
  incomplete: [leftOut],
  'control-failed': [{ kind: 'ground-glass-not-covered' }],
  gap: [{ kind: 'price-unknown' }],
};

/** What is, or was, asked about an exam of a row. */
export function samplePlan(row: QueueRow, sliceCount: number, candidates: readonly Pick<CandidateView, 'rank'>[]): SamplePlan {
  const mode = 'sweep-and-verify';
  const isPlanned = sliceCount > 0 && row.state !== 'preparing' && row.plan === 'relay' && row.state !== 'failed';
  if (!isPlanned) return { requests: [], mode, forecast: null, notes: [], agreement: null };
  if (row.readingId === 'old') return { requests: earlierRequests(sliceCount), mode: 'slices', forecast: null, notes: [], agreement: null };
  const ranks = candidates.map(({ rank }) => rank).filter((rank) => row.readingId !== 'held-budget' || !leftOutRanks.includes(rank)).slice(0, 10);
  const requests = askedOf(row, ranks).map((asked, ordinal) => request(row, sliceCount, asked, ordinal));
  const agreement: ReaderAgreement | null = row.readingId !== 'two-readers' ? null : {
    candidates: ranks.map((rank) => {
      const isFirst = marked[rank] !== undefined;
      const isSecond = isFirst !== otherwise.includes(rank);
      return { rank, first: isFirst, second: isSecond, third: rank === 5 ? true : null, state: isFirst === isSecond ? 'stable' : rank === 5 ? 'settled' : 'unstable' };
    }),
    sideFlips: [{ firstSide: 'left', fromIndex: 62, toIndex: 66 }],
  };
  return { requests, mode, forecast: forecastOf(row, requests), notes: notes[row.readingId] ?? [], agreement };
}

/** What the requests' answers say of a candidate. */
export function opinionsIn(requests: readonly RequestView[], rank: number): readonly CandidateOpinion[] {
  return requests.flatMap(({ model, trusted, reader, pictures, attempts }) => pictures.flatMap(({ tiles }) => tiles).flatMap((tile): readonly CandidateOpinion[] =>
    tile.candidateRank === rank && tile.regions !== null ? [{ model: attempts.at(-1)?.modelServed ?? model, trusted, reader, regions: tile.regions }] : []));
}
