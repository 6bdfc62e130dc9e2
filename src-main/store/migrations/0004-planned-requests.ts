/**
 * A request no longer holds whole slices: it has pictures (sheets) with numbered tiles of their own. What became of a slice
 * is kept apart from what was asked about it.
 *
 * Answers of earlier versions were boxes on slices. Their findings stay; requests that waited are planned anew.
 */
export const plannedRequests = `
CREATE TABLE slice (
  reading_id TEXT NOT NULL REFERENCES reading (id),
  slice_index INTEGER NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  instance_number INTEGER,
  position_mm REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'answered', 'valid', 'refused', 'failed', 'outside-lungs', 'searched')),
  reason TEXT,
  -- 1 where the file could not be made into voxels: then nothing can be asked about it.
  lost INTEGER NOT NULL DEFAULT 0 CHECK (lost IN (0, 1)),
  columns INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  affine_json TEXT NOT NULL,
  body_midline_mm REAL,
  PRIMARY KEY (reading_id, slice_index)
) STRICT;
INSERT INTO slice SELECT
  reading_id, slice_index, sop_instance_uid, instance_number, position_mm,
  CASE WHEN state IN ('sent', 'answered') THEN 'planned' ELSE state END, reason,
  CASE WHEN state = 'failed' AND png_sha256 IS NULL THEN 1 ELSE 0 END,
  columns, rows, affine_json, body_midline_mm
FROM tile;
DROP TABLE tile;

ALTER TABLE request ADD COLUMN purpose TEXT NOT NULL DEFAULT 'slices' CHECK (purpose IN ('slices', 'sweep', 'verify', 'image'));
ALTER TABLE request ADD COLUMN profile TEXT NOT NULL DEFAULT 'chest-ct';
ALTER TABLE request ADD COLUMN mirrored INTEGER NOT NULL DEFAULT 0 CHECK (mirrored IN (0, 1));
-- 0: the first reader, 1: the second, 2: the one who is asked where they differ.
ALTER TABLE request ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;
-- Nothing is on its way while a migration runs, and what these requests held is planned anew.
UPDATE request SET state = 'failed' WHERE state = 'waiting';

CREATE TABLE request_picture (
  request_id TEXT NOT NULL REFERENCES request (id),
  ordinal INTEGER NOT NULL,
  png_sha256 TEXT NOT NULL,
  columns INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  PRIMARY KEY (request_id, ordinal)
) STRICT;

CREATE TABLE tile (
  request_id TEXT NOT NULL REFERENCES request (id),
  number INTEGER NOT NULL,
  picture INTEGER NOT NULL,
  role TEXT NOT NULL,
  candidate_rank INTEGER,
  planned_json TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'valid', 'refused', 'failed')),
  reason TEXT,
  answer_json TEXT,
  model_served TEXT,
  PRIMARY KEY (request_id, number)
) STRICT;

-- In which form a relay's model takes requests for JSON.
CREATE TABLE ladder_lesson (
  relay_id TEXT NOT NULL,
  model TEXT NOT NULL,
  format TEXT NOT NULL,
  learnt_at INTEGER NOT NULL,
  PRIMARY KEY (relay_id, model)
) STRICT;

ALTER TABLE reading ADD COLUMN mode TEXT NOT NULL DEFAULT 'slices' CHECK (mode IN ('sweep-and-verify', 'sweep', 'verify', 'slices'));
ALTER TABLE reading ADD COLUMN forecast_json TEXT;
ALTER TABLE reading ADD COLUMN plan_notes_json TEXT;
ALTER TABLE finding ADD COLUMN located TEXT NOT NULL DEFAULT 'place' CHECK (located IN ('place', 'tile'));
-- 1: of a version whose answers can no longer be read; it stays whatever is read later.
ALTER TABLE finding ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0 CHECK (earlier IN (0, 1));
UPDATE finding SET earlier = 1;
`;
