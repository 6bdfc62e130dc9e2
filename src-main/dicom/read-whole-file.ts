import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../src-shared/domain/errors.ts';

/** Length of the beginning that `accept` is shown. */
const startBytes = 4096;

/**
 * Reads a regular file to its end, without ever following a link or opening a pipe or a device.
 *
 * @param path - Of the file.
 * @param options - maxBytes: largest size to read; accept: judges the first 4096 bytes, so that foreign files are not read.
 * @returns The bytes, or null when it is no regular file, empty, or not accepted.
 * @throws {AppError} 'file-unreadable' when it vanished, shrank or cannot be read; 'image-too-large' above maxBytes.
 */
export async function readWholeFile(
  path: string,
  options: { readonly maxBytes: number; readonly accept: (start: Uint8Array) => boolean },
): Promise<Uint8Array | null> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return null;
    // Between lstat and open the name may have become a link or a pipe: neither is followed nor waited for.
    const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
    const handle = await open(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return await readOpened(handle, options);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('file-unreadable', 'the file could not be read to its end', { cause, retryable: true });
  }
}

async function readOpened(
  handle: FileHandle,
  { maxBytes, accept }: { readonly maxBytes: number; readonly accept: (start: Uint8Array) => boolean },
): Promise<Uint8Array | null> {
  const stat = await handle.stat();
  if (!stat.isFile() || stat.size === 0) return null;
  const start = new Uint8Array(Math.min(stat.size, startBytes));
  await fill(handle, start, 0);
  if (!accept(start)) return null;
  if (stat.size > maxBytes) throw new AppError('image-too-large', 'the file is larger than LungDesk reads');
  // Not zeroed: every byte is read from the file or the read fails.
  const bytes = Buffer.allocUnsafeSlow(stat.size);
  bytes.set(start);
  await fill(handle, bytes, start.length);
  return bytes;
}

async function fill(handle: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  let position = from;
  while (position < bytes.length) {
    const { bytesRead } = await handle.read(bytes, position, bytes.length - position, position);
    if (bytesRead === 0) throw new AppError('file-unreadable', 'the file became shorter while it was read', { retryable: true });
    position += bytesRead;
  }
}
