import assert from "node:assert/strict";
import { test } from "node:test";
import type { Heartbeat } from "./heartbeat.ts";
import {
  type Complaint,
  COMPLAINT_CLEARS_MS,
  COMPLAINT_RETRY_MAX_MS,
  QUIET_MAX_MS,
  type Socket,
  type SocketEvents,
  Uplink,
  type UplinkState,
} from "./uplink.ts";
import { CLOSE } from "./wire.ts";

const BEAT: Heartbeat = { sentAt: "2026-01-01T00:00:00.000Z", app: { version: "1.0.0" } };
const WELCOME = {
  type: "welcome",
  version: 1,
  now: 0,
  name: "Bar",
  letter: "A",
  venue: "Lola",
  configVersion: 1,
  sync: true,
};

/** An uplink over sockets that the test opens, feeds and closes by hand, with a clock it turns by hand. */
function rig(dice = 0) {
  const sockets: { events: SocketEvents; sent: { type: string }[]; closed: boolean }[] = [];
  const states: UplinkState[] = [];
  const links: string[] = [];
  const complaints: (Complaint | undefined)[] = [];
  const clock = { now: 1_000_000 };
  const uplink = new Uplink({
    connect: (events): Socket => {
      const socket = { events, sent: [] as { type: string }[], closed: false };
      sockets.push(socket);
      return { send: (text) => socket.sent.push(JSON.parse(text)), close: () => socket.closed = true };
    },
    hello: () => ({ token: "t", replica: "aaaaaaaa-0000", app: { version: "1.0.0" } }),
    heartbeat: () => BEAT,
    now: () => clock.now,
    random: () => Uint8Array.of(dice),
    online: () => links.push("up"),
    offline: () => links.push("down"),
    sync: () => {},
    inbound: () => {},
    changed: (state) => states.push(state),
    complained: (complaint) => complaints.push(complaint),
  });
  const last = () => sockets.at(-1)!;
  const welcome = () => {
    last().events.opened();
    last().events.received(JSON.stringify(WELCOME));
  };
  /** Ticks once a second until a new socket is opened; returns how long it took. */
  const untilRetry = () => {
    const from = clock.now;
    const before = sockets.length;
    while (sockets.length === before && clock.now - from < 120_000) {
      clock.now += 100;
      uplink.tick();
    }
    return clock.now - from;
  };
  return { uplink, sockets, states, links, complaints, clock, last, welcome, untilRetry };
}

test("[SES1] says hello, is linked on welcome, and sends a heartbeat at once and then every 5 s", () => {
  const { uplink, last, welcome, links, clock } = rig();
  uplink.tick();
  welcome();
  assert.deepEqual(last().sent.map((message) => message.type), ["hello", "heartbeat"]);
  assert.deepEqual(links, ["up"]);
  clock.now += 5_000;
  uplink.tick();
  assert.equal(last().sent.filter((message) => message.type === "heartbeat").length, 2);
});

test("[SES1] news is told at once, and once a second at most however much comes", () => {
  const { uplink, last, welcome, clock } = rig();
  const beats = () => last().sent.filter((message) => message.type === "heartbeat").length;
  uplink.tick();
  uplink.news(); // there is nobody to tell yet
  welcome();
  assert.equal(beats(), 1);
  clock.now += 1_000;
  uplink.news();
  assert.equal(beats(), 2);
  for (let i = 0; i < 20; i++) uplink.news();
  assert.equal(beats(), 2);
  clock.now += 1_000;
  uplink.tick();
  assert.equal(beats(), 3, "the twenty in one");
  clock.now += 4_000;
  uplink.tick();
  assert.equal(beats(), 3, "and then the usual five seconds");
});

test("[SES1] waits grow while the hub is away, with jitter, and never pass the limit", () => {
  const waits = [0, 255].map((dice) => {
    const { uplink, last, untilRetry } = rig(dice);
    uplink.tick();
    return Array.from({ length: 8 }, () => {
      last().events.closed(1006);
      return untilRetry();
    });
  });
  for (const series of waits) {
    assert.ok(series[3]! > series[0]!);
    assert.ok(series.every((wait) => wait <= 10_100), String(series));
  }
  assert.ok(waits[1]![4]! > waits[0]![4]!); // the dice decide between half and the whole
});

test("[SES1] coming to the front tries at once, whatever the wait", () => {
  const { uplink, sockets, last } = rig(255);
  uplink.tick();
  for (let i = 0; i < 6; i++) {
    last().events.closed(1006);
    uplink.wake();
  }
  assert.equal(sockets.length, 7);
});

test("[SES2] a socket that went quiet is given up and replaced, and this works a second time", () => {
  const { uplink, sockets, links, clock, welcome, untilRetry } = rig();
  uplink.tick();
  for (const round of [1, 2]) {
    welcome();
    clock.now += QUIET_MAX_MS + 1;
    uplink.tick();
    assert.equal(sockets[round - 1]!.closed, true);
    untilRetry();
    assert.equal(sockets.length, round + 1);
  }
  assert.deepEqual(links, ["up", "down", "up", "down"]);
});

test("[SES1] waking gives up an attempt from before the page was hidden, and tries again at once", () => {
  const { uplink, sockets, clock, welcome } = rig();
  uplink.tick();
  clock.now += 1_000;
  uplink.wake();
  assert.equal(sockets.length, 1); // it may still come
  clock.now += 1;
  uplink.wake();
  assert.deepEqual([sockets.length, sockets[0]!.closed], [2, true]);
  welcome();
  assert.equal(uplink.state, "online");
});

test("[SES2] an attempt that is not welcomed in four seconds is given up", () => {
  const { uplink, sockets, clock, last, untilRetry } = rig();
  uplink.tick();
  last().events.opened();
  clock.now += 4_000;
  uplink.tick();
  assert.equal(sockets[0]!.closed, false);
  untilRetry();
  assert.deepEqual([sockets[0]!.closed, sockets.length], [true, 2]);
});

test("[SES2] a word from a socket that was given up is not heard", () => {
  const { uplink, sockets, clock, states, welcome, untilRetry } = rig();
  uplink.tick();
  welcome();
  clock.now += QUIET_MAX_MS + 1;
  uplink.tick();
  untilRetry();
  const before = states.length;
  sockets[0]!.events.received(JSON.stringify(WELCOME));
  sockets[0]!.events.closed(CLOSE.unknownToken.code);
  assert.equal(states.length, before);
});

test("[SES3] replaced by a newer session: does not fight back until a person asks", () => {
  const { uplink, sockets, last, welcome, clock } = rig();
  uplink.tick();
  welcome();
  last().events.closed(CLOSE.replaced.code);
  assert.equal(uplink.state, "replaced");
  for (let i = 0; i < 100; i++) {
    clock.now += 1_000;
    uplink.tick();
  }
  assert.equal(sockets.length, 1);
  uplink.wake();
  assert.equal(sockets.length, 2);
});

test("[SES4] a token that is not known ends the session for good", () => {
  const { uplink, sockets, last, clock } = rig();
  uplink.tick();
  last().events.closed(CLOSE.unknownToken.code);
  clock.now += 600_000;
  uplink.tick();
  uplink.wake();
  assert.deepEqual([uplink.state, sockets.length], ["refused", 1]);
});

test("[SES1] answers pings, and does without what it does not know", () => {
  const { uplink, last, welcome } = rig();
  uplink.tick();
  welcome();
  last().events.received(JSON.stringify({ type: "ping", n: 7 }));
  last().events.received(JSON.stringify({ type: "confetti" }));
  last().events.received("{");
  assert.deepEqual(last().sent.at(-1), { type: "pong", n: 7 });
  assert.equal(uplink.state, "online");
});

const COMPLAINTS: readonly (readonly [number, Complaint])[] = [
  [CLOSE.fork.code, "fork"],
  [CLOSE.gap.code, "gap"],
  [CLOSE.badMessage.code, "bad-message"],
  [CLOSE.tooLarge.code, "too-large"],
  [CLOSE.flood.code, "flood"],
];
for (const [code, complaint] of COMPLAINTS) {
  test(`[LOS8] a session that was ended with ${code} says ${complaint}, and is tried again, in the end once a minute`, () => {
    const { uplink, last, welcome, untilRetry, complaints } = rig(255);
    uplink.tick();
    const waits = Array.from({ length: 10 }, () => {
      welcome();
      last().events.closed(code);
      return untilRetry();
    });
    assert.deepEqual(complaints, [complaint]);
    assert.ok(waits[0]! < 1_000, `the first wait is short: ${waits}`);
    assert.ok(waits.at(-1)! > 50_000 && Math.max(...waits) <= COMPLAINT_RETRY_MAX_MS + 100, String(waits));
  });
}

test("[LOS8] sessions that last half a minute before they are ended do not make the waits short again", () => {
  const { uplink, last, welcome, untilRetry, clock } = rig(255);
  uplink.tick();
  const waits = Array.from({ length: 9 }, () => {
    welcome();
    for (let s = 0; s < 30; s++) {
      clock.now += 1_000;
      last().events.received(JSON.stringify({ type: "ping", n: s }));
      uplink.tick();
    }
    last().events.closed(CLOSE.gap.code);
    return untilRetry();
  });
  assert.ok(waits.at(-1)! > 50_000, String(waits));
});

test("[LOS8] a session that lasts a minute is taken again, and the next loss is an ordinary one", () => {
  const { uplink, last, welcome, untilRetry, clock, complaints } = rig(255);
  uplink.tick();
  for (let n = 0; n < 8; n++) {
    welcome();
    last().events.closed(CLOSE.fork.code);
    untilRetry();
  }
  welcome();
  for (let ms = 0; ms < COMPLAINT_CLEARS_MS; ms += 1_000) {
    clock.now += 1_000;
    last().events.received(JSON.stringify({ type: "ping", n: ms }));
    uplink.tick();
  }
  assert.deepEqual(complaints, ["fork", undefined]);
  last().events.closed(1006);
  assert.ok(untilRetry() < 1_000);
});

test("[LOS8] a loss that is nobody's fault is no complaint", () => {
  const { uplink, last, complaints } = rig();
  uplink.tick();
  for (const { code } of [CLOSE.slow, CLOSE.storage, CLOSE.restart]) last().events.closed(code);
  assert.deepEqual(complaints, []);
});
