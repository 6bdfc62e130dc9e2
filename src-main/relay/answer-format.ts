import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import { certainties } from '../../src-shared/domain/tile-answer.ts';

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
 *
 * @param profile - Its attributes are the fields of a region.
 */
export function answerJsonSchema(profile: ReadingProfile): Record<string, unknown> {
  const numbers = { type: 'array', items: { type: 'integer' } };
  const region = closedObject({
    tile: { type: 'integer' },
    ...Object.fromEntries(profile.attributes.map(({ name, values }) => [name, { type: 'string', enum: [...values] }])),
    certainty: { type: 'string', enum: [...certainties] },
  });
  return closedObject({ request: { type: 'string' }, seen: numbers, unclear: numbers, regions: { type: 'array', items: region } });
}

function closedObject(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * Fields of the request body that ask for the answer's form.
 *
 * @param format - Rung of the ladder.
 * @param profile - What is asked.
 */
export function answerFormatFields(format: AnswerFormat, profile: ReadingProfile): Record<string, unknown> {
  switch (format) {
    case 'json-schema':
      return { response_format: { type: 'json_schema', json_schema: { name: answerName, strict: true, schema: answerJsonSchema(profile) } } };
    case 'tool':
      return {
        tools: [{ type: 'function', function: { name: answerName, description: 'Reports every tile.', parameters: answerJsonSchema(profile) } }],
        tool_choice: { type: 'function', function: { name: answerName } },
      };
    case 'json-object':
      return { response_format: { type: 'json_object' } };
    case 'prompt':
      return {};
  }
}
