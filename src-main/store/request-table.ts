import { sql } from 'kysely';
import type { PlannedTile, RequestPurpose } from '../../src-shared/domain/request-plan.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';

/** Who a request asks: the first reader, the second one, or the one who is asked where they differ. */
export type ReaderOrdinal = 0 | 1 | 2;

/** A request of a reading's plan. */
export interface StoredRequest {
  readonly id: string;
  readonly readingId: string;
  readonly ordinal: number;
  readonly nonce: string;
  readonly model: string;
  readonly purpose: RequestPurpose;
  /** Id of the reading profile. */
  readonly profile: string;
  readonly mirrored: boolean;
  readonly reader: ReaderOrdinal;
  readonly tileCount: number;
  /** Slices it shows, both inclusive; 0 and 0 where it shows none. */
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly state: 'waiting' | 'done' | 'failed';
}

/** A picture of a request, in the picture store. */
export interface StoredPicture {
  readonly pngSha256: string;
  readonly columns: number;
  readonly rows: number;
  readonly tiles: readonly PlannedTile[];
}

/** Adds requests with their pictures and tiles to a reading's plan, at once. */
export async function insertRequests(
  database: Database, requests: readonly (StoredRequest & { readonly pictures: readonly StoredPicture[] })[],
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const request of requests) {
      await transaction
        .insertInto('request')
        .values({
          id: request.id,
          reading_id: request.readingId,
          ordinal: request.ordinal,
          nonce: request.nonce,
          model: request.model,
          tile_count: request.tileCount,
          from_index: request.fromIndex,
          to_index: request.toIndex,
          state: request.state,
          purpose: request.purpose,
          profile: request.profile,
          mirrored: request.mirrored ? 1 : 0,
          reader: request.reader,
        })
        .execute();
      for (const [ordinal, { pngSha256, columns, rows, tiles }] of request.pictures.entries()) {
        await transaction.insertInto('request_picture').values({ request_id: request.id, ordinal, png_sha256: pngSha256, columns, rows }).execute();
        for (const tile of tiles) {
          await transaction
            .insertInto('tile')
            .values({
              request_id: request.id, number: tile.number, picture: ordinal, role: tile.role, candidate_rank: tile.candidateRank, planned_json: JSON.stringify(tile),
              state: 'planned', reason: null, answer_json: null, model_served: null,
            })
            .execute();
        }
      }
    }
  });
}

/** Requests that wait go to the model that is chosen now: the first reader's, and those that show the same model everything mirrored. */
export async function aimRequests(database: Database, readingId: string, model: string): Promise<void> {
  await database
    .updateTable('request')
    .set({ model })
    .where('reading_id', '=', readingId)
    .where((where) => where.or([where('reader', '=', 0), where('mirrored', '=', 1)]))
    .where('state', '=', 'waiting')
    .where('model', '<>', model)
    .execute();
}

/** Requests of a reading in their order. */
export async function listRequests(database: Database, readingId: string): Promise<readonly StoredRequest[]> {
  const rows = await database.selectFrom('request').selectAll().where('reading_id', '=', readingId).orderBy('ordinal').execute();
  return rows.map((row) => ({
    id: row.id,
    readingId: row.reading_id,
    ordinal: row.ordinal,
    nonce: row.nonce,
    model: row.model,
    purpose: row.purpose as RequestPurpose,
    profile: row.profile,
    mirrored: row.mirrored === 1,
    reader: row.reader as ReaderOrdinal,
    tileCount: row.tile_count,
    fromIndex: row.from_index,
    toIndex: row.to_index,
    state: row.state as StoredRequest['state'],
  }));
}

/** Pictures of a request in the order in which they are sent, each with what was planned for its tiles. */
export async function listPictures(database: Database, requestId: string): Promise<readonly StoredPicture[]> {
  const [pictures, tiles] = await Promise.all([
    database.selectFrom('request_picture').selectAll().where('request_id', '=', requestId).orderBy('ordinal').execute(),
    database.selectFrom('tile').select(['picture', 'planned_json']).where('request_id', '=', requestId).orderBy('number').execute(),
  ]);
  return pictures.map((picture) => ({
    pngSha256: picture.png_sha256,
    columns: picture.columns,
    rows: picture.rows,
    tiles: tiles.filter((tile) => tile.picture === picture.ordinal).map((tile) => JSON.parse(tile.planned_json) as PlannedTile),
  }));
}

/** Requests of every reading: finished and all. */
export async function countRequests(
  database: Database,
): Promise<ReadonlyMap<string, { readonly finished: number; readonly total: number }>> {
  const rows = await database
    .selectFrom('request')
    .select((row) => [
      'reading_id',
      row.fn.countAll<number>().as('total'),
      sql<number>`sum(case when state = 'waiting' then 0 else 1 end)`.as('finished'),
    ])
    .groupBy('reading_id')
    .execute();
  return new Map(rows.map((row) => [row.reading_id, { finished: row.finished, total: row.total }]));
}
