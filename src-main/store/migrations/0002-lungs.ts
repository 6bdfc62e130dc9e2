/**
 * Tiles may lie outside of the lungs, and a reading keeps where its lungs are.
 *
 * SQLite cannot change a CHECK: the tiles move into a table that allows the new state.
 */
export const lungs = `
CREATE TABLE tile_with_lungs (
  reading_id TEXT NOT NULL REFERENCES reading (id),
  slice_index INTEGER NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  instance_number INTEGER,
  position_mm REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'answered', 'valid', 'refused', 'failed', 'outside-lungs')),
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
INSERT INTO tile_with_lungs (
  reading_id, slice_index, sop_instance_uid, instance_number, position_mm, state, reason, png_sha256, columns, rows, affine_json,
  body_midline_mm, request_id, answer_json
) SELECT
  reading_id, slice_index, sop_instance_uid, instance_number, position_mm, state, reason, png_sha256, columns, rows, affine_json,
  body_midline_mm, request_id, answer_json
FROM tile;
DROP TABLE tile;
ALTER TABLE tile_with_lungs RENAME TO tile;
CREATE INDEX tile_by_request ON tile (request_id);

CREATE TABLE lung_outline (
  reading_id TEXT PRIMARY KEY REFERENCES reading (id),
  kind TEXT NOT NULL CHECK (kind IN ('lungs', 'body')),
  reason TEXT,
  notes_json TEXT NOT NULL,
  right_ml REAL NOT NULL,
  left_ml REAL NOT NULL,
  from_index INTEGER,
  to_index INTEGER,
  from_mm REAL,
  to_mm REAL,
  slice_count INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  slices INTEGER NOT NULL,
  step_json TEXT NOT NULL,
  labels_deflated BLOB NOT NULL
) STRICT;
`;
