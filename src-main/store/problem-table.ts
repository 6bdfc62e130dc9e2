import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';

/** A problem of a reading; `lostSlice` when a slice that should have been read is lost by it. */
export interface StoredProblem extends Problem {
  readonly lostSlice: boolean;
}

/** Adds problems that were met later; a reading that gets one was not read whole, so that it is routine no more. */
export async function addProblems(database: Database, id: string, problems: readonly StoredProblem[]): Promise<void> {
  if (problems.length === 0) return;
  await inTransaction(database, async (transaction) => {
    await insertProblems(transaction, id, problems);
    await transaction.updateTable('reading').set({ priority: 'unknown' }).where('id', '=', id).where('priority', '=', 'routine').execute();
  });
}

/**
 * Problems of a reading in the order they were met; those of slices that have been read since, or lie outside of the lungs, are over, and so
 * is a failed search of the device once one has succeeded, and what counts for the device alone once a relay reads.
 *
 * That an instance was there twice with other pixels stays: only one of the two was read.
 */
export async function listProblems(database: Database, readingId: string): Promise<readonly StoredProblem[]> {
  const rows = await openProblems(database).where('problem.reading_id', '=', readingId).orderBy('problem.id').execute();
  return rows.map((row) => ({
    code: row.code as ErrorCode,
    message: row.message,
    lostSlice: row.lost_slice === 1,
    ...(row.sop_instance_uid === null ? {} : { sopInstanceUid: row.sop_instance_uid }),
  }));
}

/** Problems of every reading, without their texts, for the queue. */
export async function listAllProblems(
  database: Database,
): Promise<ReadonlyMap<string, readonly { readonly code: ErrorCode; readonly lostSlice: boolean }[]>> {
  const rows = await openProblems(database).execute();
  const byReading = new Map<string, { code: ErrorCode; lostSlice: boolean }[]>();
  for (const row of rows) {
    const own = byReading.get(row.reading_id) ?? [];
    own.push({ code: row.code as ErrorCode, lostSlice: row.lost_slice === 1 });
    byReading.set(row.reading_id, own);
  }
  return byReading;
}

/** Problems of slices that were left out for the one that was read under the same UID. */
const aboutOtherSlices: readonly ErrorCode[] = ['same-uid-other-pixels', 'slice-conflict', 'instance-set-aside'];

const searchFailed: ErrorCode = 'device-search-failed';
/** A relay reads the whole body where the lungs are not outlined; the device alone cannot. */
const onlyOnDevice: ErrorCode = 'lungs-not-outlined';

function openProblems(database: Database) {
  return database
    .selectFrom('problem')
    .selectAll('problem')
    .where((where) => {
      const slices = where
        .selectFrom('slice')
        .select('slice.slice_index')
        .whereRef('slice.reading_id', '=', 'problem.reading_id')
        .whereRef('slice.sop_instance_uid', '=', 'problem.sop_instance_uid');
      const readSince = slices.where((slice) =>
        slice.or([slice('slice.state', 'in', ['valid', 'searched']), slice.and([slice('slice.state', '=', 'outside-lungs'), slice('slice.reason', 'is', null)])]));
      // The frames of one instance share its UID: while one of them is lost, so is what the problem says.
      const stillLost = slices.where((slice) =>
        slice.or([slice('slice.state', '=', 'failed'), slice.and([slice('slice.state', '=', 'outside-lungs'), slice('slice.reason', 'is not', null)])]));
      const searchedSince = where
        .selectFrom('candidate_search')
        .select('candidate_search.state')
        .whereRef('candidate_search.reading_id', '=', 'problem.reading_id')
        .where('candidate_search.state', '=', 'done');
      const isOnDevice = where
        .selectFrom('reading')
        .select('reading.id')
        .whereRef('reading.id', '=', 'problem.reading_id')
        .where('reading.plan', '=', 'device-only');
      return where.and([
        where.or([where('problem.code', 'in', [...aboutOtherSlices]), where.not(where.exists(readSince)), where.exists(stillLost)]),
        where.or([where('problem.code', '<>', searchFailed), where.not(where.exists(searchedSince))]),
        where.or([where('problem.code', '<>', onlyOnDevice), where.exists(isOnDevice)]),
      ]);
    });
}

/** Notes problems; those that are known already are not doubled. */
export async function insertProblems(database: Database, readingId: string, problems: readonly StoredProblem[]): Promise<void> {
  const alike = Map.groupBy(problems, ({ code, message, sopInstanceUid }) => JSON.stringify([code, message, sopInstanceUid]));
  for (const group of alike.values()) {
    for (const problem of await unknownOf(database, readingId, group)) {
      await database
        .insertInto('problem')
        .values({
          reading_id: readingId,
          code: problem.code,
          message: problem.message,
          sop_instance_uid: problem.sopInstanceUid ?? null,
          lost_slice: problem.lostSlice ? 1 : 0,
        })
        .execute();
    }
  }
}

/** A second try that meets the same problems again does not double them; two damaged files without a name stay two. */
async function unknownOf(database: Database, readingId: string, alike: readonly StoredProblem[]): Promise<readonly StoredProblem[]> {
  const [first] = alike;
  if (first === undefined) return [];
  const known = await database
    .selectFrom('problem')
    .select('id')
    .where('reading_id', '=', readingId)
    .where('code', '=', first.code)
    .where('message', '=', first.message)
    .where('sop_instance_uid', 'is', first.sopInstanceUid ?? null)
    .execute();
  return alike.slice(known.length);
}
