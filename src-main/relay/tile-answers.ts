import * as z from 'zod';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import { certainties } from '../../src-shared/domain/tile-answer.ts';
import type { TileAnswer, TileRegion } from '../../src-shared/domain/tile-answer.ts';
import { tileNumbersOf } from './picture-plan.ts';
import type { AskedRequest } from './picture-plan.ts';

/** More regions than this in one tile is noise, not an answer. */
const mostRegionsPerTile = 8;
const mostEntries = 2000;

const numbersSchema = z.array(z.int()).max(mostEntries);

const answerSchema = z.strictObject({
  request: z.string().max(200),
  seen: numbersSchema,
  unclear: numbersSchema,
  regions: z.array(z.looseObject({ tile: z.int() })).max(mostEntries),
});

/** What has to be known of a request to check an answer to it. */
export type Questioned = Pick<AskedRequest, 'profile' | 'nonce'> & { readonly pictures: readonly Pick<AskedRequest['pictures'][number], 'tiles'>[] };

/** Whether an answer as a whole keeps to the form, and what became of each tile. */
export type ParsedAnswers =
  | { readonly ok: true; readonly answers: ReadonlyMap<number, TileAnswer> }
  | { readonly ok: false };

/**
 * Checks a model's answer against what was asked: the request's code, every number once, only the profile's words.
 *
 * A tile that is missing, doubled or has a bad region fails alone. A wrong code, a number that was not asked for or an
 * unknown form fails the whole: then nobody can tell which tile an entry is about.
 *
 * @param value - Parsed JSON.
 * @param request - What was asked, of which pictures.
 * @returns Regions of a tile in an order of their own: the order in which a model lists them means nothing.
 */
export function readTileAnswers(value: unknown, request: Questioned): ParsedAnswers {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success || parsed.data.request !== request.nonce) return { ok: false };
  const { seen, unclear, regions } = parsed.data;
  const numbers = tileNumbersOf(request.pictures);
  const asked = new Set(numbers);
  const named = [...seen, ...unclear, ...regions.map((region) => region.tile)];
  if (!named.every((number) => asked.has(number))) return { ok: false };
  const entries = new Map<number, unknown[]>();
  for (const region of regions) {
    const others = entries.get(region.tile);
    if (others === undefined) entries.set(region.tile, [region]);
    else others.push(region);
  }
  const seenTimes = timesByNumber(seen);
  const unclearTimes = timesByNumber(unclear);
  const answerTo = (number: number): TileAnswer => readTile(seenTimes.get(number) ?? 0, unclearTimes.get(number) ?? 0, entries.get(number) ?? [], request.profile);
  return { ok: true, answers: new Map(numbers.map((number) => [number, answerTo(number)])) };
}

function timesByNumber(numbers: readonly number[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
  return times;
}

function readTile(seen: number, unclear: number, entries: readonly unknown[], profile: ReadingProfile): TileAnswer {
  const failed: TileAnswer = { state: 'failed', code: 'answer-invalid' };
  if (seen + unclear !== 1 || entries.length > mostRegionsPerTile) return failed;
  // "Could not make it out" is a gap, never "nothing seen"; with a region it contradicts itself.
  if (unclear === 1) return entries.length === 0 ? { state: 'refused', code: 'answer-refused' } : failed;
  const regions = entries.map((entry) => readRegion(entry, profile));
  if (!regions.every((region) => region !== null)) return failed;
  return { state: 'valid', regions: regions.map((region) => ({ region, key: sortKey(region) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ region }) => region) };
}

/** Exactly the profile's attributes, each with one of its words, and a certainty. */
function readRegion(entry: unknown, profile: ReadingProfile): TileRegion | null {
  const fields = new Map(Object.entries(entry as Record<string, unknown>));
  if (fields.size !== profile.attributes.length + 2) return null;
  const attributes: [string, string][] = [];
  for (const { name, values } of profile.attributes) {
    const value = wordOf(fields.get(name), values);
    if (value === null) return null;
    attributes.push([name, value]);
  }
  const certainty = wordOf(fields.get('certainty'), certainties);
  return certainty === null ? null : { attributes: Object.fromEntries(attributes), certainty };
}

/** The word of a list that is meant, whatever its case and whether it is written with spaces or underscores. */
function wordOf<Word extends string>(value: unknown, words: readonly Word[]): Word | null {
  if (typeof value !== 'string' || value.length > 60) return null;
  const plain = value.trim().toLowerCase().replace(/[\s_]+/g, '-');
  return words.find((word) => word === plain) ?? null;
}

function sortKey({ attributes, certainty }: TileRegion): string {
  return JSON.stringify([...Object.values(attributes), certainty]);
}
