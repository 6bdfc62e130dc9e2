import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';

/** What decides where the data folder is. */
export interface DataFolderSources {
  /** Value of --home; null when it was not given. */
  readonly homeOption: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Home folder of the user. */
  readonly userHome: string;
}

/** Everything that LungDesk keeps on this machine. */
export interface DataPaths {
  readonly folder: string;
  readonly database: string;
  readonly backups: string;
  /** Pictures as they are sent. */
  readonly pictures: string;
  readonly logs: string;
  readonly keyMarker: string;
  readonly lock: string;
  /** Attempts whose first byte left. */
  readonly outbox: string;
}

/**
 * Finds the data folder: --home, else LUNGDESK_HOME, else the platform's place for application data.
 *
 * @param sources - See DataFolderSources.
 * @returns Absolute path.
 */
export function dataFolder({ homeOption, env, platform, userHome }: DataFolderSources): string {
  const chosen = homeOption ?? env['LUNGDESK_HOME'] ?? '';
  if (chosen !== '') return resolve(chosen);
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support', 'LungDesk');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(userHome, 'AppData', 'Local'), 'LungDesk');
  const shared = env['XDG_DATA_HOME'] ?? '';
  // The XDG specification has relative values ignored.
  return join(shared.startsWith('/') ? shared : join(userHome, '.local', 'share'), 'LungDesk');
}

/**
 * Names what lies in the data folder.
 *
 * @param folder - Absolute path of the data folder.
 */
export function dataPaths(folder: string): DataPaths {
  return {
    folder,
    database: join(folder, 'lungdesk.db'),
    backups: join(folder, 'backups'),
    pictures: join(folder, 'pictures'),
    logs: join(folder, 'logs'),
    keyMarker: join(folder, 'relay-key.json'),
    lock: join(folder, 'lock.db'),
    outbox: join(folder, 'outbox'),
  };
}

/**
 * Makes the data folder and its subfolders, for this user alone (0700); a folder that is there keeps its rights.
 *
 * @param paths - Of dataPaths.
 * @throws {AppError} data-folder-unusable when it cannot be made.
 */
export function makeDataFolder(paths: DataPaths): void {
  try {
    for (const folder of [paths.folder, paths.backups, paths.pictures, paths.logs]) {
      makeFolder(folder);
    }
  } catch (cause) {
    throw new AppError('data-folder-unusable', 'the data folder cannot be made or written to', { cause });
  }
}

/** Like mkdir -p; Node's own recursive mkdir never comes back where a parent pretends to take folders and does not (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}
