import { open, rename, rm } from 'node:fs/promises';
import { AppError } from '../../src-shared/domain/errors.ts';

/**
 * Writes a text file so that the place holds either the old file or the whole new one, whatever happens.
 *
 * @param path - Where a person, or the program itself, wants it.
 * @param text - Written as UTF-8.
 * @param partId - Unique part of the temporary name beside it.
 * @throws {AppError} 'file-not-saved'; nothing is left behind.
 */
export async function saveFile(path: string, text: string, partId: string): Promise<void> {
  const part = `${path}.${partId}.part`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw new AppError('file-not-saved', 'the file could not be written where you chose to save it', { cause, retryable: true });
  }
}
