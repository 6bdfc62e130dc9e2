import { textTokens } from '../forecast.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Completion } from './completion.ts';
import type { Fault } from './faults.ts';
import { hostileTextOf } from './hostile-text.ts';

/**
 * The completion of a model with a fault in its words.
 *
 * @param completion - What a sound one answers.
 * @param fault - How to go wrong; faults of other kinds leave it alone.
 * @param request - What was asked.
 */
export function faultyCompletion(completion: Completion, fault: Fault, request: ChatRequest): Completion {
  const content = faultyContent(completion.content, fault);
  switch (fault.kind) {
    case 'truncated-json': return { ...completion, content, finishReason: 'length' };
    case 'finish': return { ...completion, finishReason: fault.reason };
    case 'other-model': return { ...completion, model: fault.model };
    case 'usage': return { ...completion, usage: faultyUsage(completion, fault.how, request) };
    case 'blind': return { ...completion, usage: textUsage(request, content) };
    default: return { ...completion, content };
  }
}

function faultyContent(content: string, fault: Fault): string {
  switch (fault.kind) {
    case 'truncated-json':
    case 'cut-json': return content.slice(0, Math.floor(content.length * 0.7));
    case 'invalid-json': return content.replace('"seen":', '"seen" =>> ').replaceAll('}', ')');
    // What a lazy model writes, and what mending it would make of it: nothing seen.
    case 'elided': return content.replace(/"regions":\[.*\]/, '"regions":[...]');
    case 'mendable': return content.replace(/\]}$/, '],}').replace('"unclear"', 'unclear');
    case 'fenced': return `\`\`\`json\n${content}\n\`\`\``;
    case 'prose': return `Here is what I see in the {pictures}:\n\n${content}\n\nLet me know if you need more.`;
    case 'thinking': return `<think>tile 1 {maybe}?</think>${content}`;
    case 'blank': return ' \n '.repeat(20);
    case 'two-objects': return `${content}\n${moved(content)}`;
    case 'same-twice': return `${content}\n${content}`;
    case 'duplicate-key': return content.replace(/}$/, ',"regions":[]}');
    case 'proto': return content.replace(/^{/, '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
    case 'deep-nesting': return content.replace(/^{/, `{"note":${'['.repeat(fault.depth)}${']'.repeat(fault.depth)},`);
    case 'huge-string': return content.replace(/^{/, `{"note":"${'x'.repeat(fault.characters)}",`);
    case 'hostile-around': return `${hostileTextOf(fault.how)}\n${content}\n${hostileTextOf(fault.how)}`;
    case 'refusal': return fault.how === 'prose' ? "I'm sorry, but I can't provide a medical diagnosis. Please consult a radiologist." : content;
    default: return content;
  }
}

/** Another answer to the same request: its first tile cannot be made out. */
function moved(content: string): string {
  return content.replace(/"seen":\[(\d+),?/, '"seen":[').replace('"unclear":[]', `"unclear":[${/"seen":\[(\d+)/.exec(content)?.[1] ?? ''}]`);
}

function faultyUsage({ usage, content }: Completion, how: Extract<Fault, { kind: 'usage' }>['how'], request: ChatRequest): Readonly<Record<string, unknown>> | null {
  const input = Number(usage?.['prompt_tokens'] ?? 0);
  const output = Number(usage?.['completion_tokens'] ?? 0);
  switch (how) {
    case 'missing': return null;
    case 'zero': return { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    case 'negative': return { ...usage, prompt_tokens: -1 };
    case 'string': return { ...usage, prompt_tokens: String(input) };
    case 'fraction': return { ...usage, prompt_tokens: input + 0.5 };
    case 'huge': return { ...usage, prompt_tokens: Number.MAX_SAFE_INTEGER };
    case 'mismatch': return { ...usage, total_tokens: 7 };
    case 'inflated': return { prompt_tokens: 3 * input, completion_tokens: output, total_tokens: 3 * input + output };
    case 'text-only': return textUsage(request, content);
    case 'no-image-tokens': return { ...usage, prompt_tokens_details: { cached_tokens: 0, image_tokens: 0 } };
  }
}

/** Of a model that got the words alone. */
function textUsage(request: ChatRequest, content: string): Readonly<Record<string, unknown>> {
  const prompt = Math.floor(request.words / 5);
  const completion = textTokens(content.length);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
