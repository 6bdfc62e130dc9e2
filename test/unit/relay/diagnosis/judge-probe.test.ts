import { describe, expect, it } from 'vitest';
import { diagnosisCheckNames } from '../../../../src-shared/domain/diagnosis.ts';
import type { DiagnosisCheckName } from '../../../../src-shared/domain/diagnosis.ts';
import type { ErrorCode } from '../../../../src-shared/domain/errors.ts';
import { isAboutModel, judgeProbe } from '../../../../src-main/relay/diagnosis/judge-probe.ts';
import type { ProbeAnswer } from '../../../../src-main/relay/diagnosis/probe-evidence.ts';
import { answerWith, catalogue, numbers, right, sheet, usage } from './probe-fixture.ts';

function judged(answer: ProbeAnswer) {
  const { state, checks } = judgeProbe({ kind: 'answer', answer }, catalogue);
  const of = (name: DiagnosisCheckName): string => checks.filter((one) => one.name === name).map((one) => `${one.state} ${one.code}`).join();
  return { state, of, checks };
}
const words = answerWith().textLength.words;
const [first = 0, second = 0] = numbers;
const busy = sheet.tiles.filter(({ discs }) => discs.length === 2).map(({ number }) => number);
const single = sheet.tiles.find(({ discs }) => discs.length === 1)?.number ?? 0;
const empty = sheet.tiles.find(({ discs }) => discs.length === 0)?.number ?? 0;
const region = (tile: number, attenuation = 'solid') => ({ tile, attenuation, certainty: 'high' });
const without = (tile: number) => right.regions.filter((one) => one['tile'] !== tile);

describe('judgeProbe', () => {
  it('passes a sound answer, with one line for each check in their order', () => {
    const { state, checks } = judged(answerWith());
    expect(checks.map(({ name }) => name)).toEqual(diagnosisCheckNames);
    expect(checks.filter((one) => one.state !== 'passed').map(({ name }) => name)).toEqual(['detail']);
    expect(state).toBe('passed');
  });

  it.each<[string, Partial<ProbeAnswer> & { said?: typeof right; content?: string }, DiagnosisCheckName, string, string]>([
    // vision
    ['sees discs where none are and none where some are', { said: { ...right, regions: [region(empty)] } }, 'vision', 'failed vision-wrong', 'failed'],
    ['says nothing is to be seen', { said: { ...right, regions: [] } }, 'vision', 'failed vision-wrong', 'failed'],
    ['says the same of every tile', { said: { ...right, regions: numbers.map((tile) => region(tile)) } }, 'vision', 'failed vision-wrong', 'failed'],
    ['counts one tile wrong', { said: { ...right, regions: [...without(busy[0] ?? 0), region(busy[0] ?? 0)] } }, 'vision', 'doubt vision-partly', 'passed-with-doubts'],
    ['counts two tiles wrong', { said: { ...right, regions: [...right.regions, region(single), region(busy[0] ?? 0)] } }, 'vision', 'failed vision-wrong', 'failed'],
    ['misses the only disc of a tile', { said: { ...right, regions: without(single) } }, 'vision', 'failed vision-wrong', 'failed'],
    ['cannot make one tile out', { said: { ...right, seen: numbers.filter((one) => one !== single), unclear: [single], regions: without(single) } }, 'vision', 'doubt vision-partly', 'passed-with-doubts'],
    ['declines', { content: '', choice: { finishReason: 'content_filter', content: '', toolArguments: null, refused: true } }, 'vision', 'failed answer-refused', 'failed'],
    ['declines in words', { content: "I'm sorry, but I can't provide a medical diagnosis." }, 'vision', 'failed answer-refused', 'failed'],
    // numbers
    ['sees everything under other numbers', { said: { ...right, regions: right.regions.map((one) => ({ ...one, tile: numbers[(numbers.indexOf(Number(one['tile'])) + 1) % 6] })) } }, 'numbers', 'failed numbers-mixed-up', 'failed'],
    ['counts 1 to 6 instead of reading', { said: { ...right, seen: [1, 2, 3, 4, 5, 6], regions: [] } }, 'numbers', 'failed numbers-foreign', 'failed'],
    ['leaves a number out', { said: { ...right, seen: numbers.slice(1), regions: without(first) } }, 'numbers', 'doubt numbers-missing', 'passed-with-doubts'],
    ['leaves two numbers out', { said: { ...right, seen: numbers.slice(2), regions: without(first).filter((one) => one['tile'] !== second) } }, 'numbers', 'failed numbers-missing', 'failed'],
    // brightness
    ['calls all discs bright', { said: { ...right, regions: right.regions.map((one) => ({ ...one, attenuation: 'solid' })) } }, 'brightness', 'doubt brightness-partly', 'passed-with-doubts'],
    ['cannot tell how bright', { said: { ...right, regions: right.regions.map((one) => ({ ...one, attenuation: 'indeterminate' })) } }, 'brightness', 'passed ok', 'passed'],
    // code
    ['answers another request', { said: { ...right, request: 'OTHER' } }, 'code', 'failed code-wrong', 'failed'],
    // json
    ['is asked by words alone', { format: 'prompt' }, 'json', 'doubt json-prompt-only', 'passed-with-doubts'],
    ['needs a plainer form than known', { format: 'json-object' }, 'json', 'doubt json-lower-form', 'passed-with-doubts'],
    ['answers in prose', { content: 'There are some bright discs.' }, 'json', 'failed answer-not-json', 'failed'],
    ['is cut off', { content: JSON.stringify(right).slice(0, 60) }, 'json', 'failed answer-truncated', 'failed'],
    ['is blank', { content: '  ' }, 'json', 'failed answer-empty', 'failed'],
    ['keeps to another form', { content: '{"request":"CODE","tiles":[]}' }, 'json', 'failed answer-invalid', 'failed'],
    ['has to be mended', { content: JSON.stringify(right).replace('"unclear"', 'unclear') }, 'json', 'doubt json-mended', 'passed-with-doubts'],
    // usage and tokens
    ['has no usage', { usage: null }, 'usage', 'doubt usage-missing', 'passed-with-doubts'],
    ['was charged 46 tokens in all', { usage: usage(46) }, 'image-tokens', 'failed answer-blind', 'failed'],
    ['was charged 114 tokens in all', { usage: usage(114) }, 'image-tokens', 'failed answer-blind', 'failed'],
    ['was charged its words alone', { usage: usage(Math.round(words / 4)) }, 'image-tokens', 'failed answer-blind', 'failed'],
    ['reports no image tokens', { usage: usage(1800, 0) }, 'image-tokens', 'failed answer-blind', 'failed'],
    ['is counted flat by new-api', { usage: usage(520 + Math.round(words / 4)) }, 'image-tokens', 'doubt usage-made-up', 'passed-with-doubts'],
    ['takes twice as much for pictures', { usage: usage(2600, 1900) }, 'image-tokens', 'doubt image-tokens-differ', 'passed-with-doubts'],
    ['takes three times as much in all', { usage: usage(4500) }, 'image-tokens', 'doubt image-tokens-differ', 'passed-with-doubts'],
    ['has no published rule', { model: 'some-vision-model' }, 'image-tokens', 'not-checked no-published-rule', 'passed'],
    // detail
    ['charges another level as published', { detail: { detail: 'low', expectedChange: -700, reportedChange: -680 } }, 'detail', 'passed ok', 'passed'],
    ['charges another level the same', { detail: { detail: 'low', expectedChange: -700, reportedChange: 0 } }, 'detail', 'doubt detail-ignored', 'passed-with-doubts'],
    ['charges another level more instead of less', { detail: { detail: 'low', expectedChange: -700, reportedChange: 400 } }, 'detail', 'doubt detail-other', 'passed-with-doubts'],
    ['does not answer about another level', { detail: { detail: 'low', expectedChange: -700, reportedChange: null } }, 'detail', 'not-checked not-reached', 'passed'],
    // identity
    ['is named with prefix and date', { modelServed: 'openai/gpt-6-luna-2026-09-01' }, 'identity', 'passed ok', 'passed'],
    ['is another model of the catalogue', { modelServed: 'gpt-5.4-nano' }, 'identity', 'failed model-other', 'failed'],
    ['is a text-only model', { modelServed: 'deepseek-v3.2' }, 'identity', 'failed model-without-vision', 'failed'],
    ['is a name that nobody knows', { modelServed: 'house-blend' }, 'identity', 'doubt model-other-name', 'passed-with-doubts'],
    ['is not named', { modelServed: null }, 'identity', 'doubt model-unnamed', 'passed-with-doubts'],
    ['is the one that took over', { model: 'gemini-2.5-flash', modelServed: 'gemini-3.5-flash-lite' }, 'identity', 'doubt model-rerouted', 'passed-with-doubts'],
    ['has the unknown name that was asked for', { model: 'some-vision-model', modelServed: 'relay/some-vision-model:free' }, 'identity', 'passed ok', 'passed'],
    // latency
    ['takes just a minute', { latencyMs: 60_000 }, 'latency', 'passed ok', 'passed'],
    ['takes longer than a minute', { latencyMs: 60_001 }, 'latency', 'doubt slow', 'passed-with-doubts'],
  ])('a model that %s', (_, change, name, line, state) => {
    const verdict = judged(answerWith(change));
    expect([verdict.of(name), verdict.state]).toEqual([line, state]);
  });

  it.each<[ErrorCode, DiagnosisCheckName, boolean]>([
    ['relay-redirected', 'connection', false], ['relay-portal', 'connection', false], ['relay-tls', 'connection', false], ['relay-proxy', 'connection', false],
    ['relay-unreachable', 'connection', false], ['relay-unauthorised', 'connection', false], ['relay-payment', 'connection', false], ['relay-failed', 'connection', false],
    ['model-without-vision', 'vision', true], ['answer-refused', 'vision', true], ['model-retired', 'identity', true], ['relay-model-unknown', 'identity', true], ['answer-empty', 'json', true],
  ])('names %s at the line of the %s', (code, name, aboutModel) => {
    const verdict = judgeProbe({ kind: 'none', code }, catalogue);
    expect(verdict.state).toBe('failed');
    expect(verdict.checks.filter(({ state }) => state === 'failed')).toMatchObject([{ name, code }]);
    expect(isAboutModel(verdict)).toBe(aboutModel);
  });

  it('says nothing of what it could not look at', () => {
    const { checks } = judged(answerWith({ content: 'prose', detail: 'not-asked' }));
    expect(checks.filter(({ state }) => state === 'not-checked').map(({ name }) => name)).toEqual(['code', 'vision', 'numbers', 'brightness', 'detail']);
  });
});
