/**
 * Every migration, oldest first. A number is never used twice and never changed once it has been on anyone's disk: what is wrong
 * in one is put right by the next.
 */
import { VENUE } from "./0001_venue.ts";
import { SAMPLES } from "./0002_samples.ts";
import { INCIDENTS } from "./0003_incidents.ts";
import { RETIRED } from "./0004_retired.ts";
import { LOSSES } from "./0005_losses.ts";
import { CHRONICLE } from "./0006_chronicle.ts";
import { NOTICES } from "./0007_notices.ts";
import { DAMAGED } from "./0008_damaged.ts";
import { INSTALL } from "./0009_install.ts";
import { RUNBOOKS } from "./0010_runbooks.ts";
import { SAMPLE_LINES } from "./0011_sample_lines.ts";

export interface Migration {
  readonly version: number; // the number in its file's name
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, sql: VENUE },
  { version: 2, sql: SAMPLES },
  { version: 3, sql: INCIDENTS },
  { version: 4, sql: RETIRED },
  { version: 5, sql: LOSSES },
  { version: 6, sql: CHRONICLE },
  { version: 7, sql: NOTICES },
  { version: 8, sql: DAMAGED },
  { version: 9, sql: INSTALL },
  { version: 10, sql: RUNBOOKS },
  { version: 11, sql: SAMPLE_LINES },
];
