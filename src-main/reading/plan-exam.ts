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
import type { StoredPicture } from '../store/request-table.ts';
import { listSlices, markSearched } from '../store/slice-table.ts';
import { listTiles } from '../store/tile-table.ts';
import { planReading } from './plan/plan-reading.ts';
import type { CandidateToVerify, RequestOfPlan } from './plan/plan-input.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { partSearched } from './searched-slices.ts';

/** What of an exam no request has been planned for, or only such as came to nothing. */
export interface LeftToPlan {
  /** Slices that are to be read and that no waiting request shows. */
  readonly sliceIndices: ReadonlySet<number>;
  /** Candidates that no model has judged and no waiting request shows. */
  readonly candidates: readonly StoredCandidate[];
  readonly isAnything: boolean;
}

/**
 * What of a reading is still to be planned, by its mode.
 *
 * Slices without voxels are not: nothing can be drawn of them.
 */
export async function leftToPlan({ database }: Pick<ReadingDesk, 'database'>, { id, mode }: Pick<StoredReading, 'id' | 'mode'>): Promise<LeftToPlan> {
  const [slices, candidates, tiles, requests] = await Promise.all([
    listSlices(database, id), listCandidates(database, id), listTiles(database, id), listRequests(database, id),
  ]);
  const waiting = new Set(requests.filter((request) => request.reader === 0 && request.state === 'waiting').map((request) => request.id));
  const held = tiles.filter((tile) => waiting.has(tile.requestId));
  const heldSlices = new Set(held.flatMap(({ planned }) => planned.sliceIndices));
  const settledRanks = new Set(tiles.filter((tile) => tile.state === 'valid' || waiting.has(tile.requestId)).map(({ planned }) => planned.candidateRank));
  const sliceIndices = new Set(mode === 'verify' ? [] : slices.filter(isOpen).map(({ sliceIndex }) => sliceIndex).filter((index) => !heldSlices.has(index)));
  const open = mode === 'sweep' || mode === 'slices' ? [] : candidates.filter(({ candidate }) => !settledRanks.has(candidate.rank));
  // An exam that was never planned for its candidates has them all open; one that was has those open that got no answer.
  const toVerify = tiles.some(({ planned }) => planned.role === 'candidate')
    ? open.filter(({ candidate }) => tiles.some(({ planned }) => planned.candidateRank === candidate.rank)) : open;
  return { sliceIndices, candidates: toVerify, isAnything: sliceIndices.size + toVerify.length > 0 };
}

function isOpen({ state, isLost }: { readonly state: string; readonly isLost: boolean }): boolean {
  return !isLost && state !== 'valid' && state !== 'outside-lungs';
}

/** What planning works on. */
export interface ExamToPlan {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  /** Told how much has been drawn, 0 to 1. */
  readonly onDrawn: (share: number) => void;
}

/**
 * Plans what a relay is asked about an exam, draws its pictures and stores both with what it may cost.
 *
 * @param signal - Called off, nothing of the plan stays but pictures that nobody names.
 * @throws {AppError} faults of this machine that pass.
 */
export async function planExam(desk: ReadingDesk, reading: StoredReading, { volume, mask, onDrawn }: ExamToPlan, signal: AbortSignal): Promise<void> {
  const { database } = desk;
  const { sliceIndices, candidates, isAnything } = await leftToPlan(desk, reading);
  if (reading.mode === 'verify') {
    // What is verified was found by the device, which has searched all the rest.
    await markSearched(database, reading.id, partSearched(await listSlices(database, reading.id), await findSearch(database, reading.id)));
  }
  if (!isAnything) return;
  const { modelName, ...choice } = await desk.planningFor(reading);
  const plan = planReading({
    exam: volume,
    regions: lungRegions(mask, volume),
    sliceIndices,
    ...choice,
    mode: reading.mode,
    candidates: candidates.map(({ candidate }) => toVerify(candidate)),
    seed: Math.floor(desk.clock.random() * 2 ** 32),
    mirrored: false,
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
    id: desk.clock.newId(),
    readingId: reading.id,
    ordinal: ordinal + index,
    nonce: desk.clock.newId().replaceAll('-', '').slice(0, 12),
    model: modelName,
    profile: choice.profile.id,
    reader: 0,
    state: 'waiting',
  })));
  await updateReading(database, reading.id, { forecast_json: JSON.stringify(plan.forecast), plan_notes_json: JSON.stringify(plan.notes) });
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
