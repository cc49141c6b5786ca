/**
 * Changes that nobody is known to hold, until a manager has seen it; and what finds checks that need a person without reading all of
 * them. `needed` is a vector as JSON, of the ops that were named; NULL when only their number is known.
 */
export const LOSSES = `
  CREATE TABLE loss (
    id TEXT PRIMARY KEY,
    register TEXT NOT NULL,
    name TEXT NOT NULL,     -- as it was called then
    how TEXT NOT NULL,
    count INTEGER NOT NULL,
    needed TEXT,
    heard_at INTEGER,
    since INTEGER NOT NULL,
    seen_at INTEGER         -- by a manager
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX check_flagged ON check_summary (changed_at) WHERE flagged = 1;
  CREATE INDEX check_by_number ON check_summary (json_extract(summary, '$.number'));
`;
