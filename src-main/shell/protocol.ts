import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Protocol } from 'electron';
import type { Workstation } from '../workstation-port.ts';
import { appScheme } from './app-origin.ts';
import { contentTypeOf, decideRequest, securityHeaders } from './protocol-rules.ts';
import type { RendererFile } from './protocol-rules.ts';

/**
 * Tells Chromium about the program's protocol; once, before the app is ready.
 *
 * Standard and secure so that it has an origin and CSP holds; fetch for the pixels; nothing else.
 */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Lists the built files of the window once; what is not in this table does not exist for the window.
 *
 * @param root - Folder of the built window (out/renderer).
 * @returns Files by pathname, such as '/assets/index-abc.js'; links and unknown endings are left out.
 */
export async function listRendererFiles(root: string): Promise<ReadonlyMap<string, RendererFile>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Map<string, RendererFile>();
  for (const entry of entries) {
    const contentType = contentTypeOf(entry.name);
    if (!entry.isFile() || contentType === null) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(root, file).split(sep).join('/')}`, { file, contentType });
  }
  return files;
}

/**
 * Answers requests to app://lungdesk: built files, and pictures by the tokens of openReading.
 *
 * @returns A handler for `session.protocol.handle`; it never rejects.
 */
export function createAppProtocolHandler(
  files: ReadonlyMap<string, RendererFile>,
  workstation: Pick<Workstation, 'picture'>,
): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  return async (request) => {
    const decision = decideRequest(request, files);
    if (decision.kind === 'none') return answer(null, decision.status);
    const head = request.method === 'HEAD';
    try {
      if (decision.kind === 'file') {
        return answer(head ? null : await readFile(decision.file.file), 200, decision.file.contentType);
      }
      const picture = await workstation.picture(decision.token);
      return picture === null ? answer(null, 404) : answer(head ? null : picture.bytes, 200, picture.contentType);
    } catch {
      // The window shows a gap; the workstation has reported the fault with its code.
      return answer(null, 500);
    }
  };
}

function answer(body: Uint8Array | null, status: number, contentType?: string): Response {
  const headers = contentType === undefined ? securityHeaders : { ...securityHeaders, 'Content-Type': contentType };
  return new Response(body as Uint8Array<ArrayBuffer> | null, { status, headers });
}
