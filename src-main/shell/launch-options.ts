import { parseArgs } from 'node:util';
import { resolve } from 'node:path';

/** What the command line asks of the demonstration. */
export interface DemoOptions {
  readonly screenshotFolder: string | null;
}

/** What the command line says to the app itself. */
export interface LaunchOptions {
  /** Absolute path of --home, or null. */
  readonly home: string | null;
  readonly demo: DemoOptions | null;
}

/**
 * Reads --home <folder>, --demo and --screenshots <folder> from the command line; everything else belongs to Chromium.
 *
 * @param argv - Arguments after the program.
 * @param workingFolder - Absolute; relative folders lie in it.
 * @returns --screenshots implies --demo; an option without its folder counts as not given.
 */
export function launchOptions(argv: readonly string[], workingFolder: string): LaunchOptions {
  const { values } = parseArgs({
    args: [...argv], strict: false, allowPositionals: true,
    options: { demo: { type: 'boolean' }, screenshots: { type: 'string' }, home: { type: 'string' } },
  });
  const home = folder(values.home, workingFolder);
  const screenshotFolder = folder(values.screenshots, workingFolder);
  const isDemo = screenshotFolder !== null || values.demo === true;
  return { home, demo: isDemo ? { screenshotFolder } : null };
}

function folder(value: string | boolean | undefined, workingFolder: string): string | null {
  return typeof value === 'string' && value !== '' ? resolve(workingFolder, value) : null;
}
