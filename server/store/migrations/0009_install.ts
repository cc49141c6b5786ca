/**
 * What an installer leaves behind: answers (the newest to each question), photos, walk tests and signed reports. A photo stays when its answer
 * changes: a report that was signed with it shows it still.
 */
export const INSTALL = `
  CREATE TABLE survey_answer (
    at TEXT PRIMARY KEY,    -- question and register
    answer TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE survey_photo (
    id TEXT PRIMARY KEY,
    media TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE walk (
    id TEXT PRIMARY KEY,
    done_at INTEGER NOT NULL,
    result TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX walk_by_age ON walk (done_at);

  CREATE TABLE install_report (
    id TEXT PRIMARY KEY,
    made_at INTEGER NOT NULL,
    head TEXT NOT NULL,
    report TEXT NOT NULL
  ) STRICT;
  CREATE INDEX install_report_by_age ON install_report (made_at);
`;
