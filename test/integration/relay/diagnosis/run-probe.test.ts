import { describe, expect, it } from 'vitest';
import type { DiagnosisCheckName, DiagnosisStep } from '../../../../src-shared/domain/diagnosis.ts';
import { shippedCatalogue } from '../../../../src-main/relay/catalogue.ts';
import { judgeProbe } from '../../../../src-main/relay/diagnosis/judge-probe.ts';
import { dealProbeSheet } from '../../../../src-main/relay/diagnosis/probe-sheet.ts';
import { runProbe } from '../../../../src-main/relay/diagnosis/run-probe.ts';
import { faultsNamed } from '../../../../src-main/relay/practice-relay/fault-names.ts';
import type { PracticeRelayOptions } from '../../../../src-main/relay/practice-relay/practice-relay.ts';
import { drawProbePicture } from '../../../../src-main/workstation/draw-probe-picture.ts';
import { AppError } from '../../../../src-shared/domain/errors.ts';
import { seeded } from '../../../unit/relay/diagnosis/probe-fixture.ts';
import { relayBench } from '../relay-bench.ts';

const catalogue = shippedCatalogue();
const sheet = dealProbeSheet(seeded(11));
const picture = await drawProbePicture(sheet);

async function bench(options: PracticeRelayOptions = {}, bookFaults: NonNullable<Parameters<typeof relayBench>[1]>['bookFaults'] = {}) {
  const made = await relayBench({ models: 'any', ...options }, { bookFaults });
  const { clock, book, traffic, ladders, target } = made;
  const steps: DiagnosisStep[] = [];
  async function diagnose(model = 'gpt-6-luna', signal?: AbortSignal) {
    const evidence = await runProbe({ clock, book, traffic, ladders, catalogue }, { target, model, catalogue, sheet, picture, nonce: 'abc123' }, {
      onStep: (step) => steps.push(step), ...(signal === undefined ? {} : { signal }),
    });
    const verdict = judgeProbe(evidence, catalogue);
    const line = (name: DiagnosisCheckName): string => verdict.checks.filter((one) => one.name === name).map(({ state, code }) => `${state} ${code}`).join();
    return { ...verdict, line };
  }
  return { ...made, steps, diagnose };
}
const always = (names: string): PracticeRelayOptions => ({ faults: { script: [faultsNamed(names)], repeatLast: true } });

describe('runProbe', () => {
  it('passes a sound model, with one row for the picture and one for another level of detail', async () => {
    const { book, diagnose, steps, relay } = await bench();
    const { state, checks } = await diagnose();
    expect(checks.filter((one) => one.state !== 'passed')).toEqual([]);
    expect([state, relay.requestCount(), steps]).toEqual(['passed', 2, ['asking', 'asking-other-detail']]);
    expect(book.rows.map((row) => [row.state, row.opening.purpose, row.opening.readingId])).toEqual([['settled', 'probe', null], ['settled', 'probe', null]]);
    const [first, second] = book.rows.map((row) => row.end?.usage?.inputTokens ?? 0);
    expect((first ?? 0) - (second ?? 0)).toBeGreaterThan(500);
  });

  it('asks once where a model has no levels of detail', async () => {
    const { diagnose, relay } = await bench();
    expect((await diagnose('claude-haiku-5.5')).line('detail')).toBe('not-checked no-detail-levels');
    expect(relay.requestCount()).toBe(1);
  });

  it('passes an unknown model for what it sees', async () => {
    const { diagnose } = await bench();
    const { state, line } = await diagnose('house-blend');
    expect([state, line('image-tokens'), line('vision')]).toEqual(['passed', 'not-checked no-published-rule', 'passed ok']);
  });

  it.each<[string, DiagnosisCheckName, string, string]>([
    ['blind', 'image-tokens', 'failed answer-blind', 'failed'],
    ['blind', 'vision', 'failed vision-wrong', 'failed'],
    ['usage:text-only', 'image-tokens', 'failed answer-blind', 'failed'],
    ['usage:no-image-tokens', 'image-tokens', 'failed answer-blind', 'failed'],
    ['usage:missing', 'usage', 'doubt usage-missing', 'passed-with-doubts'],
    ['usage:zero', 'usage', 'doubt usage-missing', 'passed-with-doubts'],
    ['usage:inflated', 'image-tokens', 'doubt image-tokens-differ', 'passed-with-doubts'],
    ['other-model:gpt-5.4-nano', 'identity', 'failed model-other', 'failed'],
    ['other-model:house-blend', 'identity', 'doubt model-other-name', 'passed-with-doubts'],
    ['nothing-seen', 'vision', 'failed vision-wrong', 'failed'],
    ['all-unclear', 'vision', 'failed vision-wrong', 'failed'],
    ['foreign-tile', 'numbers', 'failed numbers-foreign', 'failed'],
    ['invents-tiles', 'numbers', 'failed numbers-foreign', 'failed'],
    ['skips-tiles', 'numbers', 'failed numbers-missing', 'failed'],
    ['wrong-code', 'code', 'failed code-wrong', 'failed'],
    ['refusal:field', 'vision', 'failed answer-refused', 'failed'],
    ['refusal:prose', 'vision', 'failed answer-refused', 'failed'],
    ['coordinates', 'numbers', 'doubt numbers-missing', 'passed-with-doubts'],
    ['mendable', 'json', 'doubt json-mended', 'passed-with-doubts'],
    ['invalid-json', 'json', 'failed answer-not-json', 'failed'],
    ['truncated-json', 'json', 'failed answer-truncated', 'failed'],
    ['blank', 'json', 'failed answer-empty', 'failed'],
    ['empty-body', 'json', 'failed answer-empty', 'failed'],
    ['redirect:http://127.0.0.1:1/', 'connection', 'failed relay-redirected', 'failed'],
    ['html', 'connection', 'failed relay-portal', 'failed'],
    ['status:401', 'connection', 'failed relay-unauthorised', 'failed'],
    ['status:402', 'connection', 'failed relay-payment', 'failed'],
    ['status:407', 'connection', 'failed relay-proxy', 'failed'],
    ['status:503', 'connection', 'failed relay-failed', 'failed'],
    ['reset', 'connection', 'failed relay-cut-off', 'failed'],
  ])('%s: %s %s', async (fault, name, line, state) => {
    const { diagnose, book, relay } = await bench(always(fault));
    const verdict = await diagnose();
    expect([verdict.line(name), verdict.state]).toEqual([line, state]);
    // Nothing is tried again, and everything that went out has its row.
    expect(relay.requestCount()).toBe(book.rows.length);
    expect(relay.requestCount()).toBeLessThanOrEqual(2);
  });

  it('names a relay that has no vision for the model, in its own words', async () => {
    const body = '{"error":{"message":"This model does not support image input"}}';
    const { diagnose } = await bench({ faults: { script: [{ kind: 'status', status: 400, body }] } });
    expect((await diagnose()).line('vision')).toBe('failed model-without-vision');
  });

  it('goes down the ladder where forms are refused, which costs nothing, and learns the rung', async () => {
    const { diagnose, book, ladders, target } = await bench({ formats: ['prompt'] });
    const { state, line } = await diagnose();
    expect([state, line('json')]).toEqual(['passed-with-doubts', 'doubt json-prompt-only']);
    expect(book.rows.map((row) => row.end?.billing)).toEqual(['not-billed', 'not-billed', 'not-billed', 'reported', 'reported']);
    expect(ladders.formatFor(target.name, 'gpt-6-luna', 'json-schema')).toBe('prompt');
  });

  it('asks once more in a plainer form where no JSON came, and learns it', async () => {
    const { diagnose, ladders, target, relay, steps } = await bench({ faults: { script: [faultsNamed('invalid-json')] } });
    const { state, line } = await diagnose();
    expect([state, line('json'), relay.requestCount(), steps]).toEqual(['passed-with-doubts', 'doubt json-lower-form', 2, ['asking', 'asking-plainer']]);
    expect(ladders.formatFor(target.name, 'gpt-6-luna', 'json-schema')).toBe('tool');
  });

  it('sends nothing to a model that is known to see nothing, or has ended', async () => {
    const { diagnose, relay } = await bench();
    expect((await diagnose('deepseek-v3.2')).line('vision')).toBe('failed model-without-vision');
    expect(relay.requestCount()).toBe(0);
  });

  it('is called off without a verdict by a person and by the budget', async () => {
    const called = await bench();
    await expect(called.diagnose('gpt-6-luna', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(called.relay.requestCount()).toBe(0);
    const broke = await bench({}, { reserve: () => new AppError('budget-reached', 'the budget') });
    await expect(broke.diagnose()).rejects.toMatchObject({ code: 'budget-reached' });
  });

  it('closes the circuit of a model that answers again', async () => {
    const { diagnose, traffic, target } = await bench();
    const { gate } = traffic.lane(target.id).model('gpt-6-luna');
    for (let index = 0; index < 5; index += 1) gate.note('failed');
    await diagnose();
    expect(gate.state.kind).toBe('closed');
  });
});
