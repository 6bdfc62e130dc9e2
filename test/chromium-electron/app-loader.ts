import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './lifecycle/app.ts';

/**
 * Finds the app's entry file and takes its name and version from package.json, as Electron's default app does.
 *
 * @param appPath - A folder with a package.json, or a file.
 * @returns The absolute entry file.
 * @throws {Error} "Unable to find Electron app at …".
 */
export function locateApp(appPath: string): string {
  const path = resolve(appPath);
  const manifestFile = join(path, 'package.json');
  const hasManifest = existsSync(manifestFile);
  if (hasManifest) {
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as { version?: string; productName?: string; name?: string };
    app.version = manifest.version ?? app.version;
    app.name = manifest.productName ?? manifest.name ?? app.name;
  }
  try {
    const entry = createRequire(import.meta.url).resolve(path);
    app.appPath = hasManifest ? path : dirname(entry);
    return entry;
  } catch (error) {
    throw new Error(`Unable to find Electron app at ${path}`, { cause: error });
  }
}

/** Runs the app's entry file; resolves when its top level has run. */
export async function runApp(entry: string): Promise<void> {
  // In Electron too, "ready" waits for the entry's top level: one that awaits it would wait for ever.
  const warning = setTimeout(() => {
    process.stderr.write('chromium-electron: the main module is still loading; a top-level "await app.whenReady()" never ends\n');
  }, 15_000);
  try {
    await import(pathToFileURL(entry).href);
  } finally {
    clearTimeout(warning);
  }
}
