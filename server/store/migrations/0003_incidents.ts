/**
 * One row for each incident, from its opening to its end. Times are milliseconds since 1970. What the store need not look into is
 * JSON in `rest`, so that an incident may gain a field without a migration.
 */
export const INCIDENTS = `
  CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    resolved_at INTEGER,
    rest TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incidents_by_end ON incidents (resolved_at);
`;
