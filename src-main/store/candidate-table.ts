import type { CandidateSearch, NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** A search as stored. */
export interface StoredSearch extends CandidateSearch {
  readonly startedAt: EpochMs;
  /** Slices that the search could not look into, by index: they could not be decoded. */
  readonly missedSlices: readonly number[];
}

/** Hashes of a candidate's pictures in the picture store. */
export interface CropHashes {
  readonly axial: string;
  readonly coronal: string;
  readonly sagittal: string;
}

/** A candidate with its pictures; null until they are made. */
export interface StoredCandidate {
  readonly candidate: NoduleCandidate;
  readonly crops: CropHashes | null;
}

/** A search begins: what an earlier one found stays until this one has ended. */
export async function beginSearch(database: Database, readingId: string, startedAt: EpochMs): Promise<void> {
  await putSearch(database, readingId, {
    state: 'running', startedAt, searchedSlices: 0, missedSlices: [], spacingNote: null, foundCount: 0, tookMs: 0,
  });
}

/** A search was called off: the exam counts as not searched. */
export async function forgetSearch(database: Database, readingId: string): Promise<void> {
  await database.deleteFrom('candidate_search').where('reading_id', '=', readingId).where('state', '=', 'running').execute();
}

/** A search has ended: its result and candidates take the place of earlier ones, at once; a failed one has none. */
export async function endSearch(
  database: Database, readingId: string, search: StoredSearch, candidates: readonly NoduleCandidate[],
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await putSearch(transaction, readingId, search);
    await transaction.deleteFrom('candidate').where('reading_id', '=', readingId).execute();
    for (const candidate of candidates) {
      await transaction
        .insertInto('candidate')
        .values({
          reading_id: readingId, rank: candidate.rank, candidate_json: JSON.stringify(candidate),
          axial_sha256: null, coronal_sha256: null, sagittal_sha256: null,
        })
        .execute();
    }
  });
}

/** A candidate's pictures are in the picture store. */
export async function markCropped(database: Database, readingId: string, rank: number, crops: CropHashes): Promise<void> {
  await database
    .updateTable('candidate')
    .set({ axial_sha256: crops.axial, coronal_sha256: crops.coronal, sagittal_sha256: crops.sagittal })
    .where('reading_id', '=', readingId)
    .where('rank', '=', rank)
    .execute();
}

/** The search of a reading's exam; null when nobody has begun one. */
export async function findSearch(database: Database, readingId: string): Promise<StoredSearch | null> {
  const row = await database.selectFrom('candidate_search').selectAll().where('reading_id', '=', readingId).executeTakeFirst();
  return row === undefined ? null : toSearch(row);
}

/** Candidates of a reading, best first. */
export async function listCandidates(database: Database, readingId: string): Promise<readonly StoredCandidate[]> {
  const rows = await database.selectFrom('candidate').selectAll().where('reading_id', '=', readingId).orderBy('rank').execute();
  return rows.map(({ candidate_json: json, axial_sha256: axial, coronal_sha256: coronal, sagittal_sha256: sagittal }) => ({
    candidate: JSON.parse(json) as NoduleCandidate,
    crops: axial === null || coronal === null || sagittal === null ? null : { axial, coronal, sagittal },
  }));
}

/** State and number of candidates of every reading that was searched, for the queue. */
export async function countCandidates(
  database: Database,
): Promise<ReadonlyMap<string, { readonly state: CandidateSearch['state']; readonly candidates: number }>> {
  const rows = await database
    .selectFrom('candidate_search')
    .leftJoin('candidate', 'candidate.reading_id', 'candidate_search.reading_id')
    .select((row) => ['candidate_search.reading_id', 'candidate_search.state', row.fn.count<number>('candidate.rank').as('count')])
    .groupBy(['candidate_search.reading_id', 'candidate_search.state'])
    .execute();
  return new Map(rows.map((row) => [row.reading_id, { state: row.state as CandidateSearch['state'], candidates: row.count }]));
}

async function putSearch(database: Database, readingId: string, search: StoredSearch): Promise<void> {
  const values = {
    state: search.state,
    started_at: search.startedAt,
    searched_slices: search.searchedSlices,
    missed_json: JSON.stringify(search.missedSlices),
    spacing_note: search.spacingNote,
    found_count: search.foundCount,
    took_ms: search.tookMs,
  };
  await database
    .insertInto('candidate_search')
    .values({ reading_id: readingId, ...values })
    .onConflict((conflict) => conflict.column('reading_id').doUpdateSet(values))
    .execute();
}

function toSearch(row: Schema['candidate_search']): StoredSearch {
  return {
    state: row.state as CandidateSearch['state'],
    startedAt: row.started_at as EpochMs,
    searchedSlices: row.searched_slices,
    missedSlices: JSON.parse(row.missed_json) as number[],
    spacingNote: row.spacing_note as CandidateSearch['spacingNote'],
    foundCount: row.found_count,
    tookMs: row.took_ms,
  };
}
