import assert from "node:assert/strict";
import { openDatabase } from "./db.ts";
import { createIncidents, type StoredIncident } from "./incidents.ts";

interface Story extends StoredIncident {
  readonly title: string;
  readonly evidence: readonly string[];
  readonly cause?: string;
}

const DAY = 24 * 3_600_000;
const FALL: Story = {
  id: "i1",
  code: "register-silent",
  subject: "bar00000",
  openedAt: 1_000,
  changedAt: 1_000,
  title: "Bar is silent",
  evidence: ["last heard 40 s ago", "its address answers — “yes”"],
};

function started() {
  const db = openDatabase(":memory:");
  return { db, incidents: createIncidents<Story>(db) };
}

Deno.test("an open incident comes back whole after a restart", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const before = openDatabase(`${folder}/counterpart.db`);
    createIncidents<Story>(before).save([FALL]);
    before.close();
    const after = openDatabase(`${folder}/counterpart.db`);
    assert.deepEqual(createIncidents<Story>(after).open(), [FALL]);
    after.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a change replaces the row and the end closes it", () => {
  const { incidents } = started();
  incidents.save([FALL]);
  const changed = { ...FALL, changedAt: 2_000, cause: "probably locked" };
  incidents.save([changed]);
  assert.deepEqual(incidents.open(), [changed]);
  const ended = { ...changed, changedAt: 3_000, resolvedAt: 3_000 };
  incidents.save([ended]);
  assert.deepEqual(incidents.open(), []);
  assert.deepEqual(incidents.recent(0, 10), [ended]);
});

Deno.test("recent holds what is open or ended since, newest first, up to the limit", () => {
  const { incidents } = started();
  incidents.save([
    { ...FALL, id: "old-and-ended", openedAt: 1_000, resolvedAt: 4_999 },
    { ...FALL, id: "old-and-open", openedAt: 2_000 },
    { ...FALL, id: "ended-since", openedAt: 3_000, resolvedAt: 5_000 },
    { ...FALL, id: "new", openedAt: 6_000 },
  ]);
  assert.deepEqual(incidents.recent(5_000, 10).map(({ id }) => id), ["new", "ended-since", "old-and-open"]);
  assert.deepEqual(incidents.recent(5_000, 1).map(({ id }) => id), ["new"]);
  assert.deepEqual(incidents.recent(5_000, -1), []);
});

Deno.test("a save that cannot be stored stores nothing", () => {
  const { incidents } = started();
  const broken = { ...FALL, id: "i2", openedAt: "soon" as unknown as number };
  assert.throws(() => incidents.save([FALL, broken]));
  assert.deepEqual(incidents.open(), []);
});

Deno.test("pruning forgets what ended long ago and never what is open", () => {
  const { incidents } = started();
  incidents.save([
    { ...FALL, id: "open", openedAt: 0 },
    { ...FALL, id: "ended", openedAt: 0, resolvedAt: 1 },
    { ...FALL, id: "ended-in-time", openedAt: 0, resolvedAt: 300 * DAY },
  ]);
  incidents.prune(401 * DAY);
  assert.deepEqual(incidents.recent(0, 10).map(({ id }) => id).sort(), ["ended-in-time", "open"]);
});

Deno.test("[INC21] those of some kinds come oldest first, with the open ones; one is found by its id", () => {
  const { incidents } = started();
  incidents.save([
    { ...FALL, id: "ended-before", openedAt: 500, resolvedAt: 900 },
    { ...FALL, id: "open", openedAt: 2_000 },
    { ...FALL, id: "ended", openedAt: 1_000, resolvedAt: 5_000 },
    { ...FALL, id: "other", code: "signal-weak", openedAt: 1_000 },
  ]);
  assert.deepEqual(incidents.ofCodes(["register-silent"], 1_000).map(({ id }) => id), ["ended", "open"]);
  assert.equal(incidents.get("other")?.code, "signal-weak");
  assert.equal(incidents.get("nothing"), undefined);
});
