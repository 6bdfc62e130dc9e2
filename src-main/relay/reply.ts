import { jsonrepair } from 'jsonrepair';
import sjson from 'secure-json-parse';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { Choice } from './envelope.ts';
import { findJsonObjects, isAmbiguousJson, unwrapped } from './json-extraction.ts';
import { soundsLikeRefusal } from './refusals.ts';
import { readTileAnswers } from './tile-answers.ts';

const largestContent = 1_000_000;
const largestRepair = 200_000;

/** What came of reading a model's words. `repaired`: the JSON had faults that were mended without guessing content. */
export type ReplyReading =
  | { readonly ok: true; readonly answers: ReadonlyMap<number, TileAnswer>; readonly repaired: boolean }
  | { readonly ok: false; readonly code: ErrorCode };

/**
 * What a choice's outer signs say before its words are read: null when there are words to read.
 *
 * @param choice - First choice of the reply; null when there is none.
 * @see facts/relay.md 4.3 steps 2 to 4
 */
export function choiceProblem(choice: Choice | null): ErrorCode | null {
  if (choice === null) return 'answer-empty';
  if (choice.refused || /^(content_?filter(ed)?|refusal|safety|blocklist|prohibited_content|recitation|image_safety|spii)$/.test(choice.finishReason ?? '')) {
    return 'answer-refused';
  }
  if (/^(length|max_?tokens|max_output_tokens|model_length|model_context_window_exceeded)$/.test(choice.finishReason ?? '')) return 'answer-truncated';
  return (choice.toolArguments ?? choice.content ?? '').trim() === '' ? 'answer-empty' : null;
}

/**
 * Reads a model's words down the parse ladder. Pure, and never throws: what cannot be read is a problem, never "nothing seen".
 *
 * @param choice - First choice of the reply.
 * @param nonce - Code of the request.
 * @param tileNumbers - Numbers of the tiles that were sent.
 * @see facts/relay.md 4.3
 */
export function readReply(choice: Choice | null, nonce: string, tileNumbers: readonly number[]): ReplyReading {
  const problem = choiceProblem(choice);
  if (problem !== null || choice === null) return { ok: false, code: problem ?? 'answer-empty' };
  const raw = choice.toolArguments ?? choice.content ?? '';
  if (raw.length > largestContent) return { ok: false, code: 'answer-invalid' };
  const text = unwrapped(raw);
  if (text === '') return { ok: false, code: 'answer-empty' };
  const found = findJsonObjects(text);
  if (found.objects.length === 0) {
    if (found.unfinished) return { ok: false, code: 'answer-truncated' };
    return { ok: false, code: soundsLikeRefusal(text) ? 'answer-refused' : 'answer-not-json' };
  }
  return readObjects(found.objects, nonce, tileNumbers, found.unfinished);
}

function readObjects(objects: readonly string[], nonce: string, tileNumbers: readonly number[], unfinished: boolean): ReplyReading {
  let best: ReplyReading | null = null;
  let anyJson = false;
  let previous: string | null = null;
  for (const object of objects) {
    const parsed = parseObject(object);
    if (parsed === null) continue;
    anyJson = true;
    const answers = parsed.ambiguous ? null : readTileAnswers(parsed.value, nonce, tileNumbers);
    if (answers?.ok !== true) continue;
    const same = JSON.stringify(parsed.value);
    // Two different answers in one reply: nobody can say which is meant.
    if (previous !== null && previous !== same) return { ok: false, code: 'answer-invalid' };
    previous = same;
    best = { ok: true, answers: answers.answers, repaired: parsed.repaired };
  }
  if (best !== null) return best;
  if (unfinished) return { ok: false, code: 'answer-truncated' };
  return { ok: false, code: anyJson ? 'answer-invalid' : 'answer-not-json' };
}

function parseObject(text: string): { readonly value: unknown; readonly repaired: boolean; readonly ambiguous: boolean } | null {
  const direct = parseStrictly(text);
  if (direct !== undefined) return { value: direct, repaired: false, ambiguous: isAmbiguousJson(text) };
  if (text.length > largestRepair) return null;
  try {
    const mended = jsonrepair(text);
    const value = parseStrictly(mended);
    return value === undefined ? null : { value, repaired: true, ambiguous: isAmbiguousJson(mended) };
  } catch {
    // Beyond repair, or nested beyond the stack: not JSON.
    return null;
  }
}

function parseStrictly(text: string): unknown {
  try {
    return sjson.parse(text, { protoAction: 'error', constructorAction: 'error' }) as unknown;
  } catch {
    // Not JSON as it stands; the caller decides what to try next.
    return undefined;
  }
}
