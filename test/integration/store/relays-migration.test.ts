import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseOfVersion, temporaryFolder } from '../../helpers/fresh-database.ts';

describe('the migration to prices with tiers', () => {
  it('keeps every price and every attempt that was booked by one', () => {
    const path = join(temporaryFolder(), 'lungdesk.sqlite');
    const old = databaseOfVersion(path, 3);
    old.exec(`
      INSERT INTO price VALUES ('luna-1', 'luna', 100000, 10000, 500000, 0, 'test'), ('luna-2', 'luna', 90000, 9000, 400000, 5, 'test');
      INSERT INTO attempt (id, relay_name, model_requested, state, reserved_at, price_id, max_cost_micro_usd, cost_source, billing_month, billing_day)
        VALUES ('a', 'relay', 'luna', 'settled', 1, 'luna-2', 7, 'price-row', '2026-11', '2026-11-23'),
               ('b', 'relay', 'mystery', 'void', 1, NULL, 0, 'free', '2026-11', '2026-11-23');
    `);
    old.close();
    const connection = databaseOfVersion(path, 4);
    expect(connection.prepare('SELECT * FROM price ORDER BY id').all()).toEqual([
      {
        id: 'luna-1', model: 'luna', input_micro_usd_per_million: 100_000, cached_input_micro_usd_per_million: 10_000, cache_write_micro_usd_per_million: 100_000,
        output_micro_usd_per_million: 500_000, above_prompt_tokens: null, peak: 0, effective_from: 0, source: 'test',
      },
      {
        id: 'luna-2', model: 'luna', input_micro_usd_per_million: 90_000, cached_input_micro_usd_per_million: 9_000, cache_write_micro_usd_per_million: 90_000,
        output_micro_usd_per_million: 400_000, above_prompt_tokens: null, peak: 0, effective_from: 5, source: 'test',
      },
    ]);
    expect(connection.prepare('SELECT id, price_id FROM attempt ORDER BY id').all()).toEqual([{ id: 'a', price_id: 'luna-2' }, { id: 'b', price_id: null }]);
    expect(connection.pragma('foreign_key_check')).toEqual([]);
    const insert = connection.prepare(`INSERT INTO attempt (id, relay_name, model_requested, state, reserved_at, price_id, max_cost_micro_usd, cost_source, billing_month, billing_day)
      VALUES ('c', 'relay', 'luna', 'reserved', 1, 'no such price', 0, 'forecast', '2026-11', '2026-11-23')`);
    expect(() => insert.run()).toThrow('FOREIGN KEY');
  });
});
