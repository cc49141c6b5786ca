/**
 * What is lost for good, who sends nonsense and which checks need a person, against a real hub over real HTTP and real sockets, with its
 * clock turned by hand: each is found with names and numbers, told to managers, and goes when it is mended or seen.
 */
import assert from "node:assert/strict";
import { HeadlessRegister } from "../agent/headless.ts";
import { GAPS_MAX } from "../server/sync.ts";
import type { EnrolResponse, Finding } from "../shared/api.ts";
import { VERSION } from "../shared/version.ts";
import { CLOSE } from "../shared/wire.ts";
import { eventually } from "./support/eventually.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { deltaOf, helloOf, RawLink, replicaOf } from "./support/raw_link.ts";

const OPEN = { kind: "check.open", number: "B12" } as const;
const MINUTE_S = 60;

async function beat(lab: LabHub, { token }: EnrolResponse, parts: Record<string, unknown> = {}): Promise<Finding[]> {
  const body = { sentAt: new Date(lab.clock.now).toISOString(), app: { version: VERSION }, unsynced: 0, ...parts };
  const answer = await lab.call("/api/heartbeats", { body, token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.findings;
}

async function findingOf(lab: LabHub, code: string, subject?: string): Promise<Finding | undefined> {
  return (await lab.view()).findings.find((each) => each.code === code && (!subject || each.subject === subject));
}

/** Bar wrote five changes and handed over two; Till 1 has those. */
async function barHoldsThree(lab: LabHub): Promise<{ bar: EnrolResponse; till: EnrolResponse; vector: object }> {
  const [bar, till] = [await lab.enrol("Bar"), await lab.enrol("Till 1")];
  const link = await RawLink.begin(lab.url, bar);
  link.say(deltaOf(replicaOf(bar), 1, OPEN, { kind: "check.edit", check: `${replicaOf(bar)}/1`, guests: 2 }));
  await link.until(() => link.count("have") === 2);
  await link.close();
  await beat(lab, till, { vector: { [replicaOf(bar)]: 2 } });
  const vector = { [replicaOf(bar)]: 5 };
  await beat(lab, bar, { unsynced: 3, vector });
  await lab.pass(1);
  return { bar, till, vector };
}

const missing = (bar: EnrolResponse) =>
  [3, 4, 5].map((guests) => ({ kind: "check.edit", check: `${replicaOf(bar)}/1`, guests }));

Deno.test("[LOS1] a register that is un-enrolled with changes nobody else holds: named to the manager, first of all", async () => {
  const lab = await openLabHub();
  try {
    const { bar } = await barHoldsThree(lab);
    assert.equal(
      (await lab.call(`/api/registers/${bar.registerId}`, { method: "DELETE" })).body.error.code,
      "unsynced",
    );
    await lab.call(`/api/registers/${bar.registerId}?force=true`, { method: "DELETE" });
    await lab.pass(1);
    const finding = await findingOf(lab, "changes-lost", bar.registerId);
    assert.match(
      finding?.text ?? "",
      /^3 changes of Bar reached nobody\. They were made before \d\d:\d\d on \d+ Nov\./,
    );
    assert.deepEqual([finding?.severity, finding?.strength], ["fail", "A"]);
    const { verdict, losses } = await lab.view();
    assert.deepEqual([verdict.level, verdict.text], ["fail", "Changes of Bar reached nobody."]);
    const [{ id: _id, heardAt, since: _since, ...loss }] = losses as [typeof losses[number]];
    assert.deepEqual(loss, { register: bar.registerId, name: "Bar", how: "removed", count: 3, named: true });
    assert.equal(heardAt, new Date(lab.clock.now - 2_000).toISOString());
  } finally {
    await lab.stop();
  }
});

Deno.test("[LOS5] a loss stands through a restart until a manager has seen it, and nobody else can say so", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/counterpart.db`;
  let lab = await openLabHub(path);
  try {
    const { bar } = await barHoldsThree(lab);
    await lab.call(`/api/registers/${bar.registerId}?force=true`, { method: "DELETE" });
    await lab.pass(MINUTE_S);
    await lab.stop();
    lab = await openLabHub(path, lab.clock.now + 1_000);
    await lab.pass(MINUTE_S);
    const [loss] = (await lab.view()).losses;
    assert.ok(await findingOf(lab, "changes-lost", bar.registerId));
    const seen = (id: string, cookie?: string | null) =>
      lab.call(`/api/losses/${id}/seen`, { method: "POST", body: {}, cookie });
    assert.equal((await seen(loss!.id, null)).status, 401);
    assert.equal((await seen("nobody")).body.error.code, "unknown-loss");
    await lab.pass(1);
    assert.ok(await findingOf(lab, "changes-lost", bar.registerId));
    assert.equal((await seen(loss!.id)).status, 204);
    assert.equal((await seen(loss!.id)).status, 404);
    await lab.pass(1);
    assert.equal(await findingOf(lab, "changes-lost"), undefined);
    assert.ok((await lab.view()).incidents.some(({ code, resolvedAt }) => code === "changes-lost" && resolvedAt));
  } finally {
    await lab.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[LOS2, LOS6] storage that was cleared is named; when the same device hands the changes over after all, it goes", async () => {
  const lab = await openLabHub();
  try {
    const { bar } = await barHoldsThree(lab);
    await beat(lab, bar, { unsynced: 0, vector: { [replicaOf(bar)]: 2 } });
    await lab.pass(1);
    assert.match(
      (await findingOf(lab, "changes-lost", bar.registerId))?.text ?? "",
      /^3 changes of Bar reached nobody\. .* The storage of Bar was cleared or put back since\./,
    );
    const link = await RawLink.begin(lab.url, bar);
    link.say(deltaOf(replicaOf(bar), 3, ...missing(bar).slice(0, 2)));
    await link.until(() => link.count("have") === 2);
    await lab.pass(1);
    assert.match((await findingOf(lab, "changes-lost"))?.text ?? "", /^1 change of Bar reached nobody\./);
    link.say(deltaOf(replicaOf(bar), 5, ...missing(bar).slice(2)));
    await link.until(() => link.count("have") === 3);
    await lab.pass(1);
    assert.deepEqual([await findingOf(lab, "changes-lost"), (await lab.view()).losses], [undefined, []]);
    await link.close();
  } finally {
    await lab.stop();
  }
});

Deno.test("[LOS3] un-enrolling a register whose changes another one holds loses nothing", async () => {
  const lab = await openLabHub();
  try {
    const { bar, till, vector } = await barHoldsThree(lab);
    await beat(lab, till, { unsynced: 3, vector });
    await lab.call(`/api/registers/${bar.registerId}?force=true`, { method: "DELETE" });
    await lab.pass(1);
    assert.deepEqual((await lab.view()).losses, []);
    await lab.call(`/api/registers/${till.registerId}?force=true`, { method: "DELETE" });
    await lab.pass(1);
    assert.deepEqual((await lab.view()).losses.map(({ name, count }) => [name, count]), [["Till 1", 3]]);
  } finally {
    await lab.stop();
  }
});

Deno.test("[LOS7] a fork, gaps, nonsense and another's name: each is found about its register, told to it, and the other goes on", async () => {
  const lab = await openLabHub();
  const till = await lab.enrol("Till 1");
  const good = await HeadlessRegister.start({ hub: lab.url, enrolment: till, now: () => lab.clock.now });
  try {
    await good.until(() => good.state === "online");
    const told: Record<string, RegExp> = {
      Fork: /^Fork sent a change of Fork that the hub holds already with other content\. The hub kept the one it had\./,
      Gap: /^Gap keeps sending changes without the ones before them\. The hub took none of these/,
      Garbage: /^Garbage sent what the hub cannot read\. Nothing of it was kept\./,
      Name: /^A device with the key of Name tried to write under another register's name\./,
    };
    const bad: Record<string, EnrolResponse> = {};
    for (const name of Object.keys(told)) bad[name] = await lab.enrol(name);
    const session = (name: string) => RawLink.begin(lab.url, bad[name]!);
    const fork = await session("Fork");
    fork.say(deltaOf(replicaOf(bad.Fork!), 1, OPEN));
    fork.say(deltaOf(replicaOf(bad.Fork!), 1, { ...OPEN, table: "7" }));
    const closed = await fork.closed;
    assert.deepEqual(closed, { code: CLOSE.fork.code, reason: `fork: ${replicaOf(bad.Fork!)}/1` });
    const gap = await session("Gap");
    for (let n = 0; n <= GAPS_MAX; n++) gap.say(deltaOf(replicaOf(bad.Gap!), 7, OPEN));
    assert.equal((await gap.closed).code, CLOSE.gap.code);
    const garbage = await session("Garbage");
    garbage.say({ type: "confetti" });
    await garbage.closed;
    const named = await RawLink.open(lab.url);
    named.say(helloOf(bad.Name!, { replica: replicaOf(till) }));
    assert.equal((await named.closed).code, CLOSE.wrongReplica.code);
    await lab.pass(1);
    for (const [name, text] of Object.entries(told)) {
      assert.match((await findingOf(lab, "peer-suspect", bad[name]!.registerId))?.text ?? "", text);
    }
    assert.equal(await findingOf(lab, "peer-suspect", till.registerId), undefined);
    assert.ok((await beat(lab, bad.Fork!)).some(({ code }) => code === "peer-suspect"), "the register itself is told");
    assert.equal(good.state, "online");
  } finally {
    good.pause();
    await lab.stop();
  }
});

Deno.test("[LOS12] the finding stays while the register is silent or goes on, and ends after five minutes of good behaviour", async () => {
  const lab = await openLabHub();
  try {
    const bar = await lab.enrol("Bar");
    const nonsense = async () => {
      const link = await RawLink.begin(lab.url, bar);
      link.say({ type: "confetti" });
      await link.closed;
    };
    const isFound = async () => await findingOf(lab, "peer-suspect", bar.registerId) !== undefined;
    await nonsense();
    for (let minute = 0; minute < 6; minute++) {
      await lab.pass(MINUTE_S);
      assert.ok(await isFound());
      await nonsense();
    }
    await lab.pass(20 * MINUTE_S); // it says nothing at all: that proves nothing
    assert.ok(await isFound());
    const behave = (seconds: number) => lab.pass(seconds, (second) => second % 5 === 0 && beat(lab, bar));
    await behave(2 * MINUTE_S);
    assert.ok(await isFound());
    await behave(2 * MINUTE_S);
    assert.equal(await isFound(), false);
  } finally {
    await lab.stop();
  }
});

Deno.test("[LOS9] what one register says of another in its heartbeat warns about that other, and names who says so", async () => {
  const lab = await openLabHub();
  try {
    const [bar, till] = [await lab.enrol("Bar"), await lab.enrol("Till 1")];
    await beat(lab, bar);
    await beat(lab, till, { suspects: [{ peer: bar.registerId, why: "fork" }, { peer: "zzzzzzzz", why: "gap" }] });
    await lab.pass(1);
    const { findings } = await lab.view();
    const about = findings.filter(({ code }) => code === "peer-suspect");
    assert.deepEqual(about.map(({ subject, severity, strength }) => [subject, severity, strength]), [
      [bar.registerId, "warn", "B"],
    ]);
    assert.match(about[0]!.text, /^Till 1 says that Bar sent a change/);
    const wrong = { sentAt: "2026-11-23T18:00:00Z", app: { version: "1" }, suspects: [{ peer: "hub", why: "rumour" }] };
    assert.equal((await lab.call("/api/heartbeats", { body: wrong, token: till.token })).status, 400);
  } finally {
    await lab.stop();
  }
});

Deno.test("[RUL32] a device whose token is not known is told of at its third try", async () => {
  const lab = await openLabHub();
  try {
    const bar = await lab.enrol("Bar");
    await beat(lab, bar);
    const knock = async () => {
      const link = await RawLink.open(lab.url);
      link.say(helloOf(bar, { token: "of another venue" }));
      assert.equal((await link.closed).code, CLOSE.unknownToken.code);
      await lab.pass(1);
    };
    await knock();
    await knock();
    assert.equal(await findingOf(lab, "peer-suspect"), undefined);
    await knock();
    assert.match(
      (await findingOf(lab, "peer-suspect", "venue"))?.text ?? "",
      /^A device at 127\.0\.0\.1 tried 3 times to join/,
    );
  } finally {
    await lab.stop();
  }
});

Deno.test("[RUL27][RUL28] a check paid twice is found after five minutes, one left open after a day; both go when they are settled", async () => {
  const lab = await openLabHub();
  const enrolments = [await lab.enrol("Bar"), await lab.enrol("Till 1")] as const;
  const start = (enrolment: EnrolResponse) =>
    HeadlessRegister.start({ hub: lab.url, enrolment, now: () => lab.clock.now });
  const [bar, till] = [await start(enrolments[0]), await start(enrolments[1])];
  /** The hub's clock runs faster than theirs: they are heard all the same. */
  const pass = (seconds: number) =>
    lab.pass(seconds, (second) => second % 5 === 0 && Promise.all(enrolments.map((each) => beat(lab, each))));
  try {
    const write = async (register: HeadlessRegister, body: Parameters<typeof bar.replica.write>[0]) => {
      const outcome = await register.replica.write(body);
      assert.ok(outcome.ok, outcome.ok ? "" : outcome.message);
      await register.until(() => register.replica.unsynced() === 0);
      return outcome.id;
    };
    const check = await write(bar, OPEN);
    await write(bar, { kind: "line.add", check, name: "Lager", price: 2_400, quantity: 1 });
    await till.until(() => till.replica.book.get(check)?.totals.total === 2_400);
    const pay = { kind: "payment.add", check, tender: "cash", amount: 2_400 } as const;
    await write(bar, pay);
    const second = await write(till, pay);
    await write(till, { kind: "check.close", check, total: 2_400 });
    const left = await write(bar, { kind: "check.open", number: "B13" });
    await eventually(async () => (await lab.call("/api/checks")).body.checks.length, (n) => n === 2);
    await pass(5 * MINUTE_S - 10);
    assert.equal(await findingOf(lab, "check-flag-open"), undefined);
    await pass(20);
    const found = await findingOf(lab, "check-flag-open", "B12");
    assert.match(found?.text ?? "", /^Check B12 was paid twice \(Bar, Till 1\): 24\.00 over\. Give 24\.00 back/);
    assert.equal(found?.severity, "warn");
    const view = await lab.view();
    assert.match(view.verdict.text, /^Checks are in sync\. Check B12 was paid twice/);
    assert.deepEqual(view.findings.map(({ code }) => code), ["check-flag-open"]);
    await write(till, { kind: "payment.void", check, payment: second, reason: "paid twice" });
    await pass(10);
    assert.equal(await findingOf(lab, "check-flag-open"), undefined);
    assert.equal(await findingOf(lab, "check-old"), undefined);
    lab.clock.now += 25 * 60 * MINUTE_S * 1_000;
    await pass(70); // after such a gap the hub first sees for itself
    assert.match(
      (await findingOf(lab, "check-old"))?.text ?? "",
      /^A check has been open for over a day: B13 for 25 h \(0\.00\)/,
    );
    await write(bar, { kind: "check.void", check: left, reason: "mistake", total: 0 });
    await pass(10);
    assert.equal(await findingOf(lab, "check-old"), undefined);
  } finally {
    bar.pause();
    till.pause();
    await lab.stop();
  }
});
