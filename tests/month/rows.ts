/** What stands in the database file, read beside the hub and by plain SQL: the hub's own reading is among what is tested. */
import { DatabaseSync } from "node:sqlite";
import { decodeHistogram, histogramCount } from "../../shared/histogram.ts";
import type { Incident } from "../../shared/rules/incident.ts";

export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface SampleRow {
  readonly register: string;
  readonly t: number;
  readonly ok: number;
  readonly late: number;
  readonly silent: number;
  readonly unknown: number;
  readonly rssiN: number;
  readonly rssiSum: number;
  readonly rssiMin: number | null;
  readonly rttN: number;
  readonly rtt: readonly number[];
}

export class Rows {
  readonly #db: DatabaseSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true });
  }

  incidents(): Incident[] {
    const rows = this.#db.prepare("SELECT * FROM incidents ORDER BY opened_at, id").all();
    return rows.map((row) => ({
      ...JSON.parse(String(row["rest"])),
      id: row["id"],
      code: row["code"],
      subject: row["subject"],
      openedAt: Number(row["opened_at"]),
      changedAt: Number(row["changed_at"]),
      ...(row["resolved_at"] === null ? {} : { resolvedAt: Number(row["resolved_at"]) }),
    }));
  }

  runs(): Span[] {
    return this.#spans("SELECT started_at AS a, alive_at AS b FROM hub_run ORDER BY a");
  }

  maintenance(): Span[] {
    return this.#spans("SELECT starts_at AS a, ends_at AS b FROM maintenance ORDER BY a");
  }

  enrolledAt(): Map<string, number> {
    const rows = this.#db.prepare("SELECT id, enrolled_at FROM register").all();
    return new Map(rows.map((row) => [String(row["id"]), Number(row["enrolled_at"])]));
  }

  /** A tier's rows from second `from` on: 0 is raw, 1 minutes, 2 quarters of an hour, 3 days. */
  samples(tier: number, from = 0): SampleRow[] {
    const rows = this.#db.prepare(
      `SELECT *, others & 131071 AS late, others >> 17 & 131071 AS silent, others >> 34 AS unknown
       FROM sample JOIN sample_line ON line = id WHERE tier = ? AND t >= ? ORDER BY register, t`,
    );
    return rows.all(tier, from).map((row) => {
      const rtt = decodeHistogram(row["rtt"] as Uint8Array);
      return {
        ...{ register: String(row["register"]), t: Number(row["t"]), rtt, rttN: histogramCount(rtt) },
        ...{ ok: Number(row["ok"]), late: Number(row["late"]), silent: Number(row["silent"]) },
        ...{ unknown: Number(row["unknown"]), rssiN: Number(row["rssi_n"]), rssiSum: Number(row["rssi_sum"]) },
        rssiMin: row["rssi_min"] === null ? null : Number(row["rssi_min"]),
      };
    });
  }

  /** The oldest period in a table's tier, in seconds since 1970; undefined: it is empty. */
  oldest(table: "samples" | "layer_sample" | "stake", tier: number): number | undefined {
    const from = table === "samples" ? "sample JOIN sample_line ON line = id" : table;
    const row = this.#db.prepare(`SELECT min(t) AS t FROM ${from} WHERE tier = ?`).get(tier);
    return row?.["t"] === null ? undefined : Number(row?.["t"]);
  }

  /** The bytes that the file takes, and those of them that nothing is in. */
  size(): { readonly bytes: number; readonly free: number } {
    const pragma = (name: string) => Number(Object.values(this.#db.prepare(`PRAGMA ${name}`).get()!)[0]);
    const page = pragma("page_size");
    return { bytes: pragma("page_count") * page, free: pragma("freelist_count") * page };
  }

  close(): void {
    this.#db.close();
  }

  #spans(sql: string): Span[] {
    return this.#db.prepare(sql).all().map((row) => ({ from: Number(row["a"]), until: Number(row["b"]) }));
  }
}
