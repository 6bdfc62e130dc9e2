import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { TransportError } from './transport.ts';
import type { TransportAnswer } from './transport.ts';

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * Reads an answer to its end, never more than `maxBodyBytes` of it, before and after decompression.
 *
 * @param response - The answer whose headers have arrived.
 * @throws {TransportError} 'relay-cut-off' when it breaks off, 'relay-answer-too-large' beyond the cap.
 */
export async function readAnswer(response: IncomingMessage, maxBodyBytes: number): Promise<TransportAnswer> {
  const announced = Number(response.headers['content-length']);
  if (announced > maxBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBodyBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw new TransportError('relay-cut-off', 'the answer broke off', true);
  }
  if (!response.complete) throw new TransportError('relay-cut-off', 'the answer broke off', true);
  const body = await decompress(Buffer.concat(chunks), response.headers['content-encoding'], maxBodyBytes);
  return { status: response.statusCode ?? 0, headers: plainHeaders(response), body };
}

async function decompress(bytes: Buffer, encoding: string | undefined, maxOutputLength: number): Promise<Uint8Array> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (!(name in decoders)) return bytes;
  try {
    return await decoders[name as keyof typeof decoders](bytes, { maxOutputLength });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new TransportError('relay-cut-off', 'the compressed answer is damaged', true);
  }
}

function plainHeaders(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function tooLarge(): TransportError {
  return new TransportError('relay-answer-too-large', 'the answer is larger than LungDesk accepts', true);
}
