import type { AttemptRecord } from '../../src-shared/domain/attempt.ts';
import type { PlannedPanel } from '../../src-shared/domain/request-plan.ts';
import type { AttemptView, RequestPictureView, RequestView, TileBoxView } from '../../src-shared/domain/views.ts';
import { picturePlanOf } from '../relay/picture-plan.ts';
import { promptText } from '../relay/prompt.ts';
import type { Database } from '../store/open-database.ts';
import { listPictures } from '../store/request-table.ts';
import type { StoredPicture, StoredRequest } from '../store/request-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import type { PictureTokens } from './picture-tokens.ts';
import type { ReadingProfiles } from './reading-profiles.ts';

/** What views of requests are made from: all of one reading. */
export interface RequestParts {
  readonly requests: readonly StoredRequest[];
  readonly tiles: readonly StoredTile[];
  readonly attempts: readonly AttemptRecord[];
  readonly profiles: ReadingProfiles;
  readonly tokens: PictureTokens;
  /** Whether the model of a request has passed. */
  readonly isTrusted: (request: StoredRequest) => boolean;
}

/** Requests of a reading as people see them, with their pictures, words and answers. */
export async function requestViews(database: Database, parts: RequestParts): Promise<readonly RequestView[]> {
  return Promise.all(parts.requests.map(async (request) => requestView(request, await listPictures(database, request.id), parts)));
}

function requestView(request: StoredRequest, pictures: readonly StoredPicture[], { tiles, attempts, profiles, tokens, isTrusted }: RequestParts): RequestView {
  const own = attempts.filter((attempt) => attempt.requestId === request.id);
  const ownTiles = tiles.filter((tile) => tile.requestId === request.id);
  const live = own.some((attempt) => attempt.state === 'reserved' || attempt.state === 'sent');
  const underWay = ownTiles.some((tile) => tile.state === 'sent');
  const { purpose, nonce } = request;
  return {
    ordinal: request.ordinal,
    purpose,
    mirrored: request.mirrored,
    reader: request.reader,
    model: request.model,
    trusted: isTrusted(request),
    pictures: pictures.map((picture, index) => pictureView(picture, ownTiles.filter((tile) => tile.picture === index), tokens)),
    promptText: pictures.length === 0 ? null : promptText({ purpose, nonce, profile: profiles.find(request.profile), pictures: pictures.map(picturePlanOf) }),
    fromIndex: request.fromIndex,
    toIndex: request.toIndex,
    tileCount: request.tileCount,
    state: request.state !== 'waiting' ? request.state : live ? 'sending' : underWay && own.length > 0 ? 'retrying' : 'waiting',
    attempts: own.map(attemptView),
  };
}

function pictureView({ pngSha256, columns, rows }: StoredPicture, tiles: readonly StoredTile[], tokens: PictureTokens): RequestPictureView {
  return {
    path: `/picture/${tokens.mintStored(pngSha256)}`, columns, rows,
    tiles: tiles.map(({ planned: { number, role, sliceIndices, side, candidateRank, panels }, state, reason, answer }) => ({
      number, role, sliceIndices, side, candidateRank, state, reason, regions: answer?.regions ?? null, box: boxAround(panels),
    })),
  };
}

function boxAround(panels: readonly PlannedPanel[]): TileBoxView {
  if (panels.length === 0) return { left: 0, top: 0, columns: 0, rows: 0 };
  const [left, top] = [Math.min(...panels.map((panel) => panel.left)), Math.min(...panels.map((panel) => panel.top))];
  const [right, bottom] = [Math.max(...panels.map((panel) => panel.left + panel.columns)), Math.max(...panels.map((panel) => panel.top + panel.rows))];
  return { left, top, columns: right - left, rows: bottom - top };
}

function attemptView(attempt: AttemptRecord): AttemptView {
  return {
    id: attempt.id,
    relayName: attempt.relayName,
    modelRequested: attempt.modelRequested,
    modelServed: attempt.modelServed,
    state: attempt.state,
    reservedAt: attempt.reservedAt,
    endedAt: attempt.endedAt,
    httpStatus: attempt.httpStatus,
    outcome: attempt.outcome,
    inputTokens: attempt.usage?.inputTokens ?? null,
    outputTokens: attempt.usage?.outputTokens ?? null,
    costMicroUsd: attempt.costMicroUsd,
    maxCostMicroUsd: attempt.maxCostMicroUsd,
    costSource: attempt.costSource,
  };
}
