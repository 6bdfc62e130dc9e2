import { describe, expect, it } from 'vitest';
import type { PlannedRequest } from '../../../../src-shared/domain/request-plan.ts';
import { forecastPlanned, sumForecasts } from '../../../../src-main/reading/plan/forecast-plan.ts';
import { planReading } from '../../../../src-main/reading/plan/plan-reading.ts';
import { imageTokens } from '../../../../src-main/relay/image-tokens.ts';
import { inputOf, millionPrice, modelOf } from './plan-fixture.ts';

const input = inputOf({ mode: 'sweep' });
const planned: PlannedRequest = planReading(input).requests[0]!.planned;

describe('forecastPlanned', () => {
  it('counts the pictures by the model\'s rule', () => {
    for (const id of ['gpt-6-luna', 'gpt-4.1', 'claude-haiku-5.5']) {
      const model = modelOf(id);
      const tokens = planned.pictures.reduce((sum, { columns, rows }) => sum + imageTokens(model.tokenRule, columns, rows, model.parameters.imageDetail).expected, 0);
      expect(forecastPlanned(planned, { ...input, model }).imageTokens).toBe(tokens);
    }
  });

  it('prices tokens in and out', () => {
    const { inputTokens, outputTokens, costMicroUsd } = forecastPlanned(planned, input);
    for (const level of ['low', 'expected', 'high'] as const) expect(costMicroUsd![level]).toBe(inputTokens[level] + 5 * outputTokens[level]);
  });

  it('asks for the price of a request of its own size', () => {
    const dearer = { ...millionPrice, inputMicroUsdPerMillion: 2_000_000 };
    const { expected } = forecastPlanned(planned, input).inputTokens;
    const tiered = forecastPlanned(planned, { ...input, priceFor: (tokens) => (tokens > expected ? dearer : millionPrice) });
    const plain = forecastPlanned(planned, input);
    expect(tiered.costMicroUsd!.expected).toBe(plain.costMicroUsd!.expected);
    expect(tiered.costMicroUsd!.high).toBe(plain.costMicroUsd!.high + plain.inputTokens.high);
  });

  it('multiplies all input by the correction that was learnt', () => {
    const [plain, corrected] = [forecastPlanned(planned, input), forecastPlanned(planned, { ...input, correction: 1.5 })];
    expect(corrected.inputTokens.expected).toBe(Math.ceil(1.5 * plain.inputTokens.expected));
    expect(corrected.imageTokens).toBe(Math.ceil(1.5 * plain.imageTokens));
    expect(corrected.outputTokens).toEqual(plain.outputTokens);
  });

  it('has room in the high figure for all that may be written', () => {
    const model = modelOf('gpt-5.4-mini');
    const { outputTokens } = forecastPlanned(planned, { ...input, model });
    expect(outputTokens.high).toBeGreaterThan(model.parameters.reasoningAllowanceTokens);
    expect(outputTokens.low).toBeLessThan(outputTokens.expected);
  });
});

describe('sumForecasts', () => {
  it('adds nothing up to nothing, at no cost', () => {
    expect(sumForecasts([])).toMatchObject({ requests: 0, imageTokens: 0, costMicroUsd: { low: 0, expected: 0, high: 0 } });
  });

  it('does not know the cost where that of one request is unknown', () => {
    const known = forecastPlanned(planned, input);
    expect(sumForecasts([known, known]).costMicroUsd!.expected).toBe(2 * known.costMicroUsd!.expected);
    expect(sumForecasts([known, { ...known, costMicroUsd: null }]).costMicroUsd).toBeNull();
  });
});
