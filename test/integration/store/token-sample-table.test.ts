import { describe, expect, it } from 'vitest';
import { insertTokenSample, listTokenSamples } from '../../../src-main/store/token-sample-table.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { freshDatabase } from '../../helpers/fresh-database.ts';

const sample = (at: number) => ({ atMs: epochMs(at), forecastTokens: 100 + at, reportedTokens: 200 + at });

describe('token samples', () => {
  it('are kept for each model on each relay, in order, the newest of them only', async () => {
    const database = freshDatabase();
    const here = { relayId: 'first', model: 'luna' };
    const there = { relayId: 'second', model: 'luna' };
    await insertTokenSample(database, there, sample(0), 3);
    // A clock that was set back does not change which ones are the newest.
    for (const at of [1, 9, 2, 3, 4]) await insertTokenSample(database, here, sample(at), 3);
    expect(await listTokenSamples(database, here)).toEqual([sample(2), sample(3), sample(4)]);
    expect(await listTokenSamples(database, there)).toEqual([sample(0)]);
    expect(await listTokenSamples(database, { relayId: 'first', model: 'terra' })).toEqual([]);
  });

  it('without tokens are refused', async () => {
    const database = freshDatabase();
    await expect(insertTokenSample(database, { relayId: 'first', model: 'luna' }, { ...sample(1), reportedTokens: 0 }, 3)).rejects.toThrow('CHECK');
  });
});
