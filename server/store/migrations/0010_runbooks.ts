/** Guided runbooks, one row each from its first step to some days after its end. What the store need not look into is JSON. */
export const RUNBOOKS = `
  CREATE TABLE runbook (
    id TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,         -- null: somebody is at it
    run TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
