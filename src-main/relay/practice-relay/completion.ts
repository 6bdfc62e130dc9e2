import { answerName } from '../answer-format.ts';
import type { AnswerFormat } from '../answer-format.ts';
import { forecastRequest, textTokens } from '../forecast.ts';
import type { CatalogueModel } from '../model-catalogue.ts';
import type { ChatRequest } from './chat-request.ts';
import type { StructureAnswer } from './structure-worker.ts';

/** A chat completion before it is written out; faults change it. */
export interface Completion {
  readonly model: string;
  readonly content: string;
  readonly finishReason: string;
  readonly usage: Readonly<Record<string, unknown>> | null;
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
  const { purpose, pictures, textLength } = request;
  const tileCount = pictures.reduce((sum, { label }) => sum + label.numbers.length, 0);
  const charged = { ...row, parameters: { ...row.parameters, imageDetail: request.detail } };
  const { inputTokens, imageTokens } = forecastRequest(charged, { purpose, pictures: seen, tileCount, textLength });
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
