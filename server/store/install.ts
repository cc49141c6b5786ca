/** Survey, walk tests and reports on disk. All of them are few: every table has a limit, and what is over it is refused or forgotten. */
import { type Report, type ReportHead, REPORTS_MAX } from "../../shared/install/report.ts";
import type { Answer } from "../../shared/install/survey.ts";
import type { WalkResult } from "../../shared/install/walk.ts";
import { type Database, transaction } from "./db.ts";

export const WALKS_MAX = 500; // the oldest goes first
export const PHOTOS_MAX = 300; // some 10 MB
const ANSWERS_MAX = 200; // nine questions and one a register

export interface Photo {
  readonly media: string;
  readonly bytes: Uint8Array;
}

export function createInstallStore(db: Database) {
  return {
    answers(): Answer[] {
      return db.prepare("SELECT answer FROM survey_answer ORDER BY at LIMIT ?").all(ANSWERS_MAX).map((row) =>
        JSON.parse(String(row["answer"]))
      );
    },

    saveAnswer(answer: Answer): void {
      db.prepare("INSERT OR REPLACE INTO survey_answer (at, answer) VALUES (?, ?)").run(
        keyOf(answer),
        JSON.stringify(answer),
      );
    },

    removeAnswer(answer: Pick<Answer, "question" | "register">): void {
      db.prepare("DELETE FROM survey_answer WHERE at = ?").run(keyOf(answer));
    },

    /** False: there are too many already. */
    savePhoto(id: string, { media, bytes }: Photo): boolean {
      const count = Number(db.prepare("SELECT count(*) AS n FROM survey_photo").get()?.["n"]);
      if (count >= PHOTOS_MAX) return false;
      db.prepare("INSERT INTO survey_photo (id, media, bytes) VALUES (?, ?, ?)").run(id, media, bytes);
      return true;
    },

    photo(id: string): Photo | undefined {
      const row = db.prepare("SELECT media, bytes FROM survey_photo WHERE id = ?").get(id);
      return row && { media: String(row["media"]), bytes: row["bytes"] as Uint8Array };
    },

    walks(): WalkResult[] {
      return db.prepare("SELECT result FROM walk ORDER BY done_at DESC, id LIMIT ?").all(WALKS_MAX).map((row) =>
        JSON.parse(String(row["result"]))
      );
    },

    saveWalk(walk: WalkResult): void {
      transaction(db, () => {
        db.prepare("INSERT INTO walk (id, done_at, result) VALUES (?, ?, ?)").run(
          walk.id,
          Date.parse(walk.at),
          JSON.stringify(walk),
        );
        db.prepare("DELETE FROM walk WHERE id NOT IN (SELECT id FROM walk ORDER BY done_at DESC LIMIT ?)").run(
          WALKS_MAX,
        );
      });
    },

    reports(limit: number): ReportHead[] {
      return db.prepare("SELECT head FROM install_report ORDER BY made_at DESC, rowid DESC LIMIT ?").all(limit).map((
        row,
      ) => JSON.parse(String(row["head"])));
    },

    report(id: string): Report | undefined {
      return reportOf(db.prepare("SELECT report FROM install_report WHERE id = ?").get(id));
    },

    /** The one that was signed before this one. */
    before(id: string): Report | undefined {
      return reportOf(
        db.prepare(
          `SELECT report FROM install_report WHERE rowid < (SELECT rowid FROM install_report WHERE id = ?)
           ORDER BY rowid DESC LIMIT 1`,
        ).get(id),
      );
    },

    /** False: there are too many already. A signed report is never forgotten. */
    saveReport(report: Report): boolean {
      const { id, at, by, totals } = report;
      const count = Number(db.prepare("SELECT count(*) AS n FROM install_report").get()?.["n"]);
      if (count >= REPORTS_MAX) return false;
      db.prepare("INSERT INTO install_report (id, made_at, head, report) VALUES (?, ?, ?, ?)").run(
        id,
        Date.parse(at),
        JSON.stringify({ id, at, by, totals }),
        JSON.stringify(report),
      );
      return true;
    },
  };
}
export type InstallStore = ReturnType<typeof createInstallStore>;

function keyOf({ question, register }: Pick<Answer, "question" | "register">): string {
  return register === null ? question : `${question} ${register}`;
}

function reportOf(row: Record<string, unknown> | undefined): Report | undefined {
  return row && JSON.parse(String(row["report"]));
}
