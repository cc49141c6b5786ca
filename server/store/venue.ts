/** The venue's own rows: settings, sign-ins, enrolment codes, registers. Secrets come in hashed; nothing here can tell them. */
import type { RegisterId } from "../../shared/ids.ts";
import { type Database, transaction } from "./db.ts";

export interface RegisterRow {
  readonly id: RegisterId;
  readonly name: string;
  readonly letter: string;
  readonly enrolledAt: number;
  readonly heardAt?: number;
  readonly facts?: unknown;
}

interface RawRegister {
  id: string;
  name: string;
  letter: string;
  enrolled_at: number;
  heard_at: number | null;
  facts: string | null;
}

export type EnrollmentUse = { readonly ok: true } | {
  readonly ok: false;
  readonly reason: "unknown" | "used" | "expired";
};

export class VenueStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  setting(key: string): unknown {
    const row = this.#db.prepare("SELECT value FROM setting WHERE key = ?").get(key) as { value: string } | undefined;
    return row && JSON.parse(row.value);
  }

  saveSettings(values: Readonly<Record<string, unknown>>): void {
    const upsert = this.#db.prepare(
      "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    );
    transaction(this.#db, () => {
      for (const [key, value] of Object.entries(values)) upsert.run(key, JSON.stringify(value));
    });
  }

  /** Saves settings that registers fetch, and raises their version, both or neither. */
  changeConfig(values: Readonly<Record<string, unknown>>): void {
    this.saveSettings({ ...values, configVersion: this.configVersion() + 1 });
  }

  /** Of the settings that registers fetch; rises by one with each change. */
  configVersion(): number {
    return (this.setting("configVersion") as number | undefined) ?? 1;
  }

  addSignIn(tokenHash: string, expiresAt: number, now: number): void {
    this.#db.prepare("DELETE FROM sign_in WHERE expires_at <= ?").run(now);
    this.#db.prepare("INSERT INTO sign_in (token_hash, expires_at) VALUES (?, ?)").run(tokenHash, expiresAt);
  }

  hasSignIn(tokenHash: string, now: number): boolean {
    return this.#db.prepare("SELECT 1 FROM sign_in WHERE token_hash = ? AND expires_at > ?").get(tokenHash, now) !==
      undefined;
  }

  removeSignIn(tokenHash: string): void {
    this.#db.prepare("DELETE FROM sign_in WHERE token_hash = ?").run(tokenHash);
  }

  addEnrollment(codeHash: string, expiresAt: number, keepUntil: number): void {
    this.#db.prepare("DELETE FROM enrollment WHERE expires_at < ?").run(keepUntil);
    this.#db.prepare("INSERT OR REPLACE INTO enrollment (code_hash, expires_at) VALUES (?, ?)").run(
      codeHash,
      expiresAt,
    );
  }

  /** Uses a code up and adds the register, both or neither. A letter is never given twice. */
  enrol(
    codeHash: string,
    register: { id: RegisterId; name: string; tokenHash: string; letterOf: (index: number) => string },
    now: number,
  ): EnrollmentUse & { letter?: string } {
    return transaction(this.#db, () => {
      const row = this.#db.prepare("SELECT expires_at, used_at FROM enrollment WHERE code_hash = ?").get(codeHash) as
        | { expires_at: number; used_at: number | null }
        | undefined;
      if (!row) return { ok: false, reason: "unknown" } as const;
      if (row.used_at !== null) return { ok: false, reason: "used" } as const;
      if (row.expires_at <= now) return { ok: false, reason: "expired" } as const;
      this.#db.prepare("UPDATE enrollment SET used_at = ? WHERE code_hash = ?").run(now, codeHash);
      const { n } = this.#db.prepare("SELECT count(*) AS n FROM register").get() as { n: number };
      const letter = register.letterOf(n);
      this.#db.prepare("INSERT INTO register (id, name, letter, token_hash, enrolled_at) VALUES (?, ?, ?, ?, ?)")
        .run(register.id, register.name, letter, register.tokenHash, now);
      return { ok: true, letter } as const;
    });
  }

  /** Registers that are enrolled now. */
  registers(): RegisterRow[] {
    const rows = this.#db.prepare(
      "SELECT id, name, letter, enrolled_at, heard_at, facts FROM register WHERE removed_at IS NULL ORDER BY enrolled_at, letter",
    ).all() as unknown as RawRegister[];
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      letter: row.letter,
      enrolledAt: row.enrolled_at,
      heardAt: row.heard_at ?? undefined,
      facts: row.facts === null ? undefined : JSON.parse(row.facts),
    }));
  }

  registerByToken(tokenHash: string): RegisterId | undefined {
    const row = this.#db.prepare("SELECT id FROM register WHERE token_hash = ? AND removed_at IS NULL").get(
      tokenHash,
    ) as
      | { id: string }
      | undefined;
    return row?.id;
  }

  rename(id: RegisterId, name: string): void {
    this.#db.prepare("UPDATE register SET name = ? WHERE id = ?").run(name, id);
  }

  remove(id: RegisterId, now: number): void {
    this.#db.prepare("UPDATE register SET removed_at = ? WHERE id = ?").run(now, id);
  }

  /** Keeps what registers last said, in one transaction. */
  saveFacts(registers: readonly { id: RegisterId; heardAt?: number; facts: unknown }[]): void {
    const update = this.#db.prepare("UPDATE register SET heard_at = ?, facts = ? WHERE id = ?");
    transaction(this.#db, () => {
      for (const { id, heardAt, facts } of registers) update.run(heardAt ?? null, JSON.stringify(facts), id);
    });
  }
}
