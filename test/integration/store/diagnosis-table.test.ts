import { describe, expect, it } from 'vitest';
import { isOutOfDate } from '../../../src-shared/domain/diagnosis.ts';
import type { RelayDiagnosis } from '../../../src-shared/domain/diagnosis.ts';
import { epochMs, microUsd } from '../../../src-shared/domain/units.ts';
import { deleteDiagnoses, findDiagnosis, listDiagnoses, putDiagnosis } from '../../../src-main/store/diagnosis-table.ts';
import { freshDatabase } from '../../helpers/fresh-database.ts';

function diagnosis(relayId: string, model: string, at: number, state: RelayDiagnosis['state'] = 'passed'): RelayDiagnosis {
  return {
    relayId, relayName: `Relay ${relayId}`, model, modelServed: null, at: epochMs(at), promptVersion: 'p/1', state, requests: 1,
    checks: [{ name: 'detail', state: 'doubt', code: 'detail-ignored', expected: '-700', found: '0' }],
    forecast: { requests: 2, inputTokens: 1, outputTokens: 2, costMicroUsd: { expected: microUsd(3), high: microUsd(4) } },
    cost: { currency: 'USD', knownMicroUsd: microUsd(5), possibleMicroUsd: microUsd(0) }, unpricedAttempts: 0,
  };
}
const address = 'https://relay.example/v1';

describe('putDiagnosis', () => {
  it('keeps the latest of each relay and model, whole, and lists the newest first', async () => {
    const database = freshDatabase();
    const [first, other, again] = [diagnosis('a', 'm', 1, 'failed'), diagnosis('a', 'n', 2), diagnosis('a', 'm', 3)];
    for (const one of [first, other, again]) await putDiagnosis(database, { diagnosis: one, address });
    expect(await listDiagnoses(database)).toEqual([{ diagnosis: again, address }, { diagnosis: other, address }]);
    expect(await findDiagnosis(database, 'a', 'm')).toEqual({ diagnosis: again, address });
    expect(await findDiagnosis(database, 'b', 'm')).toBeNull();
  });
});

describe('deleteDiagnoses', () => {
  it('forgets one relay and no other', async () => {
    const database = freshDatabase();
    for (const one of [diagnosis('a', 'm', 1), diagnosis('a', 'n', 2), diagnosis('b', 'm', 3)]) await putDiagnosis(database, { diagnosis: one, address });
    await deleteDiagnoses(database, 'a');
    expect((await listDiagnoses(database)).map((one) => one.diagnosis.relayId)).toEqual(['b']);
  });
});

describe('isOutOfDate', () => {
  const day = 24 * 3_600_000;
  it.each([
    [30 * day, 'p/1', false], [30 * day + 1, 'p/1', true], [0, 'p/2', true],
  ])('after %d ms, with the words %s: %s', (after, words, expected) => {
    expect(isOutOfDate(diagnosis('a', 'm', 1000), 1000 + after, words)).toBe(expected);
  });
});
