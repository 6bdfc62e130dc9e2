import { jsonrepair } from 'jsonrepair';
import sjson from 'secure-json-parse';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { Choice } from './envelope.ts';
import { findJsonObjects, isAmbiguousJson, unwrapped } from './json-extraction.ts';
import { soundsLikeRefusal } from './refusals.ts';
import { readTileAnswers } from './tile-answers.ts';
import type { Questioned } from './tile-answers.ts';

const largestContent = 1_000_000;
const largestRepair = 200_000;
/** Dots and comments, which mending would drop: `"regions":[...]` must not become "nothing seen". */
const leavesOut = /\.\.|…|\/\*|\/\//;

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
 * @param request - What was asked, of which pictures.
 * @see facts/relay.md 4.3
 */
export function readReply(choice: Choice | null, request: Questioned): ReplyReading {
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
  return readObjects(found.objects, request, found.unfinished);
}

function readObjects(objects: readonly string[], request: Questioned, unfinished: boolean): ReplyReading {
  let best: { readonly answers: ReadonlyMap<number, TileAnswer>; readonly repaired: boolean } | null = null;
  let anyJson = false;
  for (const object of objects) {
    // What has an object that never ends may be cut anywhere: nothing is mended then.
    const parsed = parseObject(object, !unfinished);
    if (parsed === null) continue;
    anyJson = true;
    const read = parsed.ambiguous ? null : readTileAnswers(parsed.value, request);
    if (read?.ok !== true) continue;
    // Two different answers in one reply: nobody can say which is meant.
    if (best !== null && !isSameAnswer(best.answers, read.answers)) return { ok: false, code: 'answer-invalid' };
    best ??= { answers: read.answers, repaired: parsed.repaired };
  }
  if (best !== null) return { ok: true, ...best };
  if (unfinished) return { ok: false, code: 'answer-truncated' };
  return { ok: false, code: anyJson ? 'answer-invalid' : 'answer-not-json' };
}

function isSameAnswer(one: ReadonlyMap<number, TileAnswer>, other: ReadonlyMap<number, TileAnswer>): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}

function parseObject(text: string, mayMend: boolean): { readonly value: unknown; readonly repaired: boolean; readonly ambiguous: boolean } | null {
  const direct = parseStrictly(text);
  if (direct !== undefined) return { value: direct, repaired: false, ambiguous: isAmbiguousJson(text) };
  if (!mayMend || text.length > largestRepair || leavesOut.test(text)) return null;
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
