/** First release: studies, readings with their tiles and requests, the attempt ledger, findings, prices, settings. */
export const initial = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT;

CREATE TABLE watched_folder (id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, added_at INTEGER NOT NULL) STRICT;

CREATE TABLE study (
  id TEXT PRIMARY KEY,
  study_instance_uid TEXT NOT NULL,
  source_path TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  revision INTEGER NOT NULL,
  patient_name TEXT,
  patient_id TEXT,
  study_date TEXT,
  modality TEXT,
  study_description TEXT,
  attribution TEXT,
  ignored_count INTEGER NOT NULL,
  settled_at INTEGER NOT NULL
) STRICT;
CREATE INDEX study_by_uid ON study (study_instance_uid);
CREATE INDEX study_by_content ON study (content_hash);

CREATE TABLE series (
  study_id TEXT NOT NULL REFERENCES study (id),
  series_instance_uid TEXT NOT NULL,
  modality TEXT NOT NULL,
  transfer_syntax_uid TEXT NOT NULL,
  series_number INTEGER,
  series_description TEXT,
  instance_count INTEGER NOT NULL,
  spacing_between_slices_mm REAL,
  chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)),
  rejection_code TEXT,
  rejection_text TEXT,
  PRIMARY KEY (study_id, series_instance_uid)
) STRICT;

CREATE TABLE instance (
  study_id TEXT NOT NULL REFERENCES study (id),
  sop_instance_uid TEXT NOT NULL,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  pixel_sha256 TEXT NOT NULL,
  header_json TEXT NOT NULL,
  PRIMARY KEY (study_id, path)
) STRICT;
CREATE INDEX instance_by_uid ON instance (study_id, sop_instance_uid);

CREATE TABLE reading (
  id TEXT PRIMARY KEY,
  study_id TEXT NOT NULL REFERENCES study (id),
  state TEXT NOT NULL,
  held_for TEXT,
  reason TEXT,
  high_priority INTEGER NOT NULL CHECK (high_priority IN (0, 1)),
  model_override TEXT,
  relay_name TEXT,
  model_requested TEXT,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  priority TEXT NOT NULL,
  crash_count INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  preparing_ms INTEGER NOT NULL,
  reading_ms INTEGER NOT NULL,
  total_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_by_study ON reading (study_id);
CREATE INDEX reading_by_state ON reading (state);

CREATE TABLE transition (
  id INTEGER PRIMARY KEY,
  reading_id TEXT NOT NULL REFERENCES reading (id),
  at INTEGER NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  event TEXT NOT NULL,
  reason TEXT
) STRICT;
CREATE INDEX transition_by_reading ON transition (reading_id, id);

CREATE TABLE problem (
  id INTEGER PRIMARY KEY,
  reading_id TEXT NOT NULL REFERENCES reading (id),
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  sop_instance_uid TEXT,
  lost_slice INTEGER NOT NULL CHECK (lost_slice IN (0, 1))
) STRICT;
CREATE INDEX problem_by_reading ON problem (reading_id, id);

CREATE TABLE request (
  id TEXT PRIMARY KEY,
  reading_id TEXT NOT NULL REFERENCES reading (id),
  ordinal INTEGER NOT NULL,
  nonce TEXT NOT NULL,
  model TEXT NOT NULL,
  tile_count INTEGER NOT NULL,
  from_index INTEGER NOT NULL,
  to_index INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  UNIQUE (reading_id, ordinal)
) STRICT;

CREATE TABLE tile (
  reading_id TEXT NOT NULL REFERENCES reading (id),
  slice_index INTEGER NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  instance_number INTEGER,
  position_mm REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'answered', 'valid', 'refused', 'failed')),
  reason TEXT,
  png_sha256 TEXT,
  columns INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  affine_json TEXT NOT NULL,
  body_midline_mm REAL,
  request_id TEXT REFERENCES request (id),
  answer_json TEXT,
  PRIMARY KEY (reading_id, slice_index)
) STRICT;
CREATE INDEX tile_by_request ON tile (request_id);

CREATE TABLE price (
  id TEXT PRIMARY KEY,
  model TEXT NOT NULL,
  input_micro_usd_per_million INTEGER NOT NULL,
  cached_input_micro_usd_per_million INTEGER NOT NULL,
  output_micro_usd_per_million INTEGER NOT NULL,
  effective_from INTEGER NOT NULL,
  source TEXT NOT NULL,
  UNIQUE (model, effective_from)
) STRICT;

CREATE TABLE attempt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  reading_id TEXT REFERENCES reading (id),
  request_id TEXT REFERENCES request (id),
  relay_name TEXT NOT NULL,
  model_requested TEXT NOT NULL,
  model_served TEXT,
  state TEXT NOT NULL CHECK (state IN ('reserved', 'sent', 'settled', 'estimated', 'void', 'unknown')),
  reserved_at INTEGER NOT NULL,
  sent_at INTEGER,
  ended_at INTEGER,
  http_status INTEGER,
  outcome TEXT,
  input_tokens INTEGER CHECK (input_tokens >= 0),
  cached_input_tokens INTEGER CHECK (cached_input_tokens >= 0),
  output_tokens INTEGER CHECK (output_tokens >= 0),
  reasoning_tokens INTEGER CHECK (reasoning_tokens >= 0),
  image_tokens INTEGER CHECK (image_tokens >= 0),
  usage_source TEXT,
  price_id TEXT REFERENCES price (id),
  cost_micro_usd INTEGER CHECK (cost_micro_usd >= 0),
  max_cost_micro_usd INTEGER NOT NULL CHECK (max_cost_micro_usd >= 0),
  cost_source TEXT NOT NULL,
  billing_month TEXT NOT NULL,
  billing_day TEXT NOT NULL,
  response_body TEXT
) STRICT;
CREATE INDEX attempt_by_month ON attempt (billing_month, billing_day);
CREATE INDEX attempt_by_reading ON attempt (reading_id, request_id);
-- One live attempt per request: a second claim fails instead of paying twice.
CREATE UNIQUE INDEX attempt_live ON attempt (request_id) WHERE state IN ('reserved', 'sent');
CREATE TRIGGER attempt_ended_is_final BEFORE UPDATE ON attempt
WHEN OLD.state IN ('settled', 'estimated', 'void', 'unknown')
BEGIN SELECT RAISE(ABORT, 'an ended attempt never changes'); END;
CREATE TRIGGER attempt_is_kept BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  reading_id TEXT NOT NULL REFERENCES reading (id),
  ordinal INTEGER NOT NULL,
  lobe TEXT NOT NULL,
  side TEXT NOT NULL,
  x_mm REAL NOT NULL,
  y_mm REAL NOT NULL,
  z_mm REAL NOT NULL,
  diameter_tenths_mm INTEGER,
  attenuation TEXT NOT NULL,
  priority TEXT NOT NULL,
  sop_instance_uids_json TEXT NOT NULL,
  regions_json TEXT NOT NULL,
  sources_json TEXT NOT NULL,
  UNIQUE (reading_id, ordinal)
) STRICT;
`;
