import * as z from 'zod';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { OfferedModel, RelayCheck } from '../../src-shared/domain/views.ts';
import { readEnvelope } from './envelope.ts';
import { readModelList } from './model-discovery.ts';
import { plainModelName } from './plain-text.ts';
import { relayEndpoint } from './relay-address.ts';
import { relayHeaders } from './relay-headers.ts';
import type { RelayTarget } from './tile-request.ts';
import { lookupDeadlines } from './transport.ts';
import type { TransportAnswer } from './transport.ts';

const entriesSchema = z.array(z.unknown()).max(20_000);
/** OpenAI's form, that of some gateways, and a bare list. */
const modelListSchema = z.union([
  z.object({ data: entriesSchema }).transform(({ data }) => data),
  z.object({ models: entriesSchema }).transform(({ models }) => models),
  entriesSchema,
]);
const mostModels = 500;

type State = RelayCheck['state'];

/**
 * Asks a relay for its model list, which is free, and says what the answer means.
 *
 * @param target - The relay.
 * @param signal - Calls the look-up off.
 * @throws {AppError} 'key-malformed' when the key cannot be sent, 'cancelled'.
 */
export async function checkRelay(target: RelayTarget, signal?: AbortSignal): Promise<RelayCheck> {
  const host = target.practice ? target.name : target.baseUrl.host;
  const headers = relayHeaders(target, false);
  try {
    const answer = await target.transport.send({
      method: 'GET',
      url: relayEndpoint(target.baseUrl, 'models'),
      headers,
      body: [],
      deadlines: lookupDeadlines(),
      maxBodyBytes: 4_000_000,
      ...(signal === undefined ? {} : { signal }),
    });
    const { state, models } = judge(answer);
    const shown = state === 'ok' && target.practice ? 'practice' : state;
    return { state: shown, host, models, message: messages[shown] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    const state = stateOfFault(error);
    return { state, host, models: [], message: messages[state] };
  }
}

function judge(answer: TransportAnswer): { readonly state: State; readonly models: readonly OfferedModel[] } {
  const nothing: readonly OfferedModel[] = [];
  if (answer.status === 401 || answer.status === 403) return { state: 'unauthorised', models: nothing };
  if (answer.status === 407) return { state: 'proxy', models: nothing };
  // Network Authentication Required: the network's own sign-in page.
  if (answer.status === 511) return { state: 'portal', models: nothing };
  const text = new TextDecoder().decode(answer.body);
  if (answer.status !== 200) return { state: 'refused', models: nothing };
  if (readEnvelope(text).kind === 'html') return { state: 'portal', models: nothing };
  const list = modelListSchema.safeParse(parseOrNull(text));
  return list.success ? { state: 'ok', models: offeredModels(list.data) } : { state: 'refused', models: nothing };
}

/** Names are the relay's words: only what is fit to be shown stays of them, each once. */
function offeredModels(entries: readonly unknown[]): readonly OfferedModel[] {
  const listed = readModelList(entries.map((entry) => (typeof entry === 'string' ? { id: entry } : entry)));
  const offered = new Map<string, OfferedModel>();
  for (const { id, shutdownDate } of listed) {
    const name = plainModelName(id);
    if (name !== null && !offered.has(name) && offered.size < mostModels) offered.set(name, { id: name, shutdownDate });
  }
  return [...offered.values()];
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: not a relay; the schema says so next.
    return null;
  }
}

function stateOfFault(error: AppError): State {
  switch (error.code) {
    case 'relay-tls': return 'tls';
    case 'relay-proxy': return 'proxy';
    case 'relay-answer-too-large': return 'refused';
    default: return 'unreachable';
  }
}

const messages: Readonly<Record<State, string>> = {
  ok: 'The relay answers.',
  practice: 'The built-in practice relay answers.',
  unreachable: 'The relay could not be reached.',
  unauthorised: 'The relay refused the key.',
  portal: 'A web page answered instead of the relay.',
  tls: "The relay's certificate was not accepted.",
  proxy: 'The proxy refused the connection.',
  refused: 'What answered at this address is not a relay, or the relay does not work now.',
};
