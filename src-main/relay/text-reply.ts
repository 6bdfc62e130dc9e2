import sjson from 'secure-json-parse';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Choice } from './envelope.ts';
import { findJsonObjects, isAmbiguousJson, unwrapped } from './json-extraction.ts';
import { soundsLikeRefusal } from './refusals.ts';
import { choiceProblem } from './reply.ts';

const largestContent = 200_000;

/** What came of reading a model's words for one JSON object. */
export type TextReading<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly code: ErrorCode };

/**
 * Reads the one JSON object of a reply down the parse ladder, as answers to tiles are read, but mends nothing: who asked for words
 * can do without them. Pure, and never throws.
 *
 * @param choice - First choice of the reply.
 * @param read - Makes a value of parsed JSON; null where it is not what was asked for.
 * @see facts/relay.md 4.3
 */
export function readTextReply<Value>(choice: Choice | null, read: (json: unknown) => Value | null): TextReading<Value> {
  const problem = choiceProblem(choice);
  if (problem !== null || choice === null) return { ok: false, code: problem ?? 'answer-empty' };
  const raw = choice.toolArguments ?? choice.content ?? '';
  if (raw.length > largestContent) return { ok: false, code: 'answer-invalid' };
  const text = unwrapped(raw);
  if (text === '') return { ok: false, code: 'answer-empty' };
  const { objects, unfinished } = findJsonObjects(text);
  if (objects.length === 0) return { ok: false, code: unfinished ? 'answer-truncated' : soundsLikeRefusal(text) ? 'answer-refused' : 'answer-not-json' };
  const values = objects.flatMap((object) => {
    const json = parseStrictly(object);
    const value = json === undefined || isAmbiguousJson(object) ? null : read(json);
    return value === null ? [] : [value];
  });
  const [value, ...others] = values;
  if (value === undefined) return { ok: false, code: unfinished ? 'answer-truncated' : 'answer-invalid' };
  // Two different answers in one reply: nobody can say which is meant.
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(value))) return { ok: false, code: 'answer-invalid' };
  return { ok: true, value };
}

function parseStrictly(text: string): unknown {
  try {
    return sjson.parse(text, { protoAction: 'error', constructorAction: 'error' }) as unknown;
  } catch {
    // Braces around what is no JSON.
    return undefined;
  }
}
