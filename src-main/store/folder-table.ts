import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { Database } from './open-database.ts';

/** A watched folder as stored. */
export interface StoredFolder {
  readonly id: string;
  readonly path: string;
}

/** Watched folders in the order they were added. */
export async function listFolders(database: Database): Promise<readonly StoredFolder[]> {
  return database.selectFrom('watched_folder').select(['id', 'path']).orderBy('added_at').orderBy('id').execute();
}

/** Adds a folder; one that is there already stays as it is. */
export async function insertFolder(database: Database, folder: StoredFolder, addedAt: EpochMs): Promise<void> {
  await database
    .insertInto('watched_folder')
    .values({ ...folder, added_at: addedAt })
    .onConflict((conflict) => conflict.column('path').doNothing())
    .execute();
}

/** Stops remembering a folder; nothing in it is touched. */
export async function deleteFolder(database: Database, id: string): Promise<void> {
  await database.deleteFrom('watched_folder').where('id', '=', id).execute();
}
