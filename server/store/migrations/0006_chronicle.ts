/**
 * What surrounds incidents: when the hub itself ran, when the venue was worked on, how router and internet were, and what was at stake.
 * Times are milliseconds since 1970, but `t`, which is the start of a period in seconds. Tier 0 is minutes, tier 1 quarters of an hour.
 */
export const CHRONICLE = `
  CREATE TABLE hub_run (
    started_at INTEGER PRIMARY KEY,
    alive_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE maintenance (
    id TEXT PRIMARY KEY,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    words TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- How many looks found it so.
  CREATE TABLE layer_sample (
    tier INTEGER NOT NULL,
    layer TEXT NOT NULL,
    t INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    down INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    PRIMARY KEY (tier, layer, t)
  ) STRICT, WITHOUT ROWID;

  -- The most in a period: of "checks", those that were open; of a register, changes that no other had. None is absent.
  CREATE TABLE stake (
    tier INTEGER NOT NULL,
    subject TEXT NOT NULL,
    t INTEGER NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (tier, subject, t)
  ) STRICT, WITHOUT ROWID;
`;
