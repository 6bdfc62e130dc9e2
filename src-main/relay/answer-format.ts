import { attenuations } from '../../src-shared/domain/finding.ts';
import { priorities } from '../../src-shared/domain/priority.ts';

/** Rungs of the request ladder, from the strictest way of asking for JSON to none at all (facts/relay.md 4.2). */
export const answerFormats = ['json-schema', 'tool', 'json-object', 'prompt'] as const;

/** How a request asks for its answer's form. */
export type AnswerFormat = (typeof answerFormats)[number];

/** Name of the one tool that a model may call, and of the schema. */
export const answerName = 'report_tiles';

/**
 * The rung below.
 *
 * @returns null at the bottom.
 */
export function formatBelow(format: AnswerFormat): AnswerFormat | null {
  return answerFormats[answerFormats.indexOf(format) + 1] ?? null;
}

/**
 * JSON Schema of an answer in the strictest subset that every provider enforces: all fields required, nothing
 * additional, no limits on numbers or lengths (facts/relay.md 4.1). LungDesk checks the limits itself.
 */
export function answerJsonSchema(): Record<string, unknown> {
  const region = closedObject({
    box: { type: 'array', items: { type: 'integer' }, description: 'left, top, right, bottom in thousandths of the picture' },
    attenuation: { type: 'string', enum: [...attenuations] },
    confidence: { type: 'number' },
    priority: { type: 'string', enum: [...priorities] },
  });
  const tile = closedObject({ tile: { type: 'integer' }, seen: { type: 'boolean' }, regions: { type: 'array', items: region } });
  return closedObject({ request: { type: 'string' }, tiles: { type: 'array', items: tile } });
}

function closedObject(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * Fields of the request body that ask for the answer's form.
 *
 * @param format - Rung of the ladder.
 */
export function answerFormatFields(format: AnswerFormat): Record<string, unknown> {
  switch (format) {
    case 'json-schema':
      return { response_format: { type: 'json_schema', json_schema: { name: answerName, strict: true, schema: answerJsonSchema() } } };
    case 'tool':
      return {
        tools: [{ type: 'function', function: { name: answerName, description: 'Reports every tile.', parameters: answerJsonSchema() } }],
        tool_choice: { type: 'function', function: { name: answerName } },
      };
    case 'json-object':
      return { response_format: { type: 'json_object' } };
    case 'prompt':
      return {};
  }
}
