import { describe, expect, it } from 'vitest';
import { diagnosisLines, diagnosisOfferLine, diagnosisStepLine } from '../../src-main/diagnosis-text.ts';
import { diagnosisCheckNames, diagnosisCodes } from '../../src-shared/domain/diagnosis.ts';
import type { DiagnosisCheck, RelayDiagnosis } from '../../src-shared/domain/diagnosis.ts';
import { epochMs, microUsd } from '../../src-shared/domain/units.ts';

const forecast = { requests: 2, inputTokens: 2200, outputTokens: 400, costMicroUsd: { expected: microUsd(420), high: microUsd(1_500_000) } };

function diagnosis(checks: readonly DiagnosisCheck[], change: Partial<RelayDiagnosis> = {}): RelayDiagnosis {
  return {
    relayId: 'first', relayName: 'Relay', model: 'gpt-6-luna', modelServed: null, at: epochMs(1), promptVersion: 'p', state: 'passed-with-doubts', checks, requests: 2, forecast,
    cost: { currency: 'USD', knownMicroUsd: microUsd(411), possibleMicroUsd: microUsd(0) }, unpricedAttempts: 0, ...change,
  };
}

describe('diagnosisLines', () => {
  it('tells the outcome, one line a check with what was expected, and the cost', () => {
    expect(diagnosisLines(diagnosis([
      { name: 'connection', state: 'passed', code: 'ok', expected: null, found: null },
      { name: 'vision', state: 'passed', code: 'ok', expected: '6', found: '6' },
      { name: 'image-tokens', state: 'doubt', code: 'image-tokens-differ', expected: '951', found: '1900' },
      { name: 'identity', state: 'failed', code: 'relay-model-unknown', expected: null, found: null },
      { name: 'detail', state: 'not-checked', code: 'not-reached', expected: null, found: null },
    ]))).toEqual([
      'gpt-6-luna on Relay: passed with doubts',
      'ok       connection',
      'ok       tiles seen  6',
      "doubt    for picture 1900 (expected 951)  more than a fifth away from the model's published rule",
      'FAILED   model       relay-model-unknown',
      '-        detail      not looked at: something before it failed',
      '2 requests, $0.000411',
    ]);
  });
  it('tells what may be owed, and what nobody can price', () => {
    const cost = { currency: 'USD', knownMicroUsd: microUsd(0), possibleMicroUsd: microUsd(1_500_000) } as const;
    expect(diagnosisLines(diagnosis([], { requests: 1, cost, unpricedAttempts: 1, state: 'failed' }))).toEqual(['gpt-6-luna on Relay: FAILED', '1 request, $0.00, up to $1.50 possible, and 1 request at a price nobody knows']);
  });
  it('has words for every code', () => {
    const lines = diagnosisLines(diagnosis(diagnosisCodes.filter((code) => code !== 'ok').map((code) => ({ name: 'detail', state: 'doubt', code, expected: null, found: null }))));
    expect(lines.slice(1, -1).filter((line) => !line.includes(' ', 22))).toEqual([]);
    expect(new Set(diagnosisCheckNames).size).toBe(11);
  });
});

describe('diagnosisOfferLine', () => {
  it('says what it will cost before anything is sent', () => {
    expect(diagnosisOfferLine({ relayId: 'first', relayName: 'Relay', model: 'm', forecast })).toBe('asking m on Relay: up to 2 requests, about 2200 tokens in and 400 out, about $0.000420, at most $1.50');
    expect(diagnosisOfferLine({ relayId: 'first', relayName: 'Relay', model: 'm', forecast: { ...forecast, requests: 1, costMicroUsd: null } })).toContain('one request, about 2200 tokens in and 400 out, at a price nobody knows');
  });
});

describe('diagnosisStepLine', () => {
  it('has words for every step', () => {
    expect((['drawing', 'asking', 'asking-plainer', 'asking-other-detail'] as const).map(diagnosisStepLine).filter((line) => line === '')).toEqual([]);
  });
});
