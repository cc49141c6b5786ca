/**
 * A sum of each op, so that a row which the disk has changed is found, and where such rows are put: with their text as it is, so that
 * nothing is destroyed. Rows from before have no sum until they are read for the first time, and were found to say what an op can say.
 */

export const DAMAGED = `
  ALTER TABLE op ADD COLUMN sum INTEGER;
  CREATE TABLE damaged (
    replica TEXT NOT NULL,
    seq INTEGER NOT NULL,
    check_id TEXT,
    why TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sum INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX damaged_by_place ON damaged (replica, seq);
`;
