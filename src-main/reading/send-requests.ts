import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import { mergeAnswers, replayAnswer } from '../relay/replay.ts';
import type { RelayTarget, TileRequest } from '../relay/relay.ts';
import { countUnknown, listAnswers } from '../store/attempt-table.ts';
import { finishRequest, listRequests, markTilesSent, parkTiles } from '../store/request-table.ts';
import type { StoredRequest } from '../store/request-table.ts';
import { forgetPicture, listTiles } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { reload } from './reading-desk.ts';
import type { ReadingDesk, RelayChoice } from './reading-desk.ts';

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
  const tiles = await listTiles(desk.database, readingId);
  const { requestsInFlight } = await desk.settings();
  const ended: { stop: Stop | null; fault: { readonly thrown: unknown } | null } = { stop: null, fault: null };

  async function sendNext(request: StoredRequest): Promise<Stop | null> {
    const reading = await reload(desk.database, readingId);
    // What the practice relay gets never leaves this machine.
    const isStillRight = way.target.practice || isSameWay(await desk.chooseRelay(reading), way);
    if (reading.state !== 'reading' || !isStillRight) return { kind: 'redirected' };
    return sendRequest(desk, request, tiles.filter((tile) => tile.requestId === request.id), way.target, signal);
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
  await parkTiles(desk.database, readingId);
  if (ended.stop !== null) return ended.stop;
  return signal.aborted ? { kind: 'parked' } : { kind: 'finished' };
}

function isSameWay(choice: RelayChoice, way: Way): boolean {
  return choice.kind === 'target' && choice.model === way.model && choice.target.practice === way.target.practice
    && choice.target.baseUrl.href === way.target.baseUrl.href && choice.target.key === way.target.key;
}

async function sendRequest(
  desk: ReadingDesk,
  request: StoredRequest,
  tiles: readonly StoredTile[],
  target: RelayTarget,
  signal: AbortSignal,
): Promise<Stop | null> {
  async function finish(answers: ReadonlyMap<number, TileAnswer>): Promise<null> {
    await finishRequest(desk.database, request.id, isRead(answers) ? 'done' : 'failed', answers);
    return null;
  }
  const replayed = await replayStored(desk, request, tiles);
  if (replayed !== null) return finish(replayed);
  const unknown = await countUnknown(desk.database, request.id);
  if (unknown >= mostUnknown) return finish(allFailed(tiles, 'outcome-unknown'));
  const pictures = await Promise.all(tiles.map(async (tile) => (tile.pngSha256 === null ? null : desk.pictures.get(tile.pngSha256))));
  const lost = tiles.filter((_, index) => pictures[index] === null);
  if (lost.length > 0) {
    // A prepared picture is gone or damaged: it is prepared again when the reading is taken up again.
    for (const { sliceIndex } of lost) await forgetPicture(desk.database, request.readingId, sliceIndex);
    return finish(allFailed(tiles, 'file-unreadable'));
  }
  const outgoing: TileRequest = {
    requestId: request.id,
    readingId: request.readingId,
    model: request.model,
    nonce: request.nonce,
    tiles: tiles.map((tile, index) => ({
      number: index + 1,
      png: pictures[index] ?? new Uint8Array(),
      columns: tile.columns,
      rows: tile.rows,
    })),
  };
  await markTilesSent(desk.database, request.id);
  const result = await desk.sender.send(outgoing, target, {
    signal,
    onAttempt: () => desk.changed(request.readingId),
    // An earlier run that ended while this request was on its way has taken the one try that is allowed.
    unknownRetries: 1 - unknown,
  });
  if (result.stop !== null) return { kind: 'stopped', code: result.stop.code, hold: result.stop.hold };
  const answers = bySliceIndex(tiles, result.answers);
  // Called off: what came back whole counts, the rest waits.
  if (signal.aborted && ![...answers.values()].every((answer) => answer.state === 'valid')) return null;
  return finish(answers);
}

/** Answers that came back before LungDesk ended, by slice; null when none can be used and the request goes out again. */
async function replayStored(
  desk: ReadingDesk,
  request: StoredRequest,
  tiles: readonly StoredTile[],
): Promise<ReadonlyMap<number, TileAnswer> | null> {
  const numbered = tiles.map((tile, index) => ({ number: index + 1, columns: tile.columns, rows: tile.rows }));
  let answers: ReadonlyMap<number, TileAnswer> = new Map();
  for (const { model, body } of await listAnswers(desk.database, request.id)) {
    answers = mergeAnswers(answers, replayAnswer({ model, nonce: request.nonce, tiles: numbered }, body, desk.catalogue).answers);
  }
  return isRead(answers) ? bySliceIndex(tiles, answers) : null;
}

function isRead(answers: ReadonlyMap<number, TileAnswer>): boolean {
  return [...answers.values()].some((answer) => answer.state === 'valid');
}

function bySliceIndex(tiles: readonly StoredTile[], answers: ReadonlyMap<number, TileAnswer>): ReadonlyMap<number, TileAnswer> {
  return new Map(tiles.map((tile, index) => [tile.sliceIndex, answers.get(index + 1) ?? { state: 'failed', code: 'answer-invalid' }]));
}

function allFailed(tiles: readonly StoredTile[], code: ErrorCode): ReadonlyMap<number, TileAnswer> {
  return new Map(tiles.map((tile) => [tile.sliceIndex, { state: 'failed', code }]));
}
