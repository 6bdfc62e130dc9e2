import type { Certainty } from '../../../src-shared/domain/tile-answer.ts';
import type { ChatRequest } from './chat-request.ts';
import type { AskedAttribute } from './read-prompt.ts';
import type { RoundStructure } from './round-structures.ts';
import type { StructureAnswer } from './structure-worker.ts';

/** A region of an answer: its tile, a word for each attribute, a certainty. */
export type ReportRegion = Readonly<Record<string, string | number>> & { readonly tile: number };

/** An answer's content in the form that was asked for. */
export interface Report {
  readonly request: string;
  readonly seen: readonly number[];
  readonly unclear: readonly number[];
  readonly regions: readonly ReportRegion[];
}

/** LungDesk takes more than eight for noise. */
const mostRegionsPerTile = 6;

/**
 * Describes what was seen in a request's pictures. Pictures that are not laid out as their label says are unclear.
 *
 * @param request - What was asked.
 * @param seen - What each picture shows, in their order.
 */
export function reportTiles(request: ChatRequest, seen: readonly StructureAnswer[]): Report {
  const tiles = request.pictures.flatMap(({ label }, picture) => label.numbers.map((number, at) => ({ number, structures: seen[picture]?.tiles?.[at] ?? null })));
  const most = request.purpose === 'verify' ? 1 : mostRegionsPerTile;
  return {
    request: request.code,
    seen: tiles.flatMap(({ number, structures }) => (structures === null ? [] : [number])),
    unclear: tiles.flatMap(({ number, structures }) => (structures === null ? [number] : [])),
    regions: tiles.flatMap(({ number, structures }) => (structures ?? []).slice(0, most).map((structure) => reportRegion(number, structure, request.attributes))),
  };
}

/**
 * A region in the words that were asked for.
 *
 * @param tile - Its number.
 * @param structure - What was seen.
 * @param attributes - That are asked for; those that a grey level says nothing about get their last word, "cannot tell".
 */
export function reportRegion(tile: number, structure: Pick<RoundStructure, 'meanGrey' | 'roundness'>, attributes: readonly AskedAttribute[]): ReportRegion {
  const words = attributes.map(({ name, values }): [string, string] => {
    const word = wordFor(name, structure);
    return [name, word !== null && values.includes(word) ? word : values.at(-1) ?? ''];
  });
  return { tile, ...Object.fromEntries(words), certainty: certaintyOf(structure.roundness) };
}

function wordFor(attribute: string, { meanGrey, roundness }: Pick<RoundStructure, 'meanGrey' | 'roundness'>): string | null {
  switch (attribute) {
    case 'attenuation':
      if (meanGrey >= 254) return 'calcified';
      if (meanGrey >= 200) return 'solid';
      return meanGrey >= 180 ? 'part-solid' : 'ground-glass';
    case 'margin': return roundness >= 0.8 ? 'smooth' : 'lobulated';
    default: return null;
  }
}

function certaintyOf(roundness: number): Certainty {
  if (roundness >= 0.85) return 'high';
  return roundness >= 0.7 ? 'moderate' : 'low';
}
