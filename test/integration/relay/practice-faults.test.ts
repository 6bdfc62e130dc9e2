import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { checkControls } from '../../../src-main/relay/controls.ts';
import { readEnvelope } from '../../../src-main/relay/envelope.ts';
import { faultsNamed } from '../../../src-main/relay/practice-relay/fault-names.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { createStructureFinder } from '../../../src-main/relay/practice-relay/structure-finder.ts';
import { replayAnswer } from '../../../src-main/relay/replay.ts';
import type { TileRequest } from '../../../src-main/relay/tile-request.ts';
import { phantomRequest } from '../../helpers/phantom-request.ts';
import { bodyOf, post } from './post-request.ts';

/** Tiles 1 and 3 hold something, 2 and 4 nothing; two pictures of two. */
const sound = ['1:1', '2:0', '3:1', '4:0'];
const finder = createStructureFinder();
let request: TileRequest;

beforeAll(async () => { request = await phantomRequest(4, 'practice-vision', 2); });
afterAll(() => finder.close());

/** What is read of the answer to a request with faults, tile by tile. */
async function readWith(names: string, format: 'tool' | 'prompt' = 'prompt') {
  const relay = await startPracticeRelay({ finder, faults: { script: [faultsNamed(names)] } });
  try {
    const { text } = await post(relay, bodyOf(request, format));
    return { text, ...replayAnswer(request, text, shippedCatalogue()) };
  } finally {
    await relay.close();
  }
}
function every(state: string): readonly string[] {
  return [1, 2, 3, 4].map((number) => `${String(number)}:${state}`);
}
function firstOf(state: string): readonly string[] {
  return [`1:${state}`, ...sound.slice(1)];
}

const table: readonly (readonly [string, readonly string[]])[] = [
  ['none', sound], ['fenced', sound], ['prose', sound], ['thinking', sound], ['parts', sound], ['bom', sound], ['same-twice', sound], ['mendable', sound], ['other-spelling', sound], ['finish:eos', sound],
  ['deep-body:100000', sound], ['proto-body', sound], ['hostile-around:html', sound], ['hostile-around:bidi', sound], ['hostile-around:control', sound], ['usage:missing', sound], ['usage:inflated', sound], ['other-model:gpt-6-luna', sound],
  ['hostile-around:instruction+usage:zero+fenced', sound],
  ['truncated-json', every('answer-truncated')], ['cut-json', every('answer-truncated')], ['finish:length', every('answer-truncated')], ['finish:max_tokens', every('answer-truncated')],
  ['invalid-json', every('answer-not-json')], ['elided', every('answer-not-json')], ['proto', every('answer-not-json')], ['not-json', every('answer-not-json')], ['stream', every('answer-not-json')], ['empty-body', every('answer-not-json')], ['html', every('answer-not-json')],
  ['blank', every('answer-empty')], ['no-choices', every('answer-empty')], ['null-message', every('answer-empty')], ['other-tool', every('answer-empty')],
  ['two-objects', every('answer-invalid')], ['duplicate-key', every('answer-invalid')], ['deep-nesting:200', every('answer-invalid')], ['deep-nesting:50000', every('answer-invalid')], ['huge-string:1100000', every('answer-invalid')],
  ['wrong-code', every('answer-invalid')], ['foreign-tile', every('answer-invalid')], ['invents-tiles', every('answer-invalid')], ['numbers-as-text', every('answer-invalid')], ['extra-field', every('answer-invalid')], ['missing-field', every('answer-invalid')],
  ['doubled-numbers', every('answer-invalid')], ['missing-tile', firstOf('answer-invalid')], ['duplicate-tile', firstOf('answer-invalid')], ['both-lists', firstOf('answer-invalid')], ['bad-tile', firstOf('answer-invalid')],
  ['foreign-words', firstOf('answer-invalid')], ['coordinates', firstOf('answer-invalid')], ['many-regions', firstOf('answer-invalid')], ['unclear-with-region', firstOf('answer-invalid')],
  ['hostile-words:html', firstOf('answer-invalid')], ['hostile-words:bidi', firstOf('answer-invalid')], ['hostile-words:control', firstOf('answer-invalid')], ['hostile-words:formula', firstOf('answer-invalid')],
  ['skips-tiles', ['1:1', '2:answer-invalid', '3:1', '4:answer-invalid']], ['unseen-tile', firstOf('answer-refused')], ['all-unclear', every('answer-refused')],
  ['refusal:field', every('answer-refused')], ['refusal:filter', every('answer-refused')], ['refusal:prose', every('answer-refused')], ['finish:content_filter', every('answer-refused')],
  ['blind', every('answer-blind')], ['usage:text-only', every('answer-blind')], ['usage:no-image-tokens', every('answer-blind')], ['other-model:deepseek-v3.2', every('answer-blind')],
  ['blank-positive', ['1:1', '2:1', '3:1', '4:1']], ['nothing-seen', ['1:0', '2:0', '3:0', '4:0']],
];

describe('reading answers with faults', () => {
  it.each(table)('%s', async (names, expected) => {
    const { answers } = await readWith(names);
    expect([...answers].map(([number, answer]) => `${String(number)}:${answer.state === 'valid' ? String(answer.regions.length) : answer.code}`)).toEqual(expected);
  });
  it.each(['two-objects', 'elided', 'skips-tiles', 'deep-nesting:200', 'none'])('reads %s by tool like by words', async (names) => {
    expect((await readWith(names, 'tool')).answers).toEqual((await readWith(names)).answers);
  });
  it('flags what it mended', async () => {
    expect([(await readWith('mendable')).repaired, (await readWith('none')).repaired]).toEqual([true, false]);
  });
  it('lets no hostile text through, whatever it tries', async () => {
    for (const how of ['html', 'script', 'link', 'bidi', 'control', 'formula', 'instruction']) {
      const { answers } = await readWith(`hostile-words:${how}+hostile-around:${how}`);
      // Nothing but the profile's words, certainties, states and codes is left.
      expect(JSON.stringify([...answers])).toMatch(/^[a-z0-9{}[\]",:-]*$/i);
    }
  });
  it('makes the words of an error fit to be shown', async () => {
    const { text } = await readWith('error-in-200:0');
    const envelope = readEnvelope(text.replace('the upstream channel failed', '<script>alert(1)</script>\\u202E\\u0000 https://evil.example/x'));
    expect(envelope.kind === 'error' && envelope.said).toBe('<script>alert(1)</script> [address]');
  });
  it('finds out who calls blanks positive, by the controls', async () => {
    const controls = { blanks: [2], nodules: [3] };
    expect(checkControls((await readWith('blank-positive')).answers, controls)).toMatchObject({ ok: false, blankCalledPositive: 1, noduleMissed: 0 });
    expect(checkControls((await readWith('nothing-seen')).answers, controls)).toMatchObject({ ok: true, blankCalledPositive: 0, noduleMissed: 1 });
    expect(checkControls((await readWith('none')).answers, controls)).toMatchObject({ ok: true, blankCalledPositive: 0, noduleMissed: 0 });
  });
});
