/**
 * What was measured of each register, rolled up in tiers of 5 s, 1 min, 15 min and 1 day (0 to 3). `t` is the start of a period in
 * seconds since 1970. `ok`, `late`, `silent` and `unknown` count the 5 s samples in that state; `rtt` is an encoded histogram.
 * Keyed by register before time, so that one register's chart is one run of pages; without rowid, so that the key is stored once.
 */
export const SAMPLES = `
  CREATE TABLE samples (
    tier INTEGER NOT NULL,
    register TEXT NOT NULL,
    t INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    late INTEGER NOT NULL,
    silent INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    rssi_n INTEGER NOT NULL,
    rssi_sum INTEGER NOT NULL,
    rssi_min INTEGER,
    rtt BLOB NOT NULL,
    PRIMARY KEY (tier, register, t)
  ) STRICT, WITHOUT ROWID;
`;
