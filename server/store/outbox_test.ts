import assert from "node:assert/strict";
import type { Fate, Notice } from "../../shared/notice.ts";
import { openDatabase } from "./db.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

const DAY_MS = 24 * 60 * 60_000;
const NOW = 1_000 * DAY_MS;

function notice(id: string, fate: Fate = { kind: "waiting" }, madeAt = NOW): Notice {
  return {
    ...{ id, channel: "c1", key: "register-silent bar", incident: "i1", kind: "fall", severity: "fail" },
    ...{
      title: "Bar is silent",
      text: "It is silent.",
      since: madeAt,
      times: 1,
      madeAt,
      dueAt: madeAt,
      attempts: 0,
      fate,
    },
  };
}

function withOutbox(test: (outbox: Outbox) => void): () => void {
  return () => {
    const db = openDatabase(":memory:");
    test(createOutbox(db));
    db.close();
  };
}

Deno.test(
  "[NTC12] what waits and what is watched come back as they were, what has a fate only in the list",
  withOutbox((outbox) => {
    const sent: Fate = { kind: "sent", at: NOW };
    const watch = { kind: "told" as const, fall: notice("b", sent) };
    outbox.save({ notices: [notice("a"), notice("b", sent)], watches: { "c1 x y": watch, "c1 z y": watch } });
    outbox.save({ notices: [], watches: { "c1 z y": null } });
    assert.deepEqual(outbox.load(), { waiting: { a: notice("a") }, watches: { "c1 x y": watch } });
    assert.deepEqual(outbox.recent(10).map(({ id }) => id), ["b", "a"]);
    assert.deepEqual(outbox.recent(1).map(({ id }) => id), ["b"]);
  }),
);

Deno.test(
  "[NTC12] a fate is written once: what comes later does not change it",
  withOutbox((outbox) => {
    outbox.save({ notices: [notice("a")], watches: {} });
    outbox.save({ notices: [notice("a", { kind: "sent", at: NOW })], watches: {} });
    outbox.save({ notices: [notice("a", { kind: "dropped", at: NOW, why: "expired" })], watches: {} });
    assert.deepEqual(outbox.recent(1)[0]!.fate, { kind: "sent", at: NOW });
  }),
);

Deno.test(
  "[NTC9] the list is bounded by age and by number, and what waits is never forgotten",
  withOutbox((outbox) => {
    const old = NOW - 31 * DAY_MS;
    const sent: Fate = { kind: "sent", at: NOW };
    const many = Array.from({ length: 5_010 }, (_, i) => notice(`n${i}`, sent, NOW - i));
    outbox.save({
      notices: [...many, notice("old", sent, old), notice("waits", { kind: "waiting" }, old)],
      watches: {},
    });
    outbox.prune(NOW);
    const left = outbox.recent(10_000).map(({ id }) => id);
    assert.deepEqual([left.length, left.includes("old"), left.includes("n0"), left.at(-1)], [
      5_001,
      false,
      true,
      "waits",
    ]);
  }),
);
