import { appHost, appScheme } from './app-origin.ts';

/** A built file of the window: where it is and what it is served as. */
export interface RendererFile {
  readonly file: string;
  readonly contentType: string;
}

/** What a request to the program's protocol gets. */
export type ProtocolDecision =
  | { readonly kind: 'file'; readonly status: 200; readonly file: RendererFile }
  | { readonly kind: 'picture'; readonly status: 200; readonly token: string }
  | { readonly kind: 'none'; readonly status: 404 | 405 };

const prefix = `${appScheme}://${appHost}`;
const notFound: ProtocolDecision = { kind: 'none', status: 404 };

/**
 * Decides what a request to app://lungdesk gets, by exact comparison with the table of built files.
 *
 * Nothing is decoded, joined or resolved: an escaped, doubled or relative path is simply not in the table. The address is
 * compared as text, since URL parsers differ in what they make of a scheme they do not know.
 *
 * @param request - Method and address as they arrived.
 * @param files - Files by pathname, such as '/index.html'.
 * @see facts/reliability.md row 86
 */
export function decideRequest(
  request: { readonly method: string; readonly url: string },
  files: ReadonlyMap<string, RendererFile>,
): ProtocolDecision {
  if (!request.url.startsWith(`${prefix}/`)) return notFound;
  if (request.method !== 'GET' && request.method !== 'HEAD') return { kind: 'none', status: 405 };
  const pathname = request.url.slice(prefix.length).split('#', 1)[0] ?? '';
  const file = files.get(pathname);
  if (file !== undefined) return { kind: 'file', status: 200, file };
  const token = /^\/picture\/([A-Za-z0-9_-]{8,128})$/.exec(pathname)?.[1];
  return token === undefined ? notFound : { kind: 'picture', status: 200, token };
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

/**
 * Content type of a built file.
 *
 * @returns Null for an ending LungDesk does not serve, such as source maps.
 */
export function contentTypeOf(name: string): string | null {
  const ending = /\.[a-z0-9]+$/.exec(name)?.[0] ?? '';
  return Object.hasOwn(contentTypes, ending) ? (contentTypes[ending] ?? null) : null;
}

/** Content Security Policy of every answer; connect-src is the program's own protocol, from which the pixels are fetched. */
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "font-src 'self'", "connect-src 'self'",
  "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'", "require-trusted-types-for 'script'",
].join('; ');

/** Headers of every answer, found or not. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};
