import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';
import { sha256Of } from '../platform/sha256.ts';

/** Pictures exactly as they are sent, kept under the hash of their bytes. */
export interface PictureStore {
  /**
   * Keeps a picture; the same bytes are kept once.
   *
   * @throws {AppError} database-full when there is no room for it; then nothing of it stays.
   */
  put(sha256: string, png: Uint8Array): Promise<void>;
  /** The bytes; null when the picture is not (or no longer) there. */
  get(sha256: string): Promise<Uint8Array | null>;
}

/**
 * Opens the picture store.
 *
 * @param folder - Inside the data folder; made when absent.
 */
export function createPictureStore(folder: string): PictureStore {
  function place(sha256: string): { readonly folder: string; readonly file: string } {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256');
    const inner = join(folder, sha256.slice(0, 2));
    return { folder: inner, file: join(inner, `${sha256}.png`) };
  }
  return {
    async put(sha256, png) {
      const { folder: inner, file } = place(sha256);
      // Renamed into place whole: a picture cut by a crash never counts as one.
      const part = join(inner, `${randomUUID()}.part`);
      try {
        await mkdir(inner, { recursive: true, mode: 0o700 });
        await writeFile(part, png, { mode: 0o600 });
        await rename(part, file);
      } catch (thrown) {
        await rm(part, { force: true });
        if (!/^(ENOSPC|EDQUOT)$/.test((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
        throw new AppError('database-full', 'the disk is full', { cause: thrown, retryable: true });
      }
    },
    async get(sha256) {
      try {
        const png = await readFile(place(sha256).file);
        // Not synced when written (it can be made again), so a power cut may have left less than was put.
        return sha256Of(png) === sha256 ? png : null;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw thrown;
      }
    },
  };
}
