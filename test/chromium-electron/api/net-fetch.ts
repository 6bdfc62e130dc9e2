import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SchemeHandler } from '../protocol-server.ts';

/** Makes the fetch of one session: its custom schemes and file: are answered here, the rest by Node's fetch. */
export function fetchFor(handlers: ReadonlyMap<string, SchemeHandler>): (input: string | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const url = new URL(typeof input === 'string' ? input : input.url);
    const handler = handlers.get(url.protocol.slice(0, -1));
    const bypasses = (init as { bypassCustomProtocolHandlers?: boolean } | undefined)?.bypassCustomProtocolHandlers === true;
    if (handler !== undefined && !bypasses) return handler(new Request(input, init));
    if (url.protocol === 'file:') return readLocalFile(url);
    return fetch(input, init);
  };
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', css: 'text/css', json: 'application/json', svg: 'image/svg+xml',
  png: 'image/png', jpg: 'image/jpeg', woff2: 'font/woff2', wasm: 'application/wasm', txt: 'text/plain',
};

async function readLocalFile(url: URL): Promise<Response> {
  try {
    const content = await readFile(fileURLToPath(url));
    const extension = url.pathname.split('.').pop() ?? '';
    return new Response(content, { headers: { 'content-type': TYPES[extension] ?? 'application/octet-stream' } });
  } catch (error) {
    throw new Error('net::ERR_FILE_NOT_FOUND', { cause: error });
  }
}
