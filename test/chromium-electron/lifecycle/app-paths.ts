import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const chosen = new Map<string, string>();

/**
 * Returns the folder for one of Electron's path names, as on Linux.
 *
 * @param appName - The app's name: the default userData folder is named after it.
 * @throws {Error} "Failed to get 'x' path" for a name Electron does not know.
 */
export function getPath(name: string, appName: string): string {
  const set = chosen.get(name);
  if (set !== undefined) return set;
  const home = homedir();
  const config = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  switch (name) {
    case 'home':
      return home;
    case 'appData':
      return config;
    case 'userData':
      return join(getPath('appData', appName), appName);
    case 'sessionData':
      return getPath('userData', appName);
    case 'logs':
      return join(getPath('userData', appName), 'logs');
    case 'crashDumps':
      return join(getPath('userData', appName), 'Crashpad');
    case 'temp':
      return tmpdir();
    case 'exe':
    case 'module':
      return process.env['CHROMIUM_ELECTRON_EXECUTABLE'] ?? process.execPath;
    case 'desktop':
    case 'documents':
    case 'downloads':
    case 'music':
    case 'pictures':
    case 'videos':
      return join(home, name.charAt(0).toUpperCase() + name.slice(1));
    default:
      throw new Error(`Failed to get '${name}' path`);
  }
}

/** Overrides a path, creating the folder as Electron does. */
export function setPath(name: string, path: string): void {
  const absolute = resolve(path);
  if (absolute !== path) throw new Error('Path must be absolute');
  mkdirSync(path, { recursive: true });
  chosen.set(name, path);
}
