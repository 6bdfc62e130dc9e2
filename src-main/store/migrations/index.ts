import { initial } from './0001-initial.ts';

/** All migrations in order; the database's user_version is the number of those applied. Append only once released. */
export const migrations: readonly string[] = [initial];
