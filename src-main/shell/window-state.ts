import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveFile } from './save-file.ts';
import { windowStateSchema } from './window-placement.ts';
import type { WindowState } from './window-placement.ts';

const fileName = 'window-state.json';

/**
 * Reads where the window was.
 *
 * @param dataFolder - LungDesk's data folder.
 * @returns Null on the first run, and when the file cannot be read or is not ours: a window is never worth an error.
 */
export async function readWindowState(dataFolder: string): Promise<WindowState | null> {
  try {
    const parsed = windowStateSchema.safeParse(JSON.parse(await readFile(join(dataFolder, fileName), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Remembers where the window is.
 *
 * @throws {AppError} 'file-not-saved'.
 */
export async function writeWindowState(dataFolder: string, state: WindowState, partId: string): Promise<void> {
  await saveFile(join(dataFolder, fileName), `${JSON.stringify(state)}\n`, partId);
}
