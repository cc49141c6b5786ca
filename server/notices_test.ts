/** Notices with their outbox on a real disk: restarts, an hour without internet, failures. Clock, chance and the network are handed in. */
import assert from "node:assert/strict";
import { seeded } from "../shared/check/testing.ts";
import { EXPIRES_MS, type Trouble } from "../shared/notice.ts";
import type { ChannelRequest } from "../shared/notice_api.ts";
import type { Message } from "../shared/notice_text.ts";
import { seededBytes } from "../shared/testing.ts";
import { ChannelSettings } from "./channels.ts";
import { NoticeDesk } from "./notice_desk.ts";
import { Notices, type NoticesDeps } from "./notices.ts";
import { hostOf, isLocal, type Outcome, sayTarget, type Target } from "./notify/channel.ts";
import { openDatabase } from "./store/db.ts";
import { createOutbox } from "./store/outbox.ts";
import { VenueStore } from "./store/venue.ts";

const START = Date.parse("2026-11-23T18:00:00.000Z");
const MINUTE_MS = 60_000;
const ARRIVED: Outcome = { kind: "arrived", said: "It took it." };
const SILENT: Outcome = { kind: "failed", said: "It could not be reached." };

const PHONE: ChannelRequest = {
  ...{ kind: "ntfy", name: "Ana's phone", on: true, severities: ["warn", "fail"], when: "any-time" },
  url: "https://ntfy.sh/bar-lola-T0P1C",
  secret: "tk_S3CRET",
};

class Lab {
  now = START;
  open: Trouble[] = [];
  answer: (target: Target) => Outcome | Promise<Outcome> = () => ARRIVED;
  readonly messages: Message[] = [];
  readonly tried: number[] = [];
  readonly path: string;
  readonly #random;
  #db;
  channels!: ChannelSettings;
  notices!: Notices;
  desk!: NoticeDesk;

  constructor(path: string, seed = 1) {
    this.path = path;
    this.#random = seededBytes(seed);
    this.#db = openDatabase(path);
    this.begin();
  }

  begin(more: Partial<NoticesDeps> = {}): void {
    const random = this.#random;
    const now = () => this.now;
    this.channels = new ChannelSettings({ store: new VenueStore(this.#db), random, hostOf });
    this.notices = new Notices({
      ...{ outbox: createOutbox(this.#db), channels: this.channels, now, random, venue: () => "Bar Lola" },
      send: async (target, message) => {
        this.tried.push(this.now);
        const outcome = await this.answer(target);
        if (outcome.kind === "arrived") this.messages.push(message);
        return outcome;
      },
      isLocal: (target) => isLocal(hostOf(target)),
      sayInstant: (at) => new Date(at).toISOString().slice(11, 16),
      failed: (message) => assert.fail(message),
      ...more,
    });
    this.desk = new NoticeDesk({ notices: this.notices, channels: this.channels, sayTarget, now });
  }

  restart(): void {
    this.notices.stop();
    this.#db.close();
    this.#db = openDatabase(this.path);
    this.begin();
  }

  async pass(ms: number, stepMs = 5_000): Promise<void> {
    for (const end = this.now + ms; this.now < end;) {
      this.now += stepMs;
      this.notices.tick(this.open);
      await this.notices.landed();
    }
  }

  close(): void {
    this.notices.stop();
    this.#db.close();
  }
}

function lab(test: (lab: Lab) => Promise<void>, seed?: number): () => Promise<void> {
  return async () => {
    const folder = await Deno.makeTempDir();
    const lab = new Lab(`${folder}/counterpart.db`, seed);
    try {
      lab.channels.replace([PHONE]);
      await test(lab);
    } finally {
      lab.close();
      await Deno.remove(folder, { recursive: true });
    }
  };
}

function trouble(code: string, subject: string, since: number, more: Partial<Trouble> = {}): Trouble {
  const words = { title: "A thing", headline: `${subject} is silent.`, text: "It is silent.", runbook: ["Look."] };
  return { id: `${code}-${subject}-${since}`, code, subject, severity: "fail", ...words, since, ...more };
}

Deno.test(
  "[NTC12] what waits, and what was told, survive a restart: the fall once, its end once",
  lab(async (hub) => {
    hub.open = [trouble("register-silent", "Bar", START)];
    await hub.pass(10_000);
    hub.restart();
    await hub.pass(2 * MINUTE_MS);
    assert.deepEqual(hub.messages.map(({ title }) => title), ["Bar Lola: Bar is silent"]);
    hub.restart();
    await hub.pass(2 * MINUTE_MS);
    hub.open = [];
    await hub.pass(2 * MINUTE_MS);
    hub.restart();
    await hub.pass(10 * MINUTE_MS);
    assert.deepEqual(hub.messages.map(({ title }) => title).slice(1), ["Bar Lola: over: Bar is silent"]);
    assert.deepEqual(hub.desk.recent().map(({ kind, fate }) => `${kind} ${fate}`), ["recovery sent", "fall sent"]);
  }),
);

Deno.test(
  "[NTC12] a hub that ends while a message is on its way sends it again, and the ids are the same",
  lab(async (hub) => {
    hub.open = [trouble("register-silent", "Bar", START)];
    let land = () => {};
    const ids: string[] = [];
    const { notices } = hub;
    hub.answer = () => new Promise((done) => land = () => done(ARRIVED));
    for (let i = 0; i < 8; i++) {
      hub.now += 5_000;
      notices.tick(hub.open);
    }
    assert.equal(hub.tried.length, 1, "one at a time");
    hub.restart();
    land();
    await notices.landed();
    ids.push(hub.messages[0]!.notices[0]!.id);
    assert.equal(hub.desk.recent()[0]!.fate, "waiting", "nobody was there to note that it arrived");
    hub.answer = () => ARRIVED;
    await hub.pass(MINUTE_MS);
    assert.deepEqual([hub.messages.length, hub.messages[1]!.notices[0]!.id], [2, ids[0]]);
  }),
);

Deno.test(
  "[NTC7] an hour without internet: nothing is tried, then one message, while the shop's own server is told at once",
  lab(async (hub) => {
    const nas: ChannelRequest = {
      ...{
        kind: "webhook",
        name: "NAS",
        on: true,
        severities: ["fail"],
        when: "any-time",
        url: "http://192.168.1.5/in",
      },
    };
    const { id } = hub.channels.all[0]!;
    hub.channels.replace([{ ...PHONE, id }, nas]);
    const byHost: Record<string, number> = {};
    hub.answer = (target) => {
      byHost[hostOf(target)] = (byHost[hostOf(target)] ?? 0) + 1;
      return ARRIVED;
    };
    hub.open = [trouble("internet-down", "venue", START)];
    await hub.pass(30 * MINUTE_MS);
    hub.open = [...hub.open, trouble("register-silent", "Bar", hub.now)];
    await hub.pass(10 * MINUTE_MS);
    hub.restart();
    await hub.pass(20 * MINUTE_MS);
    assert.deepEqual(Object.entries(byHost), [["192.168.1.5", 2]]);
    assert.equal(hub.desk.settings().channels[0]!.said, "Waits until the internet is back.");
    hub.open = hub.open.slice(1);
    await hub.pass(MINUTE_MS);
    const digest = hub.messages.filter(({ notices }) => notices.length > 1);
    assert.deepEqual([byHost["ntfy.sh"], digest.length], [1, 1]);
    assert.equal(
      digest[0]!.text,
      [
        "Nothing could be sent from here since 18:00.",
        "• Over: venue is silent, from 18:00 to 19:00 (60 min)",
        "• Bar is silent, since 18:30",
      ].join("\n"),
    );
  }),
);

Deno.test(
  "[NTC7] internet that is not known to be down is tried",
  lab(async (hub) => {
    hub.open = [trouble("dns-down", "venue", START)];
    await hub.pass(MINUTE_MS);
    assert.equal(hub.messages.length, 1);
  }),
);

Deno.test(
  "[NTC10] a channel that fails is tried again after growing waits, is told as such, and arrives in the end",
  lab(async (hub) => {
    hub.answer = () => SILENT;
    hub.open = [trouble("register-silent", "Bar", START)];
    await hub.pass(60 * MINUTE_MS);
    const gaps = hub.tried.slice(1).map((at, i) => at - hub.tried[i]!);
    assert.ok(hub.tried.length >= 7 && hub.tried.length <= 16, String(hub.tried.length));
    assert.ok(gaps[0]! <= 20_000 && Math.max(...gaps) > 5 * MINUTE_MS, String(gaps));
    const [channel] = hub.desk.settings().channels;
    assert.deepEqual([channel!.state, channel!.said, channel!.waiting], ["trouble", SILENT.said, 1]);
    assert.ok(Date.parse(channel!.nextTryAt!) > hub.now);
    assert.equal(hub.desk.recent()[0]!.said, "Waits for the next try. It could not be reached.");
    hub.answer = () => ARRIVED;
    await hub.pass(16 * MINUTE_MS);
    assert.equal(hub.messages.length, 1);
    assert.equal(hub.desk.settings().channels[0]!.state, "ok");
  }),
);

Deno.test(
  "[NTC10] a clock that was set back, and the end of the internet's absence, cut a wait short",
  lab(async (hub) => {
    hub.answer = () => SILENT;
    hub.open = [trouble("register-silent", "Bar", START)];
    await hub.pass(30 * MINUTE_MS);
    const before = hub.tried.length;
    hub.now -= 48 * 60 * MINUTE_MS;
    await hub.pass(5_000);
    assert.equal(hub.tried.length, before + 1);
    hub.open = [...hub.open, trouble("internet-down", "venue", hub.now)];
    await hub.pass(MINUTE_MS);
    hub.open = hub.open.slice(0, 1);
    const held = hub.tried.length;
    await hub.pass(15_000);
    assert.equal(hub.tried.length, held + 1);
  }),
);

Deno.test(
  "[NTC8] what could not be sent for a day is dropped, and the list says so",
  lab(async (hub) => {
    hub.open = [trouble("internet-down", "venue", START)];
    await hub.pass(EXPIRES_MS + 10 * MINUTE_MS, MINUTE_MS);
    assert.deepEqual(hub.desk.recent().map(({ said }) => said), ["Not sent: nothing could be sent for a day."]);
  }),
);

Deno.test(
  "[NTC15] what opens a channel is kept, is sent, and is never told again",
  lab(async (hub) => {
    const seen: Target[] = [];
    hub.answer = (target) => {
      seen.push(target);
      return ARRIVED;
    };
    const [view] = hub.desk.settings().channels;
    const told = () => JSON.stringify([hub.desk.settings(), hub.desk.recent()]);
    assert.doesNotMatch(told(), /lola-T|S3CRET/);
    assert.deepEqual([view!.target, view!.hasSecret], ["ntfy.sh/…0P1C", true]);
    const { url: _url, secret: _secret, ...rest } = { ...PHONE, url: "", secret: "" };
    const changed = { ...rest, id: view!.id, name: "Ana" } as ChannelRequest;
    assert.deepEqual(hub.desk.replace([changed]), { ok: true });
    hub.restart();
    assert.deepEqual(await hub.desk.test(view!.id), { ok: true, said: "It took it." });
    assert.deepEqual(seen, [{ kind: "ntfy", url: "https://ntfy.sh/bar-lola-T0P1C", secret: "tk_S3CRET" }]);
    assert.equal(await hub.desk.test("nobody"), undefined);
    assert.deepEqual(hub.desk.replace([{ ...changed, secret: null } as ChannelRequest]), { ok: true });
    assert.equal(hub.desk.settings().channels[0]!.hasSecret, false);
  }),
);

Deno.test(
  "[NTC15] a token entered for one host is not sent to another, and nothing is taken unless all is good",
  lab(async (hub) => {
    const { id } = hub.channels.all[0]!;
    const before = hub.desk.settings();
    const { secret: _secret, ...moved } = { ...PHONE, id, url: "https://evil.example/t" };
    const outcome = hub.desk.replace([{ ...moved } as ChannelRequest]);
    assert.deepEqual(outcome, { ok: false, reason: "secret-missing", name: "Ana's phone" });
    const bare = { ...PHONE, name: "New", url: undefined };
    assert.deepEqual(hub.desk.replace([{ ...PHONE, id }, bare]), { ok: false, reason: "address-missing", name: "New" });
    assert.equal(hub.desk.replace([{ ...PHONE, id: "gone" }]).ok, false);
    assert.deepEqual(hub.desk.settings(), before);
    await hub.pass(5_000);
  }),
);

Deno.test(
  "[NTC16] a library that throws is a failed attempt, and its words, which may hold a secret, are not told",
  lab(async (hub) => {
    hub.answer = () => {
      throw new Error("bad url https://ntfy.sh/T0P1C");
    };
    hub.open = [trouble("register-silent", "Bar", START)];
    await hub.pass(MINUTE_MS);
    assert.equal(hub.desk.settings().channels[0]!.said, "The hub could not make this message.");
  }),
);

/** Whatever the network, the hub and the venue do, every fall that lasts is told, in order, and nothing is told twice but over a restart. */
for (const seed of [11, 12, 13, 14]) {
  Deno.test(
    `[NTC12] restarts, outages and failures in any order lose no fall that lasts (seed ${seed})`,
    lab(async (hub) => {
      const random = seeded(seed);
      const pick = (n: number) => Math.floor(random() * n);
      hub.answer = () => random() < 0.4 ? SILENT : ARRIVED;
      for (let i = 0; i < 60; i++) {
        const subject = `r${pick(3)}`;
        const others = hub.open.filter((each) => each.subject !== subject);
        hub.open = pick(2) ? others : [...others, trouble("register-silent", subject, hub.now)];
        const online = hub.open.filter(({ code }) => code !== "internet-down");
        if (pick(6) === 0) {
          hub.open = online.length < hub.open.length ? online : [...online, trouble("internet-down", "venue", hub.now)];
        }
        if (pick(5) === 0) hub.restart();
        await hub.pass([20_000, MINUTE_MS, 10 * MINUTE_MS][pick(3)]!);
      }
      const last = [trouble("hub-storage", "hub", hub.now)];
      hub.open = last;
      await hub.pass(60 * MINUTE_MS);
      const told = hub.messages.flatMap(({ notices }) => notices);
      assert.ok(told.some(({ code, kind }) => code === "hub-storage" && kind === "fall"));
      assert.equal(new Set(told.map(({ id }) => id)).size, told.length, "twice");
      const down = new Set<string>();
      for (const { subject, kind, until } of told) {
        assert.equal(down.has(subject), kind !== "fall", `${kind} of ${subject}`);
        if (until === undefined) down.add(subject);
        else down.delete(subject);
      }
      assert.deepEqual([...down], ["hub"], "of all else the end was told");
    }, seed),
  );
}
