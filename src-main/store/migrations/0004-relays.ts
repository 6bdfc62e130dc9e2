/**
 * Prices have tiers and peak hours, so that a model has several on the same day; what relays report beside forecasts is kept.
 *
 * SQLite cannot drop a UNIQUE: the prices move into a table without it, while the attempts' references to them wait for the
 * end of the transaction.
 */
export const relayTables = `
PRAGMA defer_foreign_keys=ON;
CREATE TABLE price_before AS SELECT * FROM price;
DROP TABLE price;
CREATE TABLE price (
  id TEXT PRIMARY KEY,
  model TEXT NOT NULL,
  input_micro_usd_per_million INTEGER NOT NULL,
  cached_input_micro_usd_per_million INTEGER NOT NULL,
  cache_write_micro_usd_per_million INTEGER NOT NULL,
  output_micro_usd_per_million INTEGER NOT NULL,
  above_prompt_tokens INTEGER,
  peak INTEGER NOT NULL CHECK (peak IN (0, 1)),
  effective_from INTEGER NOT NULL,
  source TEXT NOT NULL
) STRICT;
INSERT INTO price SELECT
  id, model, input_micro_usd_per_million, cached_input_micro_usd_per_million, input_micro_usd_per_million, output_micro_usd_per_million,
  NULL, 0, effective_from, source
FROM price_before;
DROP TABLE price_before;

CREATE TABLE token_sample (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  relay_id TEXT NOT NULL,
  model TEXT NOT NULL,
  at INTEGER NOT NULL,
  forecast_tokens INTEGER NOT NULL CHECK (forecast_tokens > 0),
  reported_tokens INTEGER NOT NULL CHECK (reported_tokens > 0)
) STRICT;
CREATE INDEX token_sample_by_model ON token_sample (relay_id, model, sequence);

-- What a drawn picture proved of a relay's model; it counts for the address that was asked.
CREATE TABLE relay_diagnosis (
  relay_id TEXT NOT NULL,
  model TEXT NOT NULL,
  address TEXT NOT NULL,
  at INTEGER NOT NULL,
  prompt_version TEXT NOT NULL,
  result_json TEXT NOT NULL,
  PRIMARY KEY (relay_id, model)
) STRICT;
`;
