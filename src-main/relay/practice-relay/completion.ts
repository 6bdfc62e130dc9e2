import type { Attenuation } from '../../../src-shared/domain/finding.ts';
import type { Priority } from '../../../src-shared/domain/priority.ts';
import { answerName } from '../answer-format.ts';
import type { AnswerFormat } from '../answer-format.ts';
import { forecastRequest, textTokens } from '../forecast.ts';
import type { CatalogueModel } from '../model-catalogue.ts';
import type { ChatRequest } from './chat-request.ts';
import type { RoundStructure } from './round-structures.ts';
import type { StructureAnswer } from './structure-worker.ts';

/** One tile's part of an answer, in the form that was asked for. */
export interface TileReport {
  readonly tile: number;
  readonly seen: boolean;
  readonly regions: readonly {
    readonly box: readonly number[];
    readonly attenuation: Attenuation;
    readonly confidence: number;
    readonly priority: Exclude<Priority, 'unknown'>;
  }[];
}

/** An answer's content in the form that was asked for. */
export interface Report {
  readonly request: string;
  readonly tiles: readonly TileReport[];
}

/** A chat completion before it is written out; faults change it. */
export interface Completion {
  readonly model: string;
  readonly content: string;
  readonly finishReason: string;
  readonly usage: Readonly<Record<string, unknown>> | null;
}

/**
 * Describes what was seen in a tile.
 *
 * @param tile - Number of the tile.
 * @param seen - Structures in it.
 */
export function reportTile(tile: number, seen: StructureAnswer): TileReport {
  const { columns, rows, structures } = seen;
  return { tile, seen: true, regions: (structures ?? []).slice(0, 12).map((structure) => reportRegion(structure, columns, rows)) };
}

function reportRegion(structure: RoundStructure, columns: number, rows: number): TileReport['regions'][number] {
  return {
    box: [
      Math.floor((structure.columnMin / columns) * 1000),
      Math.floor((structure.rowMin / rows) * 1000),
      Math.min(1000, Math.ceil(((structure.columnMax + 1) / columns) * 1000)),
      Math.min(1000, Math.ceil(((structure.rowMax + 1) / rows) * 1000)),
    ],
    attenuation: attenuationOf(structure.meanGrey),
    confidence: Math.round((0.3 + 0.5 * structure.roundness) * 100) / 100,
    priority: priorityOf(structure),
  };
}

/** By size in parts of the picture's width, taken as 360 mm: about 20 mm and 12 mm. */
function priorityOf(structure: RoundStructure): Exclude<Priority, 'unknown'> {
  if (structure.diameterFraction >= 0.055 && structure.roundness >= 0.7) return 'critical';
  return structure.diameterFraction >= 0.033 ? 'urgent' : 'routine';
}

function attenuationOf(grey: number): Attenuation {
  if (grey >= 254) return 'calcified';
  if (grey >= 200) return 'solid';
  return grey >= 180 ? 'part-solid' : 'ground-glass';
}

/**
 * A whole completion with usage by the forecast's own formula.
 *
 * @param request - What was asked.
 * @param row - Catalogue row of the model, for its token rule.
 * @param seen - Size of each picture.
 * @param content - The model's words.
 */
export function complete(request: ChatRequest, row: CatalogueModel, seen: readonly StructureAnswer[], content: string): Completion {
  const { inputTokens, imageTokens } = forecastRequest(row, seen, request.textLength);
  const outputTokens = textTokens(content.length);
  return {
    model: request.model,
    content,
    finishReason: 'stop',
    usage: {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
      prompt_tokens_details: { cached_tokens: 0, image_tokens: imageTokens },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

/**
 * Writes a completion out in the form that was asked for.
 *
 * @param completion - What to say.
 * @param format - Asked for.
 * @param created - Seconds since the epoch.
 */
export function completionBody(completion: Completion, format: AnswerFormat, created: number): Record<string, unknown> {
  const call = { id: 'call_1', type: 'function', function: { name: answerName, arguments: completion.content } };
  const byTool = format === 'tool' && completion.finishReason === 'stop';
  const message = byTool
    ? { role: 'assistant', content: null, refusal: null, tool_calls: [call] }
    : { role: 'assistant', content: completion.content, refusal: null };
  return {
    id: 'chatcmpl-practice',
    object: 'chat.completion',
    created,
    model: completion.model,
    choices: [{ index: 0, message, finish_reason: byTool ? 'tool_calls' : completion.finishReason }],
    ...(completion.usage === null ? {} : { usage: completion.usage }),
  };
}
