import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault } from './faults.ts';

/**
 * Changes the outer form of a body.
 *
 * @param body - The sound body.
 * @param fault - How to go wrong; faults of other kinds leave it alone.
 */
export function faultyBody(body: Record<string, unknown>, fault: Fault): Record<string, unknown> {
  switch (fault.kind) {
    case 'no-choices': return { ...body, choices: [] };
    case 'null-message': return { ...body, choices: [{ index: 0, message: null, finish_reason: 'stop' }] };
    case 'parts': return withMessage(body, (message) => ({ ...message, content: inParts(message['content']) }));
    case 'other-tool': return withMessage(body, () => ({ role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'run_shell', arguments: '{"command":"true"}' } }] }));
    case 'refusal': return fault.how === 'prose' ? body : refused(body, fault.how);
    default: return body;
  }
}

/**
 * Answers a request, with faults in the way of the bytes where there are some.
 *
 * @param response - Nothing has been written to it yet.
 * @param faults - The first that is about bytes decides; headers are added up.
 * @param body - The body.
 */
export function answerWithFaults(response: ServerResponse, faults: readonly Fault[], body: Record<string, unknown>): void {
  const text = faults.reduce(faultyText, JSON.stringify(body));
  if (faults.some((fault) => answerWithFault(response, fault, text))) return;
  const headers = Object.assign({}, ...faults.map((fault) => (fault.kind === 'headers' ? fault.headers : {}))) as Record<string, string>;
  write(response, 200, text, headers);
}

function faultyText(text: string, fault: Fault): string {
  switch (fault.kind) {
    case 'bom': return `\uFEFF${text}`;
    case 'empty-body': return '';
    case 'not-json': return 'ok';
    case 'deep-body': return text.replace(/^{/, `{"extra":${'['.repeat(fault.depth)}${']'.repeat(fault.depth)},`);
    case 'proto-body': return text.replace(/^{/, '{"__proto__":{"polluted":true},');
    case 'error-in-200': return JSON.stringify(errorShape(fault.shape, fault.message ?? 'the upstream channel failed'));
    default: return text;
  }
}

function answerWithFault(response: ServerResponse, fault: Fault, text: string): boolean {
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
    case 'stream': write(response, 200, `data: ${text}\n\ndata: [DONE]\n\n`, { 'content-type': 'text/event-stream' }); return true;
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
  const choices = body['choices'] as readonly { readonly message: Message | null }[];
  return { ...body, choices: choices.map((choice) => (choice.message === null ? choice : { ...choice, message: change(choice.message) })) };
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
