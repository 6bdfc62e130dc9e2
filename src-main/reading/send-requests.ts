import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import { checkControls } from '../relay/controls.ts';
import { picturePlanOf, tileNumbersOf } from '../relay/picture-plan.ts';
import type { AskedRequest } from '../relay/picture-plan.ts';
import { allTiles, mergeAnswers, replayAnswers } from '../relay/replay.ts';
import { countUnknown, listAnswers } from '../store/attempt-table.ts';
import { listPictures, listRequests } from '../store/request-table.ts';
import type { StoredRequest } from '../store/request-table.ts';
import { finishRequest, markTilesSent, parkTiles, unmarkTilesSent } from '../store/tile-table.ts';
import { reload } from './reading-desk.ts';
import type { ReadingDesk, RelayChoice } from './reading-desk.ts';
import { refreshSlices } from './refresh-slices.ts';

/**
 * How sending ended: everything came to an end, something stopped it, the settings now send the rest elsewhere, or the
 * reading was called off and the rest is parked.
 */
export type SendOutcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped'; readonly code: ErrorCode; readonly hold: HoldReason | null }
  | { readonly kind: 'redirected' }
  | { readonly kind: 'parked' };

/** Where and as what a reading's requests go. */
export type Way = Extract<RelayChoice, { kind: 'target' }>;

type Stop = Exclude<SendOutcome, { kind: 'finished' | 'parked' }>;

/** Sends of one request whose outcome is unknown; a third could be billed a third time (facts/relay.md 5.3). */
const mostUnknown = 2;

/**
 * Sends a reading's waiting requests, a few at a time, and books what became of every tile.
 *
 * An answer that was stored before LungDesk ended is read from there and not paid for again. Before each request it is
 * asked anew where it may go: a relay or a model that was given up meanwhile gets nothing more.
 *
 * @param way - Where the reading goes, as chosen at its start.
 * @param signal - Calls the reading off; requests on their way are drained.
 * @throws what the first request that failed by a fault threw, after all others have come to their end.
 */
export async function sendRequests(desk: ReadingDesk, readingId: string, way: Way, signal: AbortSignal): Promise<SendOutcome> {
  await desk.bookOwed();
  const waiting = (await listRequests(desk.database, readingId)).filter((request) => request.state === 'waiting');
  const { requestsInFlight } = await desk.settings();
  const ended: { stop: Stop | null; fault: { readonly thrown: unknown } | null } = { stop: null, fault: null };

  async function sendNext(request: StoredRequest): Promise<Stop | null> {
    const reading = await reload(desk.database, readingId);
    // What the practice relay gets never leaves this machine.
    const isStillRight = way.target.practice || isSameWay(await desk.chooseRelay(reading), way);
    if (reading.state !== 'reading' || !isStillRight) return { kind: 'redirected' };
    return sendRequest(desk, request, way, signal);
  }

  async function lane(): Promise<void> {
    while (ended.stop === null && ended.fault === null && !signal.aborted) {
      const request = waiting.shift();
      if (request === undefined) return;
      try {
        const stop = await sendNext(request);
        ended.stop ??= stop;
      } catch (thrown) {
        ended.fault ??= { thrown };
      }
      desk.changed(readingId);
    }
  }

  await Promise.all(Array.from({ length: requestsInFlight }, lane));
  if (ended.fault !== null) throw ended.fault.thrown;
  // What had left this machine when it was stopped is told as sent until the reading goes on.
  if (ended.stop !== null) return ended.stop;
  await parkTiles(desk.database, readingId);
  await refreshSlices(desk.database, readingId);
  return signal.aborted ? { kind: 'parked' } : { kind: 'finished' };
}

function isSameWay(choice: RelayChoice, way: Way): boolean {
  return choice.kind === 'target' && choice.model === way.model && choice.target.practice === way.target.practice
    && choice.target.baseUrl.href === way.target.baseUrl.href && choice.target.key === way.target.key;
}

async function sendRequest(desk: ReadingDesk, request: StoredRequest, way: Way, signal: AbortSignal): Promise<Stop | null> {
  const pictures = await listPictures(desk.database, request.id);
  const asked: AskedRequest = {
    purpose: request.purpose, profile: desk.profiles.find(request.profile), nonce: request.nonce, pictures: pictures.map(picturePlanOf),
  };
  async function finish(answers: ReadonlyMap<number, TileAnswer>, modelServed: string | null): Promise<null> {
    const held = checkedAgainstControls(pictures.flatMap(({ tiles }) => tiles), answers);
    await finishRequest(desk.database, request.id, isRead(held) ? 'done' : 'failed', held, modelServed);
    await refreshSlices(desk.database, request.readingId);
    return null;
  }
  const fail = (code: ErrorCode): Promise<null> => finish(allTiles(tileNumbersOf(asked.pictures), code), null);
  const stored = await listAnswers(desk.database, request.id);
  const replayed = replayAnswers(asked, stored, desk.catalogue);
  const isOpen = (number: number): boolean => !['valid', 'refused'].includes(replayed.get(number)?.state ?? '');
  if (stored.length > 0 && !tileNumbersOf(asked.pictures).some(isOpen)) return finish(replayed, stored.at(-1)?.modelServed ?? null);
  const unknown = await countUnknown(desk.database, request.id);
  if (unknown >= mostUnknown) return fail('outcome-unknown');
  const bytes = await Promise.all(pictures.map(({ pngSha256 }) => desk.pictures.get(pngSha256)));
  // A drawn picture is gone or damaged: it is drawn again when the reading is taken up again.
  if (bytes.some((one) => one === null)) return fail('file-unreadable');
  await markTilesSent(desk.database, request.id);
  await refreshSlices(desk.database, request.readingId);
  const result = await desk.sender.send({
    ...asked,
    requestId: request.id,
    readingId: request.readingId,
    model: request.model,
    // What was answered before LungDesk ended is not paid for again.
    pictures: asked.pictures.flatMap((picture, index) =>
      picture.tiles.some(({ number }) => isOpen(number)) ? [{ ...picture, bytes: bytes[index] ?? new Uint8Array(), mediaType: 'image/png' as const }] : []),
  }, way.target, {
    signal,
    onAttempt: () => desk.changed(request.readingId),
    // An earlier run that ended while this request was on its way has taken the one try that is allowed.
    unknownRetries: 1 - unknown,
  });
  if (result.stop !== null && !result.sentTiles) {
    await unmarkTilesSent(desk.database, request.id);
    await refreshSlices(desk.database, request.readingId);
  }
  // A second opinion that is not to be had is missing; the first reader's way is as good as it was.
  if (result.stop?.scope === 'model' && request.model !== way.model) return fail(result.stop.code);
  // Nothing stands in for the practice relay.
  if (result.stop?.fallback === true && !way.target.practice) {
    desk.giveUp(request.readingId, { ...way, model: request.model }, result.stop);
    return { kind: 'redirected' };
  }
  if (result.stop !== null) return { kind: 'stopped', code: result.stop.code, hold: result.stop.hold };
  // Called off: what came back whole counts, the rest waits.
  if (signal.aborted && ![...result.answers.values()].every((answer) => answer.state === 'valid')) return null;
  return finish(mergeAnswers(replayed, result.answers), result.modelServed);
}

/** A model that sees something in a tile of normal lung is not believed about the others of the request either. */
function checkedAgainstControls(tiles: readonly PlannedTile[], answers: ReadonlyMap<number, TileAnswer>): ReadonlyMap<number, TileAnswer> {
  const numbers = (role: PlannedTile['role']): readonly number[] => tiles.filter((tile) => tile.role === role).map(({ number }) => number);
  const { ok } = checkControls(answers, { blanks: numbers('blank-control'), nodules: numbers('nodule-control') });
  return ok ? answers : allTiles(tiles.map(({ number }) => number), 'control-failed');
}

function isRead(answers: ReadonlyMap<number, TileAnswer>): boolean {
  return [...answers.values()].some((answer) => answer.state === 'valid');
}
