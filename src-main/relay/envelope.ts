import sjson from 'secure-json-parse';
import type { TokenUsage } from '../../src-shared/domain/attempt.ts';
import { answerName } from './answer-format.ts';
import { plainModelName, plainText } from './plain-text.ts';
import { parseUsage } from './usage.ts';

/** The first choice of a chat completion, as far as it could be understood. */
export interface Choice {
  /** Lower case; an open set. */
  readonly finishReason: string | null;
  /** Joined text of `content`; null when there is none. */
  readonly content: string | null;
  /** Arguments of a call of LungDesk's own tool. */
  readonly toolArguments: string | null;
  readonly refused: boolean;
}

/** What a relay's body is, before anybody reads the model's words. */
export type Envelope =
  | { readonly kind: 'empty' }
  | { readonly kind: 'html' }
  | { readonly kind: 'not-json' }
  /** An error object in any of the shapes relays use; `said` is fit to be shown, `text` to be matched against only. */
  | { readonly kind: 'error'; readonly text: string; readonly said: string | null; readonly model: string | null; readonly usage: TokenUsage | null }
  | { readonly kind: 'reply'; readonly model: string | null; readonly usage: TokenUsage | null; readonly choice: Choice | null };

type Loose = Readonly<Record<string, unknown>>;

/**
 * Reads a relay's body as far as its outer form. Never throws, whatever the bytes were.
 *
 * @param body - The body as text.
 * @see facts/relay.md 4.3 step 1, facts/reliability.md 5 (one-api's error shapes)
 */
export function readEnvelope(body: string): Envelope {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (text === '') return { kind: 'empty' };
  const value = parseObject(text);
  if (value === null) return /^<(!doctype|html|head|body|\?xml|!--)/i.test(text) ? { kind: 'html' } : { kind: 'not-json' };
  const model = plainModelName(value['model']);
  const usage = parseUsage(value['usage']);
  const choices = value['choices'];
  const error = errorText(value);
  if (error !== null && !(Array.isArray(choices) && choices.length > 0 && !('error' in value))) {
    const said = plainText(error.message, 200);
    return { kind: 'error', text: `${error.code} ${error.message}`.slice(0, 4000), said: said === '' ? null : said, model, usage };
  }
  return { kind: 'reply', model, usage, choice: Array.isArray(choices) ? readChoice(choices[0]) : null };
}

function parseObject(text: string): Loose | null {
  try {
    return objectOrNull(sjson.parse(text, { protoAction: 'remove', constructorAction: 'remove' }));
  } catch {
    // Not JSON is a normal answer of a broken relay; the caller gets null.
    return null;
  }
}

/** error.message | message | msg | err | error_msg | header.message | response.error.message, and a bare error string. */
function errorText(value: Loose): { readonly message: string; readonly code: string } | null {
  const error = objectOrNull(value['error']);
  const nested = objectOrNull(objectOrNull(value['response'])?.['error']);
  const candidates = [
    error?.['message'], value['error'], nested?.['message'], value['message'], value['msg'], value['err'], value['error_msg'],
    objectOrNull(value['header'])?.['message'],
  ];
  const message = candidates.find((candidate) => typeof candidate === 'string' && candidate.trim() !== '') as string | undefined;
  if (message === undefined && error === null) return null;
  const codes = [error?.['code'], error?.['type'], error?.['param'], error?.['status'], nested?.['code'], value['code']];
  const code = codes.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
  return { message: (message ?? '').slice(0, 4000), code };
}

function readChoice(value: unknown): Choice | null {
  const choice = objectOrNull(value);
  const message = objectOrNull(choice?.['message']);
  if (choice === null || message === null) return null;
  const finish = choice['finish_reason'];
  const refusal = message['refusal'];
  return {
    finishReason: typeof finish === 'string' ? finish.toLowerCase().slice(0, 60) : null,
    content: contentText(message['content']),
    toolArguments: toolArguments(message['tool_calls']),
    refused: refusal !== null && refusal !== undefined && refusal !== '' && refusal !== false,
  };
}

function contentText(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const parts = content.map((part: unknown) => {
    if (typeof part === 'string') return part;
    const text = objectOrNull(part)?.['text'];
    return typeof text === 'string' ? text : '';
  });
  return parts.join('');
}

function toolArguments(calls: unknown): string | null {
  if (!Array.isArray(calls)) return null;
  const call = calls
    .map((entry: unknown) => objectOrNull(objectOrNull(entry)?.['function']))
    .find((entry) => entry?.['name'] === answerName);
  const value = call?.['arguments'];
  if (typeof value === 'string') return value;
  // Some relays hand the arguments over as an object already.
  return objectOrNull(value) === null ? null : jsonOrNull(value);
}

function jsonOrNull(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested beyond the stack: nothing that anybody asked for.
    return null;
  }
}

function objectOrNull(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}
