import assert from "node:assert/strict";
import type { CheckSummary } from "../../shared/api.ts";
import { pen } from "../../shared/check/testing.ts";
import { createChecks } from "./checks.ts";
import { openDatabase } from "./db.ts";
import { StoredLog } from "./ops.ts";

function summary(id: string, state: CheckSummary["state"], flags: CheckSummary["flags"] = []): CheckSummary {
  const none = {
    mergedInto: null,
    owner: null,
    name: null,
    table: null,
    guests: null,
    openedBy: null,
    openedAt: null,
    closedAt: null,
  };
  return { id, number: "A1", state, ...none, changedAt: "2026-01-01T00:00:00.000Z", total: 0, paid: 0, due: 0, flags };
}

Deno.test("lists the last changed first, by state, up to the limit", () => {
  const checks = createChecks(openDatabase(":memory:"));
  for (const [i, state] of (["open", "closed", "open"] as const).entries()) {
    checks.save({ summary: summary(`aaaaaaaa-0000/${i + 1}`, state), opCount: 1, changedAtMs: i });
  }
  const ids = (state: CheckSummary["state"] | undefined, limit = 9) =>
    checks.list(state, limit).map((check) => check.id.at(-1));
  assert.deepEqual([ids(undefined), ids("open"), ids(undefined, 1)], [["3", "2", "1"], ["3", "1"], ["3"]]);
});

Deno.test("counts what is open and what needs attention", () => {
  const checks = createChecks(openDatabase(":memory:"));
  checks.save({ summary: summary("aaaaaaaa-0000/1", "open"), opCount: 1, changedAtMs: 1 });
  checks.save({
    summary: summary("aaaaaaaa-0000/2", "closed", [{ code: "paid-twice", amount: 5 }]),
    opCount: 1,
    changedAtMs: 1,
  });
  assert.deepEqual(checks.counts(), { open: 1, attention: 1 });
});

Deno.test("a summary that is missing or older than its ops is named, so that a crash leaves nothing wrong", () => {
  const db = openDatabase(":memory:");
  const [log, checks, a] = [new StoredLog(db, () => 0), createChecks(db), pen("a")];
  const open = a.write({ kind: "check.open", number: "A1" });
  log.append([open]);
  assert.deepEqual(checks.stale(), [open.id]);
  checks.save({ summary: summary(open.id, "open"), opCount: 1, changedAtMs: 1 });
  assert.deepEqual(checks.stale(), []);
  log.append([a.write({ kind: "check.edit", check: open.id, name: "Bar" })]);
  assert.deepEqual(checks.stale(), [open.id]);
});

Deno.test("[SYN31] what is over and kept is found by its summary, and nothing that is told as one with what is not", () => {
  const db = openDatabase(":memory:");
  const [checks, log, a] = [createChecks(db), new StoredLog(db, () => 0), pen("a")];
  const opened = Array.from({ length: 8 }, (_, n) => a.write({ kind: "check.open", number: `A${n + 1}` }));
  const [paid, open, owed, flagged, voided, gone, tied, third] = opened.map(({ id }) => id);
  const merge = (check: string, into: string) => a.write({ kind: "check.merge", check, into });
  log.append([...opened, merge(tied!, third!), merge(third!, open!)]);
  db.prepare("UPDATE op SET retired = 1 WHERE check_id = ?").run(gone!);
  const save = (id: string, change: Partial<CheckSummary>) =>
    checks.save({ summary: { ...summary(id, "closed"), ...change }, opCount: 1, changedAtMs: 1 });
  for (const id of [paid, gone]) save(id!, {});
  save(open!, { state: "open" });
  save(owed!, { due: 5 });
  save(flagged!, { flags: [{ code: "paid-twice", amount: 5 }] });
  save(voided!, { state: "void", due: -5 });
  for (const id of [tied, third]) save(id!, { state: "merged" });
  assert.deepEqual([...checks.over()].sort(), [paid, voided].sort());
});
