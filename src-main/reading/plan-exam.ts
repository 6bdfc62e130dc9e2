import { AppError } from '../../src-shared/domain/errors.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { lungRegions } from '../imaging/pictures/lung-regions.ts';
import type { PictureToDraw } from '../imaging/pictures/panel-content.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { findSearch, listCandidates } from '../store/candidate-table.ts';
import type { StoredCandidate } from '../store/candidate-table.ts';
import { updateReading } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { insertRequests, listRequests } from '../store/request-table.ts';
import type { ReaderOrdinal, StoredPicture } from '../store/request-table.ts';
import { listSlices, markSearched } from '../store/slice-table.ts';
import { planReading } from './plan/plan-reading.ts';
import { sumForecasts } from './plan/forecast-plan.ts';
import type { CandidateToVerify, ReadingPlanned, RequestOfPlan } from './plan/plan-input.ts';
import { leftToPlan } from './left-to-plan.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { partSearched } from './searched-slices.ts';

/** What planning works on. */
export interface ExamToPlan {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  /** Told how much has been drawn, 0 to 1. */
  readonly onDrawn: (share: number) => void;
}

/**
 * Plans what a relay's models are asked about an exam, draws its pictures and stores both with what it may cost.
 *
 * A second reader, where the settings want one, is asked everything that the first one is.
 *
 * @param signal - Called off, nothing of the plan stays but pictures that nobody names.
 * @throws {AppError} faults of this machine that pass.
 */
export async function planExam(desk: ReadingDesk, reading: StoredReading, exam: ExamToPlan, signal: AbortSignal): Promise<void> {
  const { database } = desk;
  if (reading.mode === 'verify') {
    // What is verified was found by the device, which has searched all the rest.
    await markSearched(database, reading.id, partSearched(await listSlices(database, reading.id), await findSearch(database, reading.id)));
  }
  const first = await planFor(desk, reading, 0, exam, signal);
  const second = await planFor(desk, reading, 1, exam, signal);
  if (first === null) return;
  const forecast = second === null ? first.forecast : sumForecasts([first.forecast, second.forecast]);
  await updateReading(database, reading.id, { forecast_json: JSON.stringify(forecast), plan_notes_json: JSON.stringify(first.notes) });
}

/**
 * Plans for one reader what is left for it; null where nothing is, or nobody reads in its place.
 *
 * @param signal - As of planExam.
 */
export async function planFor(
  desk: ReadingDesk, reading: StoredReading, reader: ReaderOrdinal, { volume, mask, onDrawn }: ExamToPlan, signal: AbortSignal,
): Promise<ReadingPlanned | null> {
  const { database, clock } = desk;
  const left = await leftToPlan(desk, reading, reader);
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
  const pictures = await Promise.all(plan.requests.map((request) => Promise.all(request.pictures.map(draw))));
  const ordinal = ((await listRequests(database, reading.id)).at(-1)?.ordinal ?? -1) + 1;
  await insertRequests(database, plan.requests.map((request, index) => ({
    ...requestRow(request, pictures[index] ?? []),
    id: clock.newId(),
    readingId: reading.id,
    ordinal: ordinal + index,
    nonce: clock.newId().replaceAll('-', '').slice(0, 12),
    model: modelName,
    profile: how.profile.id,
    reader,
    state: 'waiting',
  })));
  return plan;
}

function requestRow({ planned }: RequestOfPlan, pictures: readonly StoredPicture[]) {
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
