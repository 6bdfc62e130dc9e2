import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { createLadderMemory } from '../../../src-main/relay/ladder-memory.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { codeInPrompt, pictureLabel } from '../../../src-main/relay/practice-relay/read-prompt.ts';
import { createRelayTraffic } from '../../../src-main/relay/relay-traffic.ts';
import type { RelayTarget } from '../../../src-main/relay/relay.ts';
import { createRelaySender } from '../../../src-main/relay/sender.ts';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { memoryAttemptBook } from './memory-attempt-book.ts';
import { endlessClock } from './relay-bench.ts';

/** A request as it came. */
export interface SeenRequest {
  readonly index: number;
  readonly model: string;
  readonly pictures: number;
  /** Tiles that the labels name; empty for a test request. */
  readonly numbers: readonly number[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
}

/** What is answered; nothing: a sound reply in which every tile shows nothing. hangs: no answer at all. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly hangs?: boolean;
}

interface Body {
  readonly model: string;
  readonly messages: readonly { readonly content: string | readonly { readonly type: string; readonly text?: string }[] }[];
}

/**
 * A relay on a real socket that answers by the test's script, test requests included, with a sender in front of it.
 *
 * @param clock - Of the sender.
 * @param answer - Decides the answer to a request.
 * @param mostInFlight - Of the sender.
 */
export async function scriptedRelay(clock: Clock, answer: (request: SeenRequest) => ScriptedAnswer | null | Promise<ScriptedAnswer | null>, mostInFlight = 8) {
  const seen: SeenRequest[] = [];
  const inFlight = { now: 0, most: 0 };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', () => undefined);
    incoming.on('end', () => {
      void (async () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
        const content = body.messages[0]?.content ?? '';
        const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
        const texts = parts.flatMap((part) => (part.text === undefined ? [] : [part.text]));
        const numbers = texts.flatMap((text) => pictureLabel(text)?.numbers ?? []);
        const request = {
          index: seen.length, model: body.model, pictures: parts.filter((part) => part.type === 'image_url').length, numbers, headers: incoming.headers, fields: Object.keys(body),
        };
        seen.push(request);
        inFlight.now += 1;
        inFlight.most = Math.max(inFlight.most, inFlight.now);
        const { status = 200, headers = {}, body: said, hangs = false } = (await answer(request)) ?? {};
        inFlight.now -= 1;
        if (hangs) return;
        const words = numbers.length === 0 ? 'OK' : JSON.stringify({ request: codeInPrompt(texts.join('\n')), seen: numbers, unclear: [], regions: [] });
        const sound = {
          model: body.model, choices: [{ finish_reason: 'stop', message: { content: words } }],
          usage: { prompt_tokens: 50_000, completion_tokens: 50, total_tokens: 50_050, prompt_tokens_details: { image_tokens: 40_000 } },
        };
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(said === undefined && status === 200 ? JSON.stringify(sound) : typeof said === 'string' ? said : JSON.stringify(said ?? {}));
      })();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const book = memoryAttemptBook();
  const traffic = createRelayTraffic(clock, mostInFlight);
  const sender = createRelaySender({ clock, book, traffic, ladders: createLadderMemory(), catalogue: shippedCatalogue() });
  const target: RelayTarget = {
    id: 'scripted', name: 'Scripted relay', key: 'k', practice: false, priceMultiplierPercent: 100, extraHeaders: {},
    baseUrl: new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`), transport: createNodeTransport({ clock: endlessClock() }),
  };
  return { seen, inFlight, book, traffic, sender, target };
}

/** An error body as most relays write it. */
export function errorBody(message: string, code = 'error'): unknown {
  return { error: { message, code, type: code } };
}
