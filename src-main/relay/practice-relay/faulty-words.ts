import { textTokens } from '../forecast.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Completion, Report, TileReport } from './completion.ts';
import type { Fault } from './faults.ts';

/**
 * What a model with a fault would report.
 *
 * @param report - What a sound one reports.
 * @param fault - How to go wrong; faults of other kinds leave the report alone.
 */
export function faultyReport(report: Report, fault: Fault): unknown {
  const [first, ...rest] = report.tiles;
  if (first === undefined) return report;
  switch (fault.kind) {
    case 'wrong-code': return { ...report, request: 'another-request' };
    case 'missing-tile': return { ...report, tiles: rest };
    case 'duplicate-tile': return { ...report, tiles: [first, first, ...rest] };
    case 'foreign-tile': return { ...report, tiles: report.tiles.map((tile) => ({ ...tile, tile: tile.tile - 1 })) };
    case 'bad-tile': return { ...report, tiles: [{ ...first, regions: [{ box: [1, 2, 3], attenuation: 'shiny', confidence: 85, priority: 'x' }] }, ...rest] };
    case 'unseen-tile': return { ...report, tiles: [{ ...first, seen: false, regions: [] }, ...rest] };
    // A model that never saw the pictures says the same of each.
    case 'blind': return { ...report, tiles: report.tiles.map((tile) => ({ ...tile, regions: [inventedRegion()] })) };
    default: return report;
  }
}

function inventedRegion(): TileReport['regions'][number] {
  return { box: [400, 400, 450, 450], attenuation: 'solid', confidence: 0.9, priority: 'urgent' };
}

/**
 * The completion of a model with a fault in its words.
 *
 * @param completion - What a sound one answers.
 * @param fault - How to go wrong.
 * @param request - What was asked.
 */
export function faultyCompletion(completion: Completion, fault: Fault, request: ChatRequest): Completion {
  const { content } = completion;
  switch (fault.kind) {
    case 'truncated-json': return { ...completion, content: content.slice(0, Math.floor(content.length * 0.7)), finishReason: 'length' };
    case 'invalid-json': return { ...completion, content: content.replace('"tiles":', '"tiles" =>> ').replaceAll('}', ')') };
    case 'fenced': return { ...completion, content: `\`\`\`json\n${content}\n\`\`\`` };
    case 'prose': return { ...completion, content: `Here is what I see in the {pictures}:\n\n${content}\n\nLet me know if you need more.` };
    case 'thinking': return { ...completion, content: `<think>tile 1 {maybe}?</think>${content}` };
    case 'blank': return { ...completion, content: ' \n '.repeat(20) };
    case 'two-objects': return { ...completion, content: `${content}\n${content.replace('"seen":true,"regions":[', '"seen":true,"regions":[{"box":[1,1,9,9],"attenuation":"solid","confidence":1,"priority":"routine"},').replace(',]', ']')}` };
    case 'duplicate-key': return { ...completion, content: content.replace(/}$/, ',"tiles":[]}') };
    case 'finish': return { ...completion, finishReason: fault.reason };
    case 'other-model': return { ...completion, model: fault.model };
    case 'refusal': return fault.how === 'prose' ? { ...completion, content: "I'm sorry, but I can't provide a medical diagnosis. Please consult a radiologist." } : completion;
    case 'usage': return { ...completion, usage: faultyUsage(completion.usage ?? {}, fault.how) };
    case 'blind': return { ...completion, usage: blindUsage(request, content) };
    default: return completion;
  }
}

function faultyUsage(usage: Readonly<Record<string, unknown>>, how: Extract<Fault, { kind: 'usage' }>['how']): Readonly<Record<string, unknown>> | null {
  switch (how) {
    case 'missing': return null;
    case 'zero': return { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    case 'negative': return { ...usage, prompt_tokens: -1 };
    case 'string': return { ...usage, prompt_tokens: String(usage['prompt_tokens']) };
    case 'huge': return { ...usage, prompt_tokens: Number.MAX_SAFE_INTEGER };
    case 'mismatch': return { ...usage, total_tokens: 7 };
  }
}

function blindUsage(request: ChatRequest, content: string): Readonly<Record<string, unknown>> {
  const prompt = Math.floor(request.words / 5);
  const completion = textTokens(content.length);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
