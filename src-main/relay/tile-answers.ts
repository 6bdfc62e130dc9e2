import * as z from 'zod';
import { attenuations } from '../../src-shared/domain/finding.ts';
import { highestPriority } from '../../src-shared/domain/priority.ts';
import type { TileAnswer, TileRegion } from '../../src-shared/domain/tile-answer.ts';

/** More regions than this in one slice is noise, not an answer. */
const mostRegions = 24;

const word = z.string().max(40).transform((text) => text.trim().toLowerCase().replace(/[\s_]+/g, '-'));

const regionSchema = z.strictObject({
  box: z.array(z.number().min(0).max(1000)).length(4),
  attenuation: word.pipe(z.enum(attenuations)),
  confidence: z.number().min(0).max(1),
  // A word nobody knows counts as the most pressing: it must not calm anybody (facts/relay.md S2).
  priority: word.transform((text) => highestPriority([text])),
});

const tileSchema = z.strictObject({
  tile: z.int(),
  seen: z.boolean(),
  regions: z.array(regionSchema).max(mostRegions),
});

const answerSchema = z.strictObject({
  request: z.string().max(200),
  tiles: z.array(z.unknown()).max(100),
});

/** Whether an answer as a whole keeps to the form, and what became of each tile. */
export type ParsedAnswers =
  | { readonly ok: true; readonly answers: ReadonlyMap<number, TileAnswer> }
  | { readonly ok: false };

/**
 * Checks a model's answer against what was asked: the request's code, every tile once, boxes inside the picture.
 *
 * A bad or missing tile fails alone. A wrong code, a tile that was not sent or an unknown form fails the whole: then
 * nobody can tell which picture an entry is about.
 *
 * @param value - Parsed JSON.
 * @param nonce - Code of the request.
 * @param tileNumbers - Numbers of the tiles that were sent.
 */
export function readTileAnswers(value: unknown, nonce: string, tileNumbers: readonly number[]): ParsedAnswers {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success || parsed.data.request !== nonce) return { ok: false };
  const sent = new Set(tileNumbers);
  const entries = new Map<number, unknown[]>();
  for (const entry of parsed.data.tiles) {
    const number = tileNumberOf(entry);
    if (number === null || !sent.has(number)) return { ok: false };
    entries.set(number, [...(entries.get(number) ?? []), entry]);
  }
  return { ok: true, answers: new Map(tileNumbers.map((number) => [number, readTile(entries.get(number) ?? [])])) };
}

function readTile(entries: readonly unknown[]): TileAnswer {
  const tile = entries.length === 1 ? tileSchema.safeParse(entries[0]) : null;
  if (tile?.success !== true) return { state: 'failed', code: 'answer-invalid' };
  // "Could not make it out" is a gap, never "nothing seen".
  if (!tile.data.seen) return { state: 'refused', code: 'answer-refused' };
  const regions: TileRegion[] = [];
  for (const region of tile.data.regions) {
    const box = normalisedBox(region.box);
    if (box === null) return { state: 'failed', code: 'answer-invalid' };
    regions.push({ ...box, attenuation: region.attenuation, confidence: region.confidence, priority: region.priority });
  }
  return { state: 'valid', regions };
}

/** Corners in either order become left < right, top < bottom, as fractions; a box without area is none. */
function normalisedBox(box: readonly number[]): Pick<TileRegion, 'left' | 'top' | 'right' | 'bottom'> | null {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  const [left, right] = x1 < x2 ? [x1, x2] : [x2, x1];
  const [top, bottom] = y1 < y2 ? [y1, y2] : [y2, y1];
  if (left === right || top === bottom) return null;
  return { left: left / 1000, top: top / 1000, right: right / 1000, bottom: bottom / 1000 };
}

function tileNumberOf(entry: unknown): number | null {
  if (typeof entry !== 'object' || entry === null || !('tile' in entry)) return null;
  return typeof entry.tile === 'number' && Number.isInteger(entry.tile) ? entry.tile : null;
}
