/** The venue, who may sign in, its registers, and the op log. */
export const VENUE = `
-- Single values: venue name, passphrase hash, settings, menu. Values are JSON.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Signed-in browsers. Only a hash of the cookie is kept.
CREATE TABLE sign_in (
  token_hash TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One-time codes by which a register enrols. Only a hash of the code is kept.
CREATE TABLE enrollment (
  code_hash TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

-- Registers, also those un-enrolled: a letter is never given twice, since check numbers begin with it.
CREATE TABLE register (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  letter TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  enrolled_at INTEGER NOT NULL,
  removed_at INTEGER,
  heard_at INTEGER,
  facts TEXT              -- what it last said of itself, JSON; shown again after a restart
) STRICT, WITHOUT ROWID;

-- The op log. One row an op, never changed, never deleted while its check is kept.
CREATE TABLE op (
  replica TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  count INTEGER NOT NULL,
  check_id TEXT,          -- NULL for an op that names no check
  body TEXT NOT NULL,     -- JSON
  received_at INTEGER NOT NULL,
  PRIMARY KEY (replica, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX op_by_check ON op (check_id);

-- Checks that an op ties together (a merge, a move, a division), both ways round: they can only be told as one.
CREATE TABLE check_tie (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- What each check came to, derived from its ops; rebuilt where op_count disagrees.
CREATE TABLE check_summary (
  check_id TEXT PRIMARY KEY,
  op_count INTEGER NOT NULL,
  state TEXT NOT NULL,
  flagged INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  summary TEXT NOT NULL   -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX check_by_change ON check_summary (changed_at);
CREATE INDEX check_by_state ON check_summary (state, changed_at);
`;
