/**
 * Samples in less room (see 0002). They are keyed by a number for each register and tier, their line, in place of the tier and a name of
 * eight letters. `others` holds three counts that nearly always are 0: late + silent × 2^17 + unknown × 2^34, none over 131071, which is
 * a week of samples in a day. Histograms are carried over as they are: what reads them knows every way in which they were written.
 */
export const SAMPLE_LINES = `
  CREATE TABLE sample_line (
    id INTEGER PRIMARY KEY,
    tier INTEGER NOT NULL,
    register TEXT NOT NULL,
    UNIQUE (tier, register)
  ) STRICT;
  INSERT INTO sample_line (tier, register) SELECT DISTINCT tier, register FROM samples ORDER BY tier, register;

  CREATE TABLE sample (
    line INTEGER NOT NULL REFERENCES sample_line (id),
    t INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    others INTEGER NOT NULL,
    rssi_n INTEGER NOT NULL,
    rssi_sum INTEGER NOT NULL,
    rssi_min INTEGER,
    rtt BLOB NOT NULL,
    PRIMARY KEY (line, t)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO sample
    SELECT id, t, ok, min(late, 131071) + (min(silent, 131071) << 17) + (min(unknown, 131071) << 34),
      rssi_n, rssi_sum, rssi_min, rtt
    FROM sample_line CROSS JOIN samples USING (tier, register) ORDER BY id, t;
  DROP TABLE samples;
`;
