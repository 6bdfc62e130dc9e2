import * as z from 'zod';
import sjson from 'secure-json-parse';
import type { DiagnosisCheck } from '../../../src-shared/domain/diagnosis.ts';
import type { ErrorCode } from '../../../src-shared/domain/errors.ts';
import type { TileAnswer } from '../../../src-shared/domain/tile-answer.ts';
import type { CatalogueModel } from '../model-catalogue.ts';
import { findJsonObjects, unwrapped } from '../json-extraction.ts';
import { readReply } from '../reply.ts';
import { check, notReached } from './diagnosis-check.ts';
import type { ProbeAnswer } from './probe-evidence.ts';
import { probeProfile } from './probe-profile.ts';
import type { ProbeTile } from './probe-sheet.ts';

/** What of an answer tells why it was refused as a whole. */
const looseSchema = z.looseObject({ request: z.unknown(), seen: z.array(z.unknown()).catch([]), unclear: z.array(z.unknown()).catch([]), regions: z.array(z.unknown()).catch([]) });

type Judged = readonly DiagnosisCheck[];

/**
 * Judges a model's words: the code, the form, what it saw and under which numbers. Pure.
 *
 * @param answer - To the drawn picture.
 */
export function judgeWords(answer: ProbeAnswer): Judged {
  const { choice, sheet, nonce } = answer;
  const asked = { profile: probeProfile(), nonce, pictures: [sheet] };
  const reading = readReply(choice, asked);
  if (!reading.ok) return judgeUnreadable(answer, reading.code);
  const form = reading.repaired ? check('json', 'doubt', 'json-mended') : judgeForm(answer);
  return [check('code', 'passed'), form, ...judgeTiles(sheet.tiles, reading.answers)];
}

/** Which form of asking it answers, against the strictest that it is known for. */
function judgeForm({ format, row }: { readonly format: ProbeAnswer['format']; readonly row: Pick<CatalogueModel, 'firstFormat'> }): DiagnosisCheck {
  const said = { expected: row.firstFormat, found: format };
  if (format === 'prompt') return check('json', 'doubt', 'json-prompt-only', said);
  return format === row.firstFormat ? check('json', 'passed', 'ok', said) : check('json', 'doubt', 'json-lower-form', said);
}

/** An answer that cannot be used as a whole: for its code, for numbers that were not drawn, or for its form. */
function judgeUnreadable(answer: ProbeAnswer, code: ErrorCode): Judged {
  const notSeen = [notReached('vision'), notReached('brightness')];
  if (code === 'answer-refused') return [notReached('code'), notReached('json'), check('vision', 'failed', code), notReached('numbers'), notReached('brightness')];
  const loose = code === 'answer-invalid' ? looseAnswer(answer) : null;
  if (loose !== null && loose.request !== answer.nonce) return [check('code', 'failed', 'code-wrong'), judgeForm(answer), ...notSeen, notReached('numbers')];
  const drawn = new Set<unknown>(answer.sheet.tiles.map(({ number }) => number));
  const named = loose === null ? [] : [...loose.seen, ...loose.unclear, ...loose.regions.map(tileOf)];
  const foreign = named.filter((number) => typeof number === 'number' && !drawn.has(number));
  if (foreign.length > 0) return [check('code', 'passed'), judgeForm(answer), ...notSeen, check('numbers', 'failed', 'numbers-foreign', { expected: '0', found: String(foreign.length) })];
  return [loose === null ? notReached('code') : check('code', 'passed'), check('json', 'failed', code, { expected: answer.row.firstFormat, found: answer.format }), ...notSeen, notReached('numbers')];
}

function looseAnswer({ choice }: ProbeAnswer): z.output<typeof looseSchema> | null {
  const [object] = findJsonObjects(unwrapped(choice?.toolArguments ?? choice?.content ?? '')).objects;
  if (object === undefined) return null;
  try {
    const parsed = looseSchema.safeParse(sjson.parse(object, { protoAction: 'error', constructorAction: 'error' }));
    return parsed.success ? parsed.data : null;
  } catch {
    // Braces around what is no JSON: its form is at fault.
    return null;
  }
}

function tileOf(region: unknown): unknown {
  return typeof region === 'object' && region !== null && 'tile' in region ? region.tile : null;
}

function judgeTiles(tiles: readonly ProbeTile[], answers: ReadonlyMap<number, TileAnswer>): Judged {
  const seen = tiles.map(({ number }) => answers.get(number)).map((answer) => (answer?.state === 'valid' ? answer.regions.map(({ attributes }) => attributes['attenuation'] ?? '') : null));
  const drawn = tiles.map(({ discs }) => discs.map(({ attenuation }) => attenuation));
  const readCount = seen.filter((one) => one !== null).length;
  const rightCount = seen.filter((one, at) => one?.length === drawn[at]?.length).length;
  // Something where nothing is, or nothing where something is.
  const invented = seen.filter((one, at) => one !== null && (one.length > 0) !== ((drawn[at]?.length ?? 0) > 0)).length;
  const counts = { expected: String(tiles.length), found: String(rightCount) };
  const numbers = readCount === tiles.length ? check('numbers', 'passed') : check('numbers', readCount === tiles.length - 1 ? 'doubt' : 'failed', 'numbers-missing', { expected: String(tiles.length), found: String(readCount) });
  if (rightCount === tiles.length) return [check('vision', 'passed', 'ok', counts), numbers, judgeBrightness(drawn, seen)];
  if (readCount === tiles.length && isShuffled(drawn, seen)) return [check('vision', 'passed', 'ok'), check('numbers', 'failed', 'numbers-mixed-up', counts), notReached('brightness')];
  if (invented === 0 && rightCount >= tiles.length - 1) return [check('vision', 'doubt', 'vision-partly', counts), numbers, judgeBrightness(drawn, seen)];
  return [check('vision', 'failed', 'vision-wrong', counts), numbers, notReached('brightness')];
}

/** The same tiles, as many of each kind, in another order: it saw them. */
function isShuffled(drawn: readonly (readonly string[])[], seen: readonly (readonly string[] | null)[]): boolean {
  const signs = (tiles: readonly (readonly string[] | null)[]): string => JSON.stringify(tiles.map((tile) => (tile ?? []).toSorted().join(' ')).toSorted());
  return signs(drawn) === signs(seen);
}

/** Of tiles with as many regions as discs; a model that cannot tell says so and is right. */
function judgeBrightness(drawn: readonly (readonly string[])[], seen: readonly (readonly string[] | null)[]): DiagnosisCheck {
  let all = 0;
  let right = 0;
  for (const [at, discs] of drawn.entries()) {
    const words = seen[at];
    if (words?.length !== discs.length) continue;
    const bright = (list: readonly string[]): number => list.filter((word) => word === 'solid').length;
    const unsure = words.filter((word) => word === 'indeterminate').length;
    all += discs.length;
    right += discs.length - Math.min(discs.length, Math.max(0, Math.abs(bright(discs) - bright(words)) - unsure));
  }
  const counts = { expected: String(all), found: String(right) };
  return right === all ? check('brightness', 'passed', 'ok', counts) : check('brightness', 'doubt', 'brightness-partly', counts);
}
