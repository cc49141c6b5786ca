/**
 * What registers were told to let go. The hub keeps it: an op only bears the number of the word with which it was let go. `writer_head`
 * says where a writer ends whose last ops are not here at all, because this database began after registers had let them go.
 */
export const RETIRED = `
  ALTER TABLE op ADD COLUMN retired INTEGER;
  CREATE INDEX op_by_retired ON op (retired) WHERE retired IS NOT NULL;
  CREATE TABLE writer_head (
    replica TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE number_floor (
    letter TEXT PRIMARY KEY,
    number INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
