import { copyFileSync, existsSync, statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { AppError } from '../../src-shared/domain/errors.ts';
import { migrations } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** LungDesk's query builder; nothing above store/ knows the dialect behind it. */
export type Database = Kysely<Schema>;

/** 'LDSK' in ASCII: tells our files from other programs' databases. */
const applicationId = 0x4c44534b;

const sqliteFull = 'SQLITE_FULL';

/** How to open the database. */
export interface OpenOptions {
  readonly path: string;
  /** Key of an encrypted database; null for none. Encryption at rest comes with its own issue. */
  readonly key: string | null;
  /** Migrations to bring the file up to; tests pass their own. */
  readonly migrations?: readonly string[];
}

/**
 * Opens (or creates) the database, checks it, migrates it, and makes every commit durable.
 *
 * @throws {AppError} database-newer, database-damaged, or data-folder-in-use; the file is then left as it was.
 */
export function openDatabase(options: OpenOptions): Database {
  return queriesOver(connect(options));
}

/** The query builder over a connection from `connect`; closes it with itself. */
export function queriesOver(connection: SqliteDatabase.Database): Database {
  const dialect = new SqliteDialect({ database: connection });
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (database) => dialect.createIntrospector(database),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver() {
        const driver = dialect.createDriver();
        const rollback = driver.rollbackTransaction.bind(driver);
        // A full disk makes SQLite roll back by itself; rolling back again would fail and hide what happened.
        driver.rollbackTransaction = async (held) => {
          if (connection.inTransaction) await rollback(held);
        };
        return driver;
      },
    },
  });
}

/**
 * Opens the raw connection with LungDesk's settings; exported so that tests can prove them.
 *
 * @throws {AppError} as openDatabase does.
 */
export function connect({ path, key, migrations: wanted = migrations }: OpenOptions): SqliteDatabase.Database {
  const existed = existsSync(path);
  if (existed && statSync(path).size === 0) {
    // A database that lost its bytes is not a fresh installation.
    throw new AppError('database-damaged', 'the database file is empty');
  }
  let connection: SqliteDatabase.Database | undefined;
  try {
    connection = new SqliteDatabase(path);
    if (key !== null) {
      connection.pragma(`cipher='sqlcipher'`);
      connection.pragma(`key='${key.replaceAll("'", "''")}'`);
    }
    if (existed) refuseForeignOrNewer(connection, wanted.length);
    makeDurable(connection);
    migrate(connection, path, existed, wanted);
    // SQLite falls back to NORMAL at the first write after journal_mode=WAL, so FULL is set again after one.
    connection.pragma('synchronous=FULL');
    return connection;
  } catch (thrown) {
    connection?.close();
    throw translate(thrown);
  }
}

function makeDurable(connection: SqliteDatabase.Database): void {
  connection.pragma('journal_mode=WAL');
  connection.pragma('synchronous=FULL');
  connection.pragma('foreign_keys=ON');
  connection.pragma('busy_timeout=5000');
  connection.pragma('secure_delete=ON');
  connection.pragma('trusted_schema=OFF');
  connection.pragma('cell_size_check=ON');
  connection.pragma('fullfsync=1');
  connection.pragma('checkpoint_fullfsync=1');
}

function refuseForeignOrNewer(connection: SqliteDatabase.Database, newest: number): void {
  if (connection.pragma('application_id', { simple: true }) !== applicationId) {
    throw new AppError('database-damaged', 'the database file is not LungDesk’s');
  }
  if (connection.pragma('quick_check', { simple: true }) !== 'ok') {
    throw new AppError('database-damaged', 'the database does not pass its check');
  }
  if ((connection.pragma('user_version', { simple: true }) as number) > newest) {
    throw new AppError('database-newer', 'the data folder was written by a newer LungDesk');
  }
}

function migrate(connection: SqliteDatabase.Database, path: string, existed: boolean, wanted: readonly string[]): void {
  const applied = connection.pragma('user_version', { simple: true }) as number;
  if (existed && applied < wanted.length) {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(path, `${path}.before-${String(applied + 1).padStart(4, '0')}`);
  }
  for (let number = applied; number < wanted.length; number += 1) {
    connection
      .transaction(() => {
        connection.exec(wanted[number] ?? '');
        connection.pragma(`user_version=${number + 1}`);
        connection.pragma(`application_id=${applicationId}`);
      })
      .immediate();
  }
}

/** Runs work in one transaction: that of the caller where there is one, else its own. */
export async function inTransaction(database: Database, work: (transaction: Database) => Promise<void>): Promise<void> {
  if (database.isTransaction) await work(database);
  else await database.transaction().execute(work);
}

/** Writes what is still in the log into the file and closes it. */
export async function closeDatabase(database: Database): Promise<void> {
  await database.destroy();
}

/** Turns what SQLite throws into LungDesk's errors; anything else goes on unchanged. */
export function translate(thrown: unknown): unknown {
  const code = thrown instanceof SqliteDatabase.SqliteError ? thrown.code : '';
  if (code === sqliteFull || code === 'SQLITE_IOERR_WRITE') {
    return new AppError('database-full', 'the disk is full', { cause: thrown, retryable: true });
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('database-damaged', 'the database cannot be read', { cause: thrown });
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new AppError('data-folder-in-use', 'another program uses the database', { cause: thrown, retryable: true });
  }
  return thrown;
}
