/**
 * The device searches exams itself: its search and candidates are kept, a reading may ask no relay, and a tile may have been
 * searched by the device alone.
 *
 * SQLite cannot change a CHECK: the tiles move into a table that allows the new state.
 */
export const deviceSearch = `
ALTER TABLE reading ADD COLUMN plan TEXT NOT NULL DEFAULT 'relay' CHECK (plan IN ('relay', 'device-only'));

CREATE TABLE tile_with_search (
  reading_id TEXT NOT NULL REFERENCES reading (id),
  slice_index INTEGER NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  instance_number INTEGER,
  position_mm REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'answered', 'valid', 'refused', 'failed', 'outside-lungs', 'searched')),
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
INSERT INTO tile_with_search (
  reading_id, slice_index, sop_instance_uid, instance_number, position_mm, state, reason, png_sha256, columns, rows, affine_json,
  body_midline_mm, request_id, answer_json
) SELECT
  reading_id, slice_index, sop_instance_uid, instance_number, position_mm, state, reason, png_sha256, columns, rows, affine_json,
  body_midline_mm, request_id, answer_json
FROM tile;
DROP TABLE tile;
ALTER TABLE tile_with_search RENAME TO tile;
CREATE INDEX tile_by_request ON tile (request_id);

-- A row that is still 'running' when nothing runs was left by a crash: the exam is searched again.
CREATE TABLE candidate_search (
  reading_id TEXT PRIMARY KEY REFERENCES reading (id),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  started_at INTEGER NOT NULL,
  searched_slices INTEGER NOT NULL,
  missed_json TEXT NOT NULL,
  spacing_note TEXT,
  found_count INTEGER NOT NULL,
  took_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE candidate (
  reading_id TEXT NOT NULL REFERENCES reading (id),
  rank INTEGER NOT NULL,
  candidate_json TEXT NOT NULL,
  axial_sha256 TEXT,
  coronal_sha256 TEXT,
  sagittal_sha256 TEXT,
  PRIMARY KEY (reading_id, rank)
) STRICT;
`;
