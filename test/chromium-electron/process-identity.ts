/** The version the stand-in reports: Electron's API level, and plainly not Electron. */
export const STANDIN_VERSION = '45.4.1-chromium-standin';

/**
 * Makes this Node look like Electron's main process: versions, type, argv; LUNGDESK_ELECTRON_STANDIN=1 says what it really is.
 *
 * @param args - The words after the executable, exactly as given.
 */
export function becomeElectronProcess(args: readonly string[]): void {
  const executable = process.env['CHROMIUM_ELECTRON_EXECUTABLE'] ?? process.execPath;
  process.argv.splice(0, process.argv.length, executable, ...args);
  process.env['LUNGDESK_ELECTRON_STANDIN'] = '1';
  define('versions', { ...process.versions, electron: STANDIN_VERSION, chrome: 'system' });
  define('type', 'browser');
  define('defaultApp', true);
  define('resourcesPath', new URL('.', import.meta.url).pathname);
}

function define(name: string, value: unknown): void {
  Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
}
