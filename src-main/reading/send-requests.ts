import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import { mergeAnswers, replayAnswer } from '../relay/replay.ts';
import type { RelayTarget, TileRequest } from '../relay/relay.ts';
import { listAnswers } from '../store/attempt-table.ts';
import { finishRequest, listRequests, listTiles, markTilesSent, parkRequest } from '../store/tile-table.ts';
import type { StoredRequest, StoredTile } from '../store/tile-table.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** How sending ended: everything came to an end, something stopped it, or LungDesk closes and the rest is parked. */
export type SendOutcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped'; readonly code: ErrorCode; readonly hold: HoldReason | null }
  | { readonly kind: 'parked' };

/** Signals of a running reading: `drain` lets requests on their way come back, `abort` gives them up. */
export interface RunSignals {
  readonly drain: AbortSignal;
  readonly abort: AbortSignal;
}

/**
 * Sends a reading's waiting requests, a few at a time, and books what became of every tile.
 *
 * An answer that was stored before LungDesk ended is read from there and not paid for again.
 */
export async function sendRequests(desk: ReadingDesk, readingId: string, target: RelayTarget, signals: RunSignals): Promise<SendOutcome> {
  const waiting = (await listRequests(desk.database, readingId)).filter((request) => request.state === 'waiting');
  const tiles = await listTiles(desk.database, readingId);
  const { requestsInFlight } = await desk.settings();
  const ended: { stopped: Extract<SendOutcome, { kind: 'stopped' }> | null } = { stopped: null };

  async function lane(): Promise<void> {
    while (ended.stopped === null && !signals.drain.aborted && !signals.abort.aborted) {
      const request = waiting.shift();
      if (request === undefined) return;
      const stop = await sendRequest(desk, request, tiles.filter((tile) => tile.requestId === request.id), target, signals.abort);
      if (stop !== null) ended.stopped ??= { kind: 'stopped', code: stop.code, hold: stop.hold };
      desk.changed(readingId);
    }
  }

  await Promise.all(Array.from({ length: requestsInFlight }, lane));
  if (ended.stopped !== null) return ended.stopped;
  return signals.drain.aborted || signals.abort.aborted ? { kind: 'parked' } : { kind: 'finished' };
}

async function sendRequest(
  desk: ReadingDesk,
  request: StoredRequest,
  tiles: readonly StoredTile[],
  target: RelayTarget,
  abort: AbortSignal,
): Promise<{ readonly code: ErrorCode; readonly hold: HoldReason | null } | null> {
  const replayed = await replayStored(desk, request, tiles);
  if (replayed !== null) {
    await finishRequest(desk.database, request.id, 'done', replayed);
    return null;
  }
  const pictures = await Promise.all(tiles.map(async (tile) => (tile.pngSha256 === null ? null : desk.pictures.get(tile.pngSha256))));
  if (pictures.includes(null)) {
    // The prepared picture is gone or damaged; the tile fails by name and can be prepared again.
    await finishRequest(desk.database, request.id, 'failed', allFailed(tiles, 'file-unreadable'));
    return null;
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
  const result = await desk.sender.send(outgoing, target, { signal: abort, onAttempt: () => desk.changed(request.readingId) });
  if (result.stop !== null || abort.aborted) {
    await parkRequest(desk.database, request.id);
    return result.stop;
  }
  const answers = bySliceIndex(tiles, result.answers);
  await finishRequest(desk.database, request.id, isRead(answers) ? 'done' : 'failed', answers);
  return null;
}

/** Answers that came back before LungDesk ended, by slice; null when none can be used and the request goes out again. */
async function replayStored(
  desk: ReadingDesk,
  request: StoredRequest,
  tiles: readonly StoredTile[],
): Promise<ReadonlyMap<number, TileAnswer> | null> {
  const answered = {
    model: request.model,
    nonce: request.nonce,
    tiles: tiles.map((tile, index) => ({ number: index + 1, columns: tile.columns, rows: tile.rows })),
  };
  let answers: ReadonlyMap<number, TileAnswer> = new Map();
  for (const body of await listAnswers(desk.database, request.id)) {
    answers = mergeAnswers(answers, replayAnswer(answered, body, desk.catalogue).answers);
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
