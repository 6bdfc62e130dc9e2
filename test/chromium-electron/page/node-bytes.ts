import type { BytesAsText } from './wire.ts';

/** Bytes as base64 text, in Node. */
export const NODE_BYTES: BytesAsText = {
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};
