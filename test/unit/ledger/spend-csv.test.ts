import { describe, expect, it } from 'vitest';
import { spendCsvLines } from '../../../src-main/ledger/spend-csv.ts';
import { epochMs, microUsd } from '../../../src-shared/domain/units.ts';
import type { AttemptRecord } from '../../../src-shared/domain/attempt.ts';

const attempt: AttemptRecord = {
  id: 'a1', readingId: 'r1', requestId: 'q1', relayName: 'practice', modelRequested: 'm', modelServed: 'm', state: 'settled',
  reservedAt: epochMs(Date.parse('2026-11-23T10:00:00Z')), sentAt: null, endedAt: null, httpStatus: 200, outcome: 'ok',
  usage: { inputTokens: 10, cachedInputTokens: 2, outputTokens: 3, reasoningTokens: 0, imageTokens: null, source: 'relay' },
  costMicroUsd: microUsd(5), maxCostMicroUsd: microUsd(9), costSource: 'price-row', billingMonth: '2026-11',
};

describe('spendCsvLines', () => {
  it('writes the header and one line per attempt, each ending in CRLF', () => {
    const lines = spendCsvLines([attempt]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe("a1,r1,practice,m,m,settled,2026-11-23T10:00:00Z,,200,ok,10,2,3,relay,5,9,price-row\r\n");
    expect(lines.every((line) => line.endsWith('\r\n'))).toBe(true);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('defuses a formula in %j', (modelServed) => {
    const cell = spendCsvLines([{ ...attempt, modelServed }])[1] ?? '';
    expect(cell).toContain(`'${modelServed}`);
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(spendCsvLines([{ ...attempt, modelServed: 'a,"b"\nc' }])[1]).toContain('"a,""b""\nc"');
  });
});
