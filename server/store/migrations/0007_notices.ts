/**
 * The outbox. A notice has one row from when it was made; its fate is written into it once. `notice_watch` says where each finding stands
 * with each channel, so that a hub that restarts tells nothing twice and still tells the end of what it told. What the store need not
 * look into is JSON.
 */
export const NOTICES = `
  CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    fate TEXT NOT NULL CHECK (fate IN ('waiting', 'sent', 'dropped')),
    rest TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notice_by_age ON notice (made_at);
  CREATE INDEX notice_waiting ON notice (fate) WHERE fate = 'waiting';

  CREATE TABLE notice_watch (
    at TEXT PRIMARY KEY,    -- channel and finding
    watch TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
