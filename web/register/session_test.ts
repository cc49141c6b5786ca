/// <reference lib="deno.ns" />
/** A register's session over the real engine: a journal in memory, a hub that the test speaks for. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { Config } from "../../shared/api.ts";
import { FailingJournal, seededBytes } from "../../shared/testing.ts";
import type { SocketEvents } from "../../shared/uplink.ts";
import { CLOSE } from "../../shared/wire.ts";
import type { Answer } from "../lib/http.ts";
import type { Shelf } from "./kept.ts";
import { Session } from "./session.ts";
import { complaintWords } from "./session_words.ts";

const ENROLMENT = { registerId: "aaaaaaaa", token: "t", name: "Bar", letter: "B", venue: "Lola" };
const CONFIG = Config.parse({ version: 3, venue: "Lola", currencyDigits: 2, sync: true, menu: [] });
const STANDING = { name: "Bar", letter: "B", venue: "Lola", configVersion: 3, sync: true };
const SETTLE_TURNS = 20; // more than any chain of promises here is long

class MemoryShelf implements Shelf {
  readonly values = new Map<string, unknown>();
  get(key: string): Promise<unknown> {
    return Promise.resolve(this.values.get(key));
  }
  set(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

interface Sent {
  readonly type: string;
  readonly [field: string]: unknown;
}

async function setUp({ journal = new FailingJournal(), shelf = new MemoryShelf() } = {}) {
  const clock = { now: 1_000_000 };
  const sent: Sent[] = [];
  const sockets: SocketEvents[] = [];
  const beacons: string[] = [];
  const screen = { foreground: true, autoLock: undefined, wakeLock: false, shiftOpen: undefined };
  let answer: Answer<Config> = { ok: true, data: CONFIG };
  let fetched = 0;
  const session = await Session.open({
    enrolment: ENROLMENT,
    shelf,
    journal,
    storage: signal<string | null>(null),
    connect: (events) => {
      sockets.push(events);
      return { send: (text) => sent.push(JSON.parse(text)), close: () => {} };
    },
    fetchConfig: () => {
      fetched++;
      return Promise.resolve(answer);
    },
    pinMatches: (pin, hash) => Promise.resolve(pin === hash),
    device: { model: undefined, os: undefined, batteryPercent: undefined },
    screen: () => screen,
    now: () => clock.now,
    random: seededBytes(1),
    beacon: (words) => beacons.push(words.kind),
  });
  session.tick();
  const hub = (message: unknown) => sockets.at(-1)!.received(JSON.stringify(message));
  const welcome = async (standing: object = {}) => {
    sockets.at(-1)!.opened();
    hub({ type: "welcome", version: 1, now: clock.now, ...STANDING, ...standing });
    await settle();
  };
  const later = (ms: number) => {
    clock.now += ms;
    session.tick();
  };
  return {
    clock,
    screen,
    session,
    sent,
    sockets,
    beacons,
    shelf,
    journal,
    hub,
    welcome,
    later,
    fetched: () => fetched,
    answerWith: (next: Answer<Config>) => (answer = next),
    close: (code: number) => sockets.at(-1)!.closed(code),
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn++) await Promise.resolve();
}

const NEW_CHECK = { kind: "check.open", number: "B1" } as const;

Deno.test("[SYN9] a change that storage does not take changes nothing and says why", async () => {
  const { session, journal } = await setUp();
  journal.failing = "Storage is full.";
  assert.deepEqual(await session.write(NEW_CHECK), { ok: false, message: "Storage is full." });
  assert.equal(session.checks.value.length, 0);
});

Deno.test("a journal that throws is a sentence too, not an exception", async () => {
  const journal = new FailingJournal();
  const { session } = await setUp({ journal });
  journal.append = () => Promise.reject(new DOMException("gone", "UnknownError"));
  const outcome = await session.write(NEW_CHECK);
  assert.ok(!outcome.ok && outcome.message.startsWith("Nothing was changed."));
});

Deno.test("[SYN13] offline, changes are counted, also after the page was opened again", async () => {
  const first = await setUp();
  await first.session.write(NEW_CHECK);
  assert.equal(first.session.unsynced.value, 1);
  first.later(60_000);
  assert.equal(first.session.mark.value.text, "offline, 1 change kept here");
  const again = await setUp({ journal: first.journal });
  assert.equal(again.session.unsynced.value, 1);
  assert.equal(again.session.checks.value[0]?.number, "B1");
  assert.equal(again.session.nextNumber(), "B2");
});

Deno.test("the hub's have takes the count away, and the mark is quiet", async () => {
  const { session, welcome, hub } = await setUp();
  await session.write(NEW_CHECK);
  await welcome();
  assert.equal(session.state.value, "online");
  hub({ type: "have", vector: { [session.replicaId]: 1 } });
  await settle();
  assert.equal(session.unsynced.value, 0);
  assert.equal(session.mark.value.text, "in sync");
});

Deno.test("a session begins with a hello and a heartbeat, and hiding is told at once", async () => {
  const { session, welcome, sent, screen } = await setUp();
  await welcome();
  assert.deepEqual(sent.map(({ type }) => type).slice(0, 3), ["hello", "have", "heartbeat"]);
  screen.foreground = false;
  session.beat();
  const beat = sent.at(-1)!.heartbeat as { state: { foreground: boolean }; unsynced: number; configVersion: number };
  assert.equal(beat.state.foreground, false);
  assert.equal(beat.configVersion, 3);
});

Deno.test("the menu is fetched when the hub's version is another, kept, and there with the hub away", async () => {
  const { welcome, fetched, shelf, hub } = await setUp();
  await welcome();
  assert.equal(fetched(), 1);
  hub({ type: "answer", now: 0, configVersion: 3, findings: [], registers: [] });
  await settle();
  assert.equal(fetched(), 1);
  const offline = await setUp({ shelf });
  assert.equal(offline.session.config.value?.version, 3);
});

Deno.test("Get Updates compares at once and says what it brought, or why nothing came", async () => {
  const { session, welcome, sent, answerWith } = await setUp();
  await welcome();
  sent.length = 0;
  assert.deepEqual(await session.getUpdates(), { ok: true, changed: [] });
  assert.ok(sent.some(({ type }) => type === "have"));
  answerWith({ ok: false, status: 0, code: "offline", message: "The hub did not answer." });
  assert.deepEqual(await session.getUpdates(), { ok: false, message: "The hub did not answer." });
});

Deno.test("a new name and sync off take hold at once and are kept", async () => {
  const { session, welcome, hub, shelf, sent } = await setUp();
  await welcome();
  hub({ type: "settings", ...STANDING, name: "Long bar", sync: false });
  await settle();
  assert.equal(session.enrolment.value.name, "Long bar");
  assert.equal((shelf.values.get("enrolment") as { name: string }).name, "Long bar");
  sent.length = 0;
  await session.write(NEW_CHECK);
  assert.deepEqual(sent, []);
  assert.equal(session.mark.value.text, "sync is off, 1 change kept here");
});

Deno.test("[SES3] a page whose register is open in another tab takes over only when asked", async () => {
  const { session, welcome, close, sockets } = await setUp();
  await welcome();
  close(CLOSE.replaced.code);
  session.wake();
  assert.equal(sockets.length, 1);
  await session.useHere();
  assert.equal(sockets.length, 2);
});

Deno.test("[SES4] a register that was let go keeps count of what it did not hand over", async () => {
  const { session, welcome, close, later } = await setUp();
  await welcome();
  await session.write(NEW_CHECK);
  close(CLOSE.unknownToken.code);
  later(60_000);
  assert.equal(session.state.value, "refused");
  assert.equal(session.unsynced.value, 1);
});

Deno.test("[LOS8] what the hub did not take is said in words with the next step, and the session is tried again", async () => {
  const { session, welcome, close, later, sockets } = await setUp();
  await welcome();
  await session.write(NEW_CHECK);
  close(CLOSE.fork.code);
  assert.equal(session.complaint.value, "fork");
  assert.equal(session.mark.value.text, "not taken by the hub, 1 change kept here");
  for (const complaint of ["fork", "gap", "bad-message", "too-large", "flood"] as const) {
    const words = complaintWords(complaint);
    assert.match(words, /[Ll]oad/);
    assert.match(words, /tries again by itself/);
    assert.doesNotMatch(words, /error|please|\d{4}/i);
  }
  later(2_000);
  assert.equal(sockets.length, 2);
});

Deno.test("[LOS9] a hub that sends other content for what is held here is told of it in the next heartbeat", async () => {
  const { session, welcome, hub, sent } = await setUp();
  await session.write(NEW_CHECK);
  await welcome();
  const ops = [{ at: [1, 0], body: { ...NEW_CHECK, number: "B9" } }];
  hub({ type: "delta", runs: [{ replica: session.replicaId, from: 1, ops }] });
  await settle();
  session.beat();
  const beat = sent.at(-1)!.heartbeat as { suspects: unknown };
  assert.deepEqual(beat.suspects, [{ peer: "hub", why: "fork" }]);
});

Deno.test("[CFG10] where staff are named nothing is written before one signs in, and then all of it carries the name", async () => {
  const { session, welcome, answerWith } = await setUp();
  const ana = { id: "ana", name: "Ana", role: "server", pinHash: "4711" } as const;
  answerWith({ ok: true, data: { ...CONFIG, version: 4, staff: [ana] } });
  await welcome({ configVersion: 4 });
  const refused = await session.write({ kind: "check.open", number: "B1" });
  assert.equal(refused.ok, false);
  assert.equal(session.checks.value.length, 0);
  await session.duty.signIn("ana", "4711");
  assert.equal((await session.write({ kind: "check.open", number: "B1" })).ok, true);
  const [entry] = session.checks.peek().flatMap((check) => check.story);
  assert.equal((entry?.op.body as { staff?: string }).staff, "Ana");
});

const CLAIMED = "bbbbbbbb-0000/1";
const claimsIn = (sent: readonly Sent[]) => sent.filter(({ type }) => type === "claim").map(({ check }) => check);

Deno.test("[CLM2][CLM3] a check that is open on a page in front is claimed and renewed, until left or hidden", async () => {
  const { session, welcome, hub, sent, screen, later } = await setUp();
  await welcome();
  hub({ type: "claims", claims: [] });
  const leave = session.enter(CLAIMED);
  for (let n = 0; n < 20; n++) {
    later(1_000);
    hub({ type: "ping", n });
  }
  session.leave("hidden");
  screen.foreground = false;
  session.wake(); // the network came back behind a hidden page
  screen.foreground = true;
  session.wake();
  leave();
  assert.deepEqual(claimsIn(sent), [CLAIMED, CLAIMED, null, CLAIMED, null]);
});

Deno.test("[CLM6] a hub that knows no claims is sent none", async () => {
  const { session, welcome, hub, sent, later } = await setUp();
  await welcome();
  session.enter(CLAIMED);
  for (let n = 0; n < 60; n++) {
    later(1_000);
    hub({ type: "ping", n });
  }
  assert.deepEqual(claimsIn(sent), []);
  assert.ok(sent.some(({ type, claims }) => type === "hello" && claims === true));
});

Deno.test("[CLM11] who else is in a check is told by check, oneself is not", async () => {
  const { session, welcome, hub, later } = await setUp();
  await welcome();
  const row = (register: string, staff: string) => ({ register, check: CLAIMED, staff, agoMs: 0, leftMs: 60_000 });
  hub({ type: "claims", claims: [row("aaaaaaaa", "Ana"), row("bbbbbbbb", "Ben")] });
  assert.deepEqual(session.othersIn(CLAIMED).map(({ staff }) => staff), ["Ben"]);
  assert.deepEqual(session.othersIn("bbbbbbbb-0000/2"), []);
  later(60_000);
  assert.deepEqual(session.othersIn(CLAIMED), []);
});

Deno.test("[CAU24] last words go by beacon and over the session, and are taken back there", async () => {
  const { session, sent, beacons, welcome, close } = await setUp();
  await welcome();
  const words = () =>
    sent.findLast(({ type }) => type === "heartbeat")?.heartbeat as { state?: { lastWords?: string } };
  session.leave("hidden");
  assert.deepEqual([beacons, words().state?.lastWords], [["hidden"], "hidden"]);
  session.wake();
  assert.equal(words().state?.lastWords, undefined);
  session.leave("closing");
  assert.equal(words().state?.lastWords, "closing");
  session.wake();
  close(CLOSE.replaced.code);
  session.leave("closing");
  assert.deepEqual(beacons, ["hidden", "closing"], "another tab goes on: nothing was closed");
});
