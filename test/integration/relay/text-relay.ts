import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AttemptBook } from '../../../src-main/relay/attempt-book.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { createLadderMemory } from '../../../src-main/relay/ladder-memory.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { createRelayTraffic } from '../../../src-main/relay/relay-traffic.ts';
import type { RelaySenderDeps } from '../../../src-main/relay/sender-deps.ts';
import type { RelayTarget } from '../../../src-main/relay/relay.ts';
import { endlessClock, hastyClock } from './relay-bench.ts';

/** A request of words as it came. */
export interface SeenTextRequest {
  readonly index: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly model: string; readonly messages: readonly { readonly content: string }[] };
}

/** What is answered: a model's words with status 200, or a status with a body. */
export type TextAnswer = string | { readonly status: number; readonly body: unknown };

/**
 * A relay on a real socket that answers requests of words by the test's script, with what sending to it needs.
 *
 * @param book - Ledger.
 * @param answer - Decides the answer to a request.
 */
export async function textRelay(book: AttemptBook, answer: (request: SeenTextRequest) => TextAnswer) {
  const seen: SeenTextRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = { index: seen.length, body: JSON.parse(Buffer.concat(chunks).toString()) as SeenTextRequest['body'] };
      seen.push(request);
      const said = answer(request);
      const body = typeof said !== 'string' ? said.body : {
        model: request.body.model, choices: [{ finish_reason: 'stop', message: { content: said } }], usage: { prompt_tokens: 900, completion_tokens: 80, total_tokens: 980 },
      };
      response.writeHead(typeof said === 'string' ? 200 : said.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const clock = hastyClock();
  const deps: RelaySenderDeps = { clock, book, traffic: createRelayTraffic(clock, 5), ladders: createLadderMemory(), catalogue: shippedCatalogue() };
  const target: RelayTarget = {
    id: 'words', name: 'Relay of words', key: 'k', practice: false, priceMultiplierPercent: 100, extraHeaders: {},
    baseUrl: new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`), transport: createNodeTransport({ clock: endlessClock() }),
  };
  return { seen, clock, deps, target };
}
