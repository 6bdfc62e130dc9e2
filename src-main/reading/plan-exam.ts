import { AppError } from '../../src-shared/domain/errors.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { lungRegions } from '../imaging/pictures/lung-regions.ts';
import type { PictureToDraw } from '../imaging/pictures/panel-content.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { findSearch, listCandidates } from '../store/candidate-table.ts';
import type { StoredCandidate } from '../store/candidate-table.ts';
import { inTransaction } from '../store/open-database.ts';
import { updateReading } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { insertRequests, listRequests } from '../store/request-table.ts';
import type { ReaderOrdinal, StoredPicture } from '../store/request-table.ts';
import { planReading } from './plan/plan-reading.ts';
import { sumForecasts } from './plan/forecast-plan.ts';
import type { CandidateToVerify, ReadingPlanned, RequestOfPlan } from './plan/plan-input.ts';
import { leftToPlan, partToPlan } from './left-to-plan.ts';
import { firstNotes, laterNotes } from './plan-notes.ts';
import { reload } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** What planning works on. */
export interface ExamToPlan {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  /** Told how much has been drawn, 0 to 1. */
  readonly onDrawn: (share: number) => void;
}

/** What is left for one reader, planned and drawn. */
interface Drawn {
  readonly plan: ReadingPlanned;
  readonly rows: readonly Omit<Parameters<typeof insertRequests>[1][number], 'ordinal'>[];
}

/**
 * Plans what a relay's models are asked about an exam, draws its pictures and stores both with what it may cost, all at once.
 *
 * A second reader, where the settings want one, is asked everything that the first one is. What is planned later, because something
 * is still open, adds to the forecast.
 *
 * @param readers - Whom to plan for.
 * @param signal - Called off, nothing of the plan stays but pictures that nobody names.
 * @returns Whether anything was left to ask them.
 * @throws {AppError} faults of this machine that pass.
 */
export async function planExam(
  desk: ReadingDesk, { id }: Pick<StoredReading, 'id'>, readers: readonly ReaderOrdinal[], exam: ExamToPlan, signal: AbortSignal,
): Promise<boolean> {
  const { database } = desk;
  // The search that came before may have changed what is noted.
  const reading = await reload(database, id);
  const part = await partToPlan(desk, reading.id);
  const drawn: Drawn[] = [];
  for (const reader of readers) {
    const own = await drawFor(desk, reading, { reader, part }, exam, signal);
    if (own !== null) drawn.push(own);
  }
  const [first] = drawn;
  if (first === undefined) return false;
  const isSearched = (await findSearch(database, reading.id))?.state === 'done';
  await inTransaction(database, async (transaction) => {
    const before = await listRequests(transaction, reading.id);
    const ordinal = (before.at(-1)?.ordinal ?? -1) + 1;
    await insertRequests(transaction, drawn.flatMap(({ rows }) => rows).map((row, index) => ({ ...row, ordinal: ordinal + index })));
    const earlier = before.length > 0 && reading.forecast !== null ? [reading.forecast] : [];
    const notes = before.length > 0 ? laterNotes(reading.planNotes, first.plan.notes) : firstNotes(first.plan.notes, isSearched);
    await updateReading(transaction, reading.id, {
      forecast_json: JSON.stringify(sumForecasts([...earlier, ...drawn.map(({ plan }) => plan.forecast)])), plan_notes_json: JSON.stringify(notes),
    });
  });
  return true;
}

/** Null where nothing is left for this reader, or nobody reads in its place. */
async function drawFor(
  desk: ReadingDesk, reading: StoredReading, { reader, part }: { readonly reader: ReaderOrdinal; readonly part: 'open' | 'spoilt' },
  { volume, mask, onDrawn }: ExamToPlan, signal: AbortSignal,
): Promise<Drawn | null> {
  const { database, clock } = desk;
  const left = await leftToPlan(desk, reading, reader, part);
  const choice = left.isAnything ? await desk.planningFor(reading, reader) : null;
  if (choice === null) return null;
  const { modelName, ...how } = choice;
  const plan = planReading({
    ...how,
    exam: volume,
    regions: lungRegions(mask, volume),
    sliceIndices: left.sliceIndices,
    mode: reader === 2 ? 'verify' : reading.mode,
    candidates: left.candidates.map(({ candidate }) => toVerify(candidate)),
    seed: Math.floor(clock.random() * 2 ** 32),
  });
  const avoid = (await listCandidates(database, reading.id)).map(({ candidate }) => ({ centre: candidate.centreMm, radiusMm: toVerify(candidate).diameterMm }));
  const total = plan.requests.reduce((sum, { pictures }) => sum + pictures.length, 0);
  let drawn = 0;
  async function draw(picture: PictureToDraw): Promise<StoredPicture> {
    const { png, sha256, columns, rows, undrawn } = await desk.pool.run('draw-request-picture', { volume, mask, picture, avoid }, signal);
    await desk.pictures.put(sha256, png);
    drawn += 1;
    onDrawn(drawn / total);
    return { pngSha256: sha256, columns, rows, tiles: picture.planned.tiles.filter(({ number }) => !undrawn.includes(number)) };
  }
  // The volume must not be used any more when this ends, however it does.
  const drawings = plan.requests.map(({ pictures }) => pictures.map(draw));
  await Promise.allSettled(drawings.flat());
  const pictures = await Promise.all(drawings.map((ofRequest) => Promise.all(ofRequest)));
  const rows = plan.requests.map((request, index) => ({
    ...requestRow(request, pictures[index] ?? []),
    id: clock.newId(),
    readingId: reading.id,
    nonce: clock.newId().replaceAll('-', '').slice(0, 12),
    model: modelName,
    profile: how.profile.id,
    reader,
    state: 'waiting' as const,
  }));
  return { plan, rows };
}

function requestRow({ planned }: RequestOfPlan, drawn: readonly StoredPicture[]) {
  // A control that has no place may have left its picture empty.
  const pictures = drawn.filter((picture) => picture.tiles.length > 0);
  const tiles = pictures.flatMap((picture) => picture.tiles);
  const shown = tiles.flatMap((tile) => tile.sliceIndices);
  if (tiles.length === 0) throw new AppError('unexpected', 'a request without a tile was planned');
  return {
    purpose: planned.purpose, mirrored: planned.mirrored, pictures, tileCount: tiles.length,
    fromIndex: shown.length === 0 ? 0 : Math.min(...shown), toIndex: shown.length === 0 ? 0 : Math.max(...shown),
  };
}

function toVerify({ rank, centreMm, size, blobMm }: StoredCandidate['candidate']): CandidateToVerify {
  return { rank, centreMm, diameterMm: size.kind === 'nodule' ? size.axes.meanTenths / 10 : blobMm };
}
