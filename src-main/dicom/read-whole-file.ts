import { AppError } from '../../src-shared/domain/errors.ts';
import { withRegularFile } from './regular-file.ts';

/** Length of the beginning that `accept` is shown. */
const startBytes = 4096;

/** What is read, and into which memory. */
export interface WholeFileOptions {
  /** Largest size to read. */
  readonly maxBytes: number;
  /** Judges the first 4096 bytes, so that foreign files are not read. */
  readonly accept: (start: Uint8Array) => boolean;
  /** Memory to read into where the file fits; what comes back is then only good until the next call with it. */
  readonly scratch?: Uint8Array;
}

/**
 * Reads a regular file to its end, without ever following a link or opening a pipe or a device. Blocks its thread.
 *
 * @param path - Of the file.
 * @returns The bytes, or null when it is no regular file, empty, or not accepted.
 * @throws {AppError} 'file-unreadable' when it vanished, shrank or cannot be read; 'image-too-large' above maxBytes.
 */
export function readWholeFile(path: string, { maxBytes, accept, scratch }: WholeFileOptions): Uint8Array | null {
  return withRegularFile(path, ({ sizeBytes, fill }) => {
    const start = new Uint8Array(Math.min(sizeBytes, startBytes));
    fill(start, 0);
    if (!accept(start)) return null;
    if (sizeBytes > maxBytes) throw new AppError('image-too-large', 'the file is larger than LungDesk reads');
    // Not zeroed: every byte is read from the file or the read fails.
    const bytes = scratch !== undefined && scratch.length >= sizeBytes ? scratch.subarray(0, sizeBytes) : uninitialised(sizeBytes);
    bytes.set(start);
    fill(bytes.subarray(start.length), start.length);
    return bytes;
  });
}

/** A plain array and no Buffer, whose slice() would be a view. */
function uninitialised(sizeBytes: number): Uint8Array {
  const { buffer, byteOffset } = Buffer.allocUnsafeSlow(sizeBytes);
  return new Uint8Array(buffer, byteOffset, sizeBytes);
}
