import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault } from './faults.ts';

/**
 * Answers a request with a fault in the way of the bytes or in the body's outer form.
 *
 * @param response - Nothing has been written to it yet.
 * @param fault - How to go wrong.
 * @param body - The sound body, where the fault needs one.
 * @returns false when the fault is none of these and the caller should answer.
 */
export function answerWithFault(response: ServerResponse, fault: Fault, body: Record<string, unknown>): boolean {
  const text = JSON.stringify(body);
  switch (fault.kind) {
    case 'stall': return true;
    case 'drip': drip(response, fault.everyMs); return true;
    case 'cut': cut(response, text, fault.afterBytes); return true;
    case 'reset': (response.socket as { resetAndDestroy?: () => void } | null)?.resetAndDestroy?.(); return true;
    case 'status': write(response, fault.status, fault.body ?? errorBody(fault.status), fault.headers); return true;
    case 'html': write(response, 200, '<!DOCTYPE html><html><body>Please sign in to this network.</body></html>', { 'content-type': 'text/html' }); return true;
    case 'redirect': write(response, 302, '', { location: fault.location }); return true;
    case 'huge': huge(response, fault.bytes); return true;
    case 'gzip-bomb': write(response, 200, gzipSync(Buffer.alloc(fault.bytes, 32)), { 'content-encoding': 'gzip' }); return true;
    case 'error-in-200': write(response, 200, JSON.stringify(errorShape(fault.shape, fault.message ?? 'the upstream channel failed'))); return true;
    case 'empty-body': write(response, 200, ''); return true;
    case 'not-json': write(response, 200, 'ok'); return true;
    case 'no-choices': write(response, 200, JSON.stringify({ ...body, choices: [] })); return true;
    case 'bom': write(response, 200, `\uFEFF${text}`); return true;
    case 'parts': write(response, 200, JSON.stringify(withMessage(body, (message) => ({ ...message, content: inParts(message['content']) })))); return true;
    case 'refusal':
      if (fault.how === 'prose') return false;
      write(response, 200, JSON.stringify(refused(body, fault.how)));
      return true;
    default: return false;
  }
}

/**
 * Writes a whole answer.
 *
 * @param response - To write to.
 * @param status - HTTP status.
 * @param body - JSON text unless the headers say otherwise.
 * @param headers - On top of the content type.
 */
export function write(response: ServerResponse, status: number, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}

/** The seven error shapes that relays of the one-api family answer with. */
function errorShape(shape: number, message: string): unknown {
  const shapes: readonly unknown[] = [
    { error: { message, type: 'upstream_error', code: 'channel_error' } },
    { message },
    { msg: message },
    { err: message },
    { error_msg: message },
    { header: { code: 10013, message } },
    { response: { error: { message, code: 'server_error' } } },
  ];
  return shapes[shape];
}

function errorBody(status: number): string {
  return JSON.stringify({ error: { message: `practice fault ${String(status)}`, type: 'practice_fault', code: String(status) } });
}

function cut(response: ServerResponse, text: string, afterBytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text) + 1) });
  response.write(Buffer.from(text).subarray(0, afterBytes), () => response.socket?.destroy());
}

function drip(response: ServerResponse, everyMs: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), Math.max(1, everyMs));
  response.on('close', () => { clearInterval(timer); });
}

function huge(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const block = Buffer.alloc(65_536, 32);
  let left = bytes;
  function pump(): void {
    while (left > 0 && !response.destroyed) {
      left -= block.length;
      if (!response.write(block)) {
        response.once('drain', pump);
        return;
      }
    }
    response.end();
  }
  pump();
}

type Message = Record<string, unknown>;

function withMessage(body: Record<string, unknown>, change: (message: Message) => Message): Record<string, unknown> {
  const choices = body['choices'] as readonly { readonly message: Message }[];
  return { ...body, choices: choices.map((choice) => ({ ...choice, message: change(choice.message) })) };
}

function inParts(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  const middle = Math.floor(content.length / 2);
  return [{ type: 'text', text: content.slice(0, middle) }, { type: 'text', text: content.slice(middle) }];
}

function refused(body: Record<string, unknown>, how: 'field' | 'filter'): Record<string, unknown> {
  if (how === 'field') return withMessage(body, () => ({ role: 'assistant', content: null, refusal: 'I cannot help with that.' }));
  const choices = body['choices'] as readonly Record<string, unknown>[];
  return { ...body, choices: choices.map((choice) => ({ ...choice, finish_reason: 'content_filter', message: { role: 'assistant', content: '' } })) };
}
