import assert from "node:assert/strict";
import { seeded } from "./check/testing.ts";
import {
  type Book,
  type Changes,
  EMPTY_BOOK,
  EXPIRES_MS,
  GATHER_MS,
  type Listener,
  type Notice,
  STEADY_MS,
  type Trouble,
  WAITING_MAX,
} from "./notice.ts";
import { ATTEMPTS_MAX, BACK_OFF_MAX_MS, backOffMs, due, failed, sent } from "./notice_queue.ts";
import { sayFate } from "./notice_fate.ts";
import { type Ends } from "./rules/ends.ts";
import { heed, type Round } from "./notice_rounds.ts";
import { messageOf } from "./notice_text.ts";

const START = 1_000_000_000;
const MINUTE_MS = 60_000;
const PHONE: Listener = { id: "phone", severities: ["warn", "fail"], when: "any-time" };
const speech = (now: number) => ({ venue: "Bar Lola", now, sayInstant: (at: number) => `${(at - START) / 1_000} s` });

/** A venue by hand: what is wrong is set, time passes, and what is due gets through unless it is cut off. */
class Scene {
  book: Book = EMPTY_BOOK;
  now = START;
  open: Trouble[] = [];
  channels: Listener[] = [PHONE];
  closed = false;
  muted: string[] = [];
  ends: Ends = new Map();
  cut = false;
  readonly messages: Notice[][] = [];
  readonly fates = new Map<string, Notice>();
  #ids = 0;

  round(more: Partial<Round> = {}): Round {
    return {
      ...{ now: this.now, channels: this.channels, open: this.open, closed: this.closed, flying: new Set<string>() },
      muted: ({ subject }) => this.muted.includes(subject),
      ends: this.ends,
      newId: () => `n${++this.#ids}`,
      ...more,
    };
  }

  take({ book, changes }: { book: Book; changes: Changes }): void {
    this.book = book;
    for (const notice of changes.notices) {
      const before = this.fates.get(notice.id);
      assert.ok(before === undefined || before.fate.kind === "waiting", "a fate is final");
      this.fates.set(notice.id, notice);
    }
  }

  pass(ms: number, stepMs = 1_000): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now += stepMs;
      this.take(heed(this.book, this.round()));
      if (this.cut) continue;
      for (const channel of this.channels) {
        const batch = due(this.book, channel, this);
        if (batch.length === 0) continue;
        this.messages.push(batch);
        this.take(sent(this.book, batch, this.now));
      }
    }
  }

  get told(): string[] {
    return this.messages.flat().map(({ kind, key, severity }) => `${kind} ${key} ${severity}`);
  }

  get drops(): string[] {
    return [...this.fates.values()].flatMap(({ kind, fate }) => fate.kind === "dropped" ? [`${kind} ${fate.why}`] : []);
  }
}

function trouble(code: string, subject: string, more: Partial<Trouble> = {}): Trouble {
  const words = {
    title: "A thing",
    headline: `${subject} is silent.`,
    text: "It is silent.",
    runbook: ["Look at it."],
  };
  return { id: `${code}-${subject}`, code, subject, severity: "fail", ...words, since: START, ...more };
}

Deno.test("[NTC1] a fall is told once, half a minute after it opened, and its end once it has held for five minutes", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(GATHER_MS);
  assert.deepEqual(scene.told, []);
  scene.pass(1_000);
  assert.deepEqual(scene.told, ["fall register-silent bar fail"]);
  scene.pass(60 * MINUTE_MS);
  scene.open = [];
  scene.pass(STEADY_MS);
  assert.equal(scene.told.length, 1);
  scene.pass(1_000);
  assert.deepEqual(scene.told.slice(1), ["recovery register-silent bar fail"]);
  scene.pass(60 * MINUTE_MS);
  assert.equal(scene.told.length, 2);
});

Deno.test("[NTC1] the same told again changes nothing and writes nothing", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar"), trouble("router-down", "router")];
  for (let i = 0; i < 90; i++) {
    scene.pass(1_000);
    const { changes } = heed(scene.book, scene.round());
    assert.deepEqual([changes.notices, changes.watches], [[], {}]);
  }
  assert.equal(scene.told.length, 2);
});

Deno.test("[NTC2] an effect is not told, is recorded with its reason, and is told once it stands on its own", () => {
  const scene = new Scene();
  const bar = trouble("register-silent", "bar", { under: "router-down router" });
  scene.open = [trouble("router-down", "router"), bar];
  scene.pass(2 * MINUTE_MS);
  assert.deepEqual(scene.told, ["fall router-down router fail"]);
  assert.deepEqual(scene.drops, ["fall effect"]);
  scene.open = [{ ...bar, under: undefined }];
  scene.pass(GATHER_MS + 2_000);
  assert.deepEqual(scene.told.slice(1), ["fall register-silent bar fail"]);
});

Deno.test("[NTC2] what turns out to be an effect before it is due is taken back", () => {
  const scene = new Scene();
  const bar = trouble("register-silent", "bar");
  scene.open = [bar];
  scene.pass(10_000);
  scene.open = [{ ...bar, under: "router-down router" }, trouble("router-down", "router")];
  scene.pass(2 * MINUTE_MS);
  assert.deepEqual(scene.told, ["fall router-down router fail"]);
  scene.open = [];
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual(scene.told.slice(1), ["recovery router-down router fail"]);
});

Deno.test("[NTC3] the end is told only to whom the fall was", () => {
  const scene = new Scene();
  const desk: Listener = { id: "desk", severities: ["fail"], when: "any-time" };
  scene.channels = [PHONE, desk];
  scene.open = [trouble("signal-weak", "bar", { severity: "warn" })];
  scene.pass(MINUTE_MS);
  scene.open = [];
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual(scene.messages.flat().map(({ channel, kind }) => `${channel} ${kind}`), [
    "phone fall",
    "phone recovery",
  ]);
});

Deno.test("[NTC4] what comes and goes is one fall and one end, with how often it fell", () => {
  const scene = new Scene();
  for (let i = 0; i < 12; i++) {
    scene.open = [trouble("register-silent", "bar", { id: `i${i}` })];
    scene.pass(2 * MINUTE_MS);
    scene.open = [];
    scene.pass(2 * MINUTE_MS);
  }
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual(scene.told, ["fall register-silent bar fail", "recovery register-silent bar fail"]);
  assert.equal(scene.messages.at(-1)![0]!.times, 12);
  assert.ok(scene.drops.every((drop) => drop === "recovery fell-again"));
});

Deno.test("[NTC4] a fall that is over before it is due is recorded and not told", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(20_000);
  scene.open = [];
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual([scene.told, scene.drops], [[], ["fall over-already"]]);
});

Deno.test("[NTC5] what gets worse is told again, what gets milder is not", () => {
  const scene = new Scene();
  const bar = trouble("register-silent", "bar", { severity: "warn" });
  scene.open = [bar];
  scene.pass(MINUTE_MS);
  scene.open = [{ ...bar, severity: "fail" }];
  scene.pass(MINUTE_MS);
  scene.open = [bar];
  scene.pass(MINUTE_MS);
  assert.deepEqual(scene.told, ["fall register-silent bar warn", "worse register-silent bar fail"]);
});

Deno.test("[NTC5] what gets worse before it is due is told once, as it is by then", () => {
  const scene = new Scene();
  const bar = trouble("register-silent", "bar", { severity: "warn" });
  scene.open = [bar];
  scene.pass(20_000);
  scene.open = [{ ...bar, severity: "fail", text: "It has been silent for 40 s." }];
  scene.pass(MINUTE_MS);
  assert.deepEqual(scene.told, ["fall register-silent bar fail"]);
  assert.equal(scene.messages[0]![0]!.text, "It has been silent for 40 s.");
});

Deno.test("[NTC6] muted and quiet hours are recorded and not sent; what is still wrong afterwards is told then", () => {
  const scene = new Scene();
  scene.channels = [{ ...PHONE, when: "opening-hours" }];
  scene.closed = true;
  scene.muted = ["till"];
  scene.open = [trouble("register-silent", "bar"), trouble("register-silent", "till")];
  scene.pass(60 * MINUTE_MS);
  assert.deepEqual([scene.told, scene.drops], [[], ["fall quiet-hours", "fall muted"]]);
  scene.open = scene.open.slice(0, 1);
  scene.closed = false;
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual(scene.told, ["fall register-silent bar fail"]);
  scene.closed = true;
  scene.open = [];
  scene.pass(60 * MINUTE_MS);
  assert.equal(scene.told.length, 1, "an end wakes nobody either");
  scene.closed = false;
  scene.pass(1_000);
  assert.deepEqual(scene.told.slice(1), ["recovery register-silent bar fail"]);
});

Deno.test("[NTC6] a channel for any time is told while the venue is closed", () => {
  const scene = new Scene();
  scene.closed = true;
  scene.open = [trouble("router-down", "router")];
  scene.pass(MINUTE_MS);
  assert.equal(scene.told.length, 1);
});

Deno.test("[NTC7] what piled up while nothing could be sent arrives as one message that says how long", () => {
  const scene = new Scene();
  scene.cut = true;
  scene.open = [trouble("internet-down", "venue")];
  scene.pass(10 * MINUTE_MS);
  scene.open = [...scene.open, trouble("register-silent", "bar", { since: scene.now })];
  scene.pass(20 * MINUTE_MS);
  scene.open = [...scene.open.slice(0, 1), trouble("signal-weak", "till", { severity: "warn", since: scene.now })];
  scene.pass(30 * MINUTE_MS);
  scene.open = scene.open.slice(1);
  scene.pass(1_000);
  scene.cut = false;
  scene.pass(20 * MINUTE_MS);
  assert.equal(scene.messages.length, 1);
  const message = messageOf(scene.messages[0]!, speech(START + 3_601_000));
  assert.equal(message.title, "Bar Lola: 3 things happened");
  assert.equal(
    message.text,
    [
      "Nothing could be sent from here since 31 s.",
      "• Over: venue is silent, from 0 s to 3601 s (60 min)",
      "• Over: bar is silent, from 600 s to 1801 s (20 min)",
      "• till is silent, since 1800 s",
    ].join("\n"),
  );
  assert.equal(message.mood, "warn");
});

Deno.test("[NTC7] what comes and goes while nothing can be sent is one line", () => {
  const scene = new Scene();
  scene.cut = true;
  for (let i = 0; i < 10; i++) {
    scene.open = [trouble("register-silent", "bar", { id: `i${i}` })];
    scene.pass(2 * MINUTE_MS);
    scene.open = [];
    scene.pass(4 * MINUTE_MS);
  }
  scene.cut = false;
  scene.pass(MINUTE_MS);
  assert.deepEqual(scene.messages.map((batch) => batch.map(({ times }) => times)), [[10]]);
});

Deno.test("[NTC8] a notice older than a day is dropped with its reason, and its end is not told", () => {
  const scene = new Scene();
  scene.cut = true;
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(EXPIRES_MS + 2 * MINUTE_MS, 30_000);
  assert.deepEqual(scene.drops, ["fall expired"]);
  scene.cut = false;
  scene.open = [];
  scene.pass(20 * MINUTE_MS);
  assert.deepEqual(scene.told, []);
});

Deno.test("[NTC9] a channel's queue is bounded: the oldest gives way, with its reason", () => {
  const scene = new Scene();
  scene.cut = true;
  for (let i = 0; i < WAITING_MAX + 20; i++) {
    scene.open = [...scene.open, trouble("register-silent", `r${i}`, { since: START + i })];
    scene.pass(1_000);
  }
  scene.pass(GATHER_MS);
  assert.equal(Object.keys(scene.book.waiting).length, WAITING_MAX);
  assert.deepEqual(scene.drops, Array(20).fill("fall queue-full"));
  scene.cut = false;
  scene.pass(1_000);
  assert.deepEqual(scene.messages.map((batch) => batch.length), [WAITING_MAX]);
  assert.match(messageOf(scene.messages[0]!, speech(scene.now)).text, /and 80 more things; the console has them all$/);
});

Deno.test("[NTC9] a notice is given up after its last attempt, and not made anew while the trouble stays", () => {
  const scene = new Scene();
  scene.cut = true;
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(MINUTE_MS);
  for (let i = 1; i <= ATTEMPTS_MAX; i++) {
    const batch = due(scene.book, PHONE, scene);
    assert.equal(batch.length, 1, `attempt ${i}`);
    scene.take(failed(scene.book, batch, "It did not answer.", scene.now));
  }
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual(scene.drops, ["fall attempts"]);
  assert.deepEqual(due(scene.book, PHONE, scene), []);
});

Deno.test("[NTC10] waits grow, are bounded, and are spread by chance", () => {
  const waits = Array.from({ length: 60 }, (_, i) => backOffMs(i + 1, 1));
  assert.deepEqual(waits.slice(0, 4), [15_000, 30_000, 60_000, 120_000]);
  assert.equal(waits.at(-1), BACK_OFF_MAX_MS);
  assert.equal(backOffMs(3, 0), 30_000);
  assert.equal(backOffMs(3, 0.5), 45_000);
});

Deno.test("[NTC10] a clock that is set back holds nothing up", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(1_000);
  scene.now -= 24 * 60 * MINUTE_MS;
  scene.pass(1_000);
  assert.equal(scene.told.length, 1);
});

Deno.test("[NTC3] what is on its way is let be: an end that arrives although it fell again is followed by that fall", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(MINUTE_MS);
  scene.open = [];
  scene.cut = true;
  scene.pass(6 * MINUTE_MS);
  const batch = due(scene.book, PHONE, scene);
  assert.equal(batch[0]!.kind, "recovery");
  scene.open = [trouble("register-silent", "bar", { id: "second" })];
  scene.now += 1_000;
  scene.take(heed(scene.book, scene.round({ flying: new Set(batch.map(({ id }) => id)) })));
  scene.take(sent(scene.book, batch, scene.now));
  scene.cut = false;
  scene.pass(MINUTE_MS);
  assert.deepEqual(scene.told, ["fall register-silent bar fail", "fall register-silent bar fail"]);
});

for (
  const [end, why] of [["closed", "venue-closed"], ["gone", "gone"], ["unmeasured", "unmeasured"]] as const
) {
  Deno.test(`[NTC19] a silence that is only ${end} is never told as over, and the list says why`, () => {
    const scene = new Scene();
    const [told, waiting] = [trouble("register-silent", "bar"), trouble("register-silent", "till")];
    scene.open = [told];
    scene.pass(MINUTE_MS);
    scene.open = [told, waiting];
    scene.pass(10_000);
    scene.ends = new Map([["register-silent bar", end], ["register-silent till", end]]);
    scene.open = [];
    scene.pass(60 * MINUTE_MS);
    assert.deepEqual(scene.told, ["fall register-silent bar fail"]);
    assert.deepEqual(scene.drops.toSorted(), [`fall ${why}`, `recovery ${why}`]);
    const list = [...scene.fates.values()].filter(({ fate }) => fate.kind === "dropped");
    assert.ok(list.every(({ until }) => until === undefined), "nothing in the list says that it was over");
    assert.match(
      sayFate(list[0]!),
      /^Not sent: (the venue closed|what it is about was taken off the list|it is not measured any more)/,
    );

    scene.open = [{ ...told, id: "next morning" }];
    scene.pass(MINUTE_MS);
    assert.deepEqual(scene.told.slice(1), ["fall register-silent bar fail"]); // a fall of its own
    scene.ends = new Map([["register-silent bar", "over"]]);
    scene.open = [];
    scene.pass(10 * MINUTE_MS);
    assert.deepEqual(scene.told.slice(2), ["recovery register-silent bar fail"]);
  });
}

Deno.test("[NTC19] a fall that could not be sent in time is not told with an end that nobody saw", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.cut = true;
  scene.pass(5 * MINUTE_MS);
  scene.ends = new Map([["register-silent bar", "closed"]]);
  scene.open = [];
  scene.pass(MINUTE_MS);
  scene.cut = false;
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual([scene.told, scene.drops], [[], ["fall venue-closed"]]);
});

Deno.test("[NTC19] an end that was seen before the venue closed is told", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(MINUTE_MS);
  scene.ends = new Map([["register-silent bar", "over"]]);
  scene.open = [];
  scene.pass(MINUTE_MS);
  scene.closed = true;
  scene.pass(10 * MINUTE_MS);
  assert.deepEqual(scene.told.slice(1), ["recovery register-silent bar fail"]);
});

Deno.test("[NTC11] a channel that is switched off drops what waited; switched on again it is told what is wrong then", () => {
  const scene = new Scene();
  scene.open = [trouble("register-silent", "bar")];
  scene.pass(10_000);
  scene.channels = [];
  scene.pass(MINUTE_MS);
  assert.deepEqual([scene.drops, scene.book.watches], [["fall channel-off"], {}]);
  scene.channels = [PHONE];
  scene.pass(MINUTE_MS);
  assert.deepEqual(scene.told, ["fall register-silent bar fail"]);
});

/** Whatever happens, in whatever order: what one channel is told of one finding is a fall, perhaps worse, an end, and again. */
function wander(seed: number): Scene {
  const random = seeded(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const scene = new Scene();
  scene.channels = [PHONE, { id: "mail", severities: ["fail"], when: "opening-hours" }];
  for (let i = 0; i < 250; i++) {
    const key = `r${pick(4)}`;
    const others = scene.open.filter(({ subject }) => subject !== key);
    const again = trouble("register-silent", key, {
      id: `i${i}`,
      severity: pick(2) ? "warn" : "fail",
      under: pick(4) ? undefined : "router-down router",
      since: scene.now,
    });
    scene.open = pick(2) ? others : [...others, again];
    if (pick(8) === 0) scene.cut = !scene.cut;
    if (pick(10) === 0) scene.closed = !scene.closed;
    if (pick(10) === 0) scene.muted = scene.muted.length ? [] : [key];
    if (scene.cut && pick(3) === 0) {
      for (const channel of scene.channels) {
        scene.take(failed(scene.book, due(scene.book, channel, scene), "No answer.", scene.now));
      }
    }
    if (pick(15) === 0) scene.book = JSON.parse(JSON.stringify(scene.book)); // a restart
    scene.pass([1_000, 20_000, 60_000, 8 * MINUTE_MS][pick(4)]!, 5_000);
  }
  return scene;
}

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  Deno.test(`[NTC3, NTC12] in any order each fall is told before its end, each notice has one fate (seed ${seed})`, () => {
    const scene = wander(seed);
    const down = new Set<string>();
    for (const { channel, key, kind, until } of scene.messages.flat()) {
      const at = `${channel} ${key}`;
      assert.equal(down.has(at), kind !== "fall", `${kind} to ${at}`);
      if (until === undefined) down.add(at);
      else down.delete(at);
    }
    assert.ok(scene.messages.length > 20, "too little happened");
    for (const notice of scene.fates.values()) {
      assert.equal(notice.fate.kind === "waiting", notice.id in scene.book.waiting, notice.id);
    }
    const ids = scene.messages.flat().map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, "sent twice");
    [scene.open, scene.cut, scene.closed, scene.muted] = [[], false, false, []];
    scene.pass(30 * MINUTE_MS);
    assert.deepEqual(scene.book, EMPTY_BOOK, "all is well, and nothing is left");
  });
}
