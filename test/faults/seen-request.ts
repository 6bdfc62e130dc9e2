import { createHash } from 'node:crypto';

/** A request as it came through a connection. */
export interface SeenRequest {
  /** Whether all of the request arrived, and nothing after it. */
  readonly whole: boolean;
  /** Hash of each picture in it, in order. */
  readonly pictures: readonly string[];
}

/**
 * Reads what a client wrote on a connection.
 *
 * @param bytes - All of them.
 * @returns null where nothing of a POST request is in them: nothing at all, or a TLS handshake.
 */
export function seenRequest(bytes: Buffer): SeenRequest | null {
  const { bodyAt, length } = measure(bytes);
  const text = bytes.toString('latin1');
  const pictures = [...text.matchAll(/data:image\/[a-z]+;base64,([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) => createHash('sha256').update(data).digest('hex').slice(0, 12));
  if (!text.startsWith('POST /')) return null;
  return { whole: bodyAt !== null && bytes.length === bodyAt + length, pictures };
}

/**
 * Whether a whole request has arrived.
 *
 * @param bytes - So far.
 */
export function isWhole(bytes: Buffer): boolean {
  const { bodyAt, length } = measure(bytes);
  return bodyAt !== null && bytes.length >= bodyAt + length;
}

function measure(bytes: Buffer): { readonly bodyAt: number | null; readonly length: number } {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return { bodyAt: null, length: 0 };
  const length = /^content-length: (\d+)$/im.exec(bytes.subarray(0, end).toString('latin1'))?.[1];
  return { bodyAt: end + 4, length: Number(length ?? 0) };
}
