/**
 * `deno task bench`: how fast it is here and now, each figure beside a plain one of the same run, since machines are noisy. `--json` for
 * a machine. What a person taps is measured between pages in a real browser, with its bound beside it. Nothing is asserted: times are measured, not tested.
 */
import { foldFamily } from "../../shared/check/fold.ts";
import type { CheckOp } from "../../shared/check/op.ts";
import { opId } from "../../shared/ids.ts";
import { encodeMessage } from "../../shared/packing.ts";
import { DELTA_OPS_MAX } from "../../shared/sync/exchange.ts";
import { parseMessage, SyncMessage, toRuns } from "../../shared/wire.ts";
import { HeadlessRegister } from "../../agent/headless.ts";
import { openLabHub } from "../support/lab_hub.ts";
import { eveningOps } from "./evening_ops.ts";
import { betweenPages } from "./pages.ts";
import { retiring } from "./retiring.ts";
import { aYear } from "./year.ts";
import { type Figure, microseconds, percentile, table, withRatios } from "./measure.ts";

const CATCH_UP_CHECKS = 500; // 10,000 ops
const TAPS = 200;

const pages = await betweenPages();
const figures: Figure[] = [
  ...folding(),
  ...bytes(),
  ...await throughHub(),
  ...await retiring(),
  ...await aYear(),
  ...typeof pages === "string" ? [] : pages,
];
const done = withRatios(figures);
console.log(Deno.args.includes("--json") ? JSON.stringify(done) : table(done));
if (typeof pages === "string") console.error(pages);
Deno.exit(0);

function folding(): Figure[] {
  const large = largeCheck();
  const text = JSON.stringify(large.map(({ op }) => op));
  return [
    {
      name: "fold a check of 200 ops",
      value: microseconds(() => foldFamily(large), 1_000),
      unit: "µs",
      against: "parse its JSON",
    },
    { name: "parse its JSON", value: microseconds(() => JSON.parse(text), 1_000), unit: "µs" },
  ];
}

/** 200 ops on one check: ten evenings' checks of 20 put on one table. */
function largeCheck() {
  const ops = eveningOps(40).filter((op) => op.replica.startsWith("r7k2m9qd"));
  const first = opId(ops[0]!.replica, 1);
  return ops.slice(0, 200).map((op, i) => {
    const body = i === 0 || op.body.kind !== "check.open"
      ? op.body
      : { kind: "check.edit", check: first, guests: 3 } as const;
    return {
      id: opId(op.replica, op.seq),
      op: { ...op, body: "check" in body ? { ...body, check: first } : body } as CheckOp,
    };
  });
}

function bytes(): Figure[] {
  const message: SyncMessage = { type: "delta", runs: toRuns(eveningOps(10)) };
  const packed = encodeMessage(message);
  const per = (text: string) => new TextEncoder().encode(text).length / 200;
  return [
    { name: "delta, packed", value: per(packed), unit: "bytes/op", against: "delta, plain JSON" },
    { name: "delta, plain JSON", value: per(JSON.stringify(message)), unit: "bytes/op" },
    { name: "read a delta of 200 ops", value: microseconds(() => parseMessage(SyncMessage, packed), 200), unit: "µs" },
  ];
}

/** A real hub on a real port of loopback, with a database file; registers over real sockets. */
async function throughHub(): Promise<Figure[]> {
  const folder = await Deno.makeTempDir();
  const lab = await openLabHub(`${folder}/counterpart.db`, Date.now());
  const join = async (name: string) => HeadlessRegister.start({ hub: lab.url, enrolment: await lab.enrol(name) });
  const [a, b] = [await join("A"), await join("B")];
  await a.until(() => a.state === "online");
  await b.until(() => b.state === "online");

  const taps: number[] = [];
  const opened = await a.replica.write({ kind: "check.open", number: "A1" });
  const check = opened.ok ? opened.id : "";
  for (let i = 0; i < TAPS; i++) {
    const from = performance.now();
    const outcome = await a.replica.write({ kind: "line.add", check, name: "Beer", price: 500, quantity: 1 });
    const id = outcome.ok ? outcome.id : "";
    await b.until(() => b.replica.book.get(check)?.lines.at(-1)?.id === id);
    taps.push(performance.now() - from);
  }

  for (const register of [a, b]) register.pause();
  const ops = eveningOps(CATCH_UP_CHECKS);
  const before = performance.now();
  for (let i = 0; i < ops.length; i += DELTA_OPS_MAX) lab.store.log.append(ops.slice(i, i + DELTA_OPS_MAX));
  const stored = performance.now() - before;
  const late = await join("C");
  const from = performance.now();
  const held = () => Object.values(late.replica.vector()).reduce((sum, seq) => sum + seq, 0);
  await late.until(() => held() > ops.length && late.replica.book.all().length > CATCH_UP_CHECKS, 60_000);
  const caughtUp = performance.now() - from;
  const echo = await echoes();

  late.pause();
  await lab.stop();
  await Deno.remove(folder, { recursive: true });
  return [
    {
      name: "tap to the other register, p50",
      value: percentile(taps, 50),
      unit: "ms",
      against: "echo of a socket, p50",
    },
    {
      name: "tap to the other register, p95",
      value: percentile(taps, 95),
      unit: "ms",
      against: "echo of a socket, p95",
    },
    { name: "echo of a socket, p50", value: percentile(echo, 50), unit: "ms" },
    { name: "echo of a socket, p95", value: percentile(echo, 95), unit: "ms" },
    { name: "store 10,000 ops durably", value: stored, unit: "ms" },
    { name: "catch up on 10,000 ops of 500 checks", value: caughtUp, unit: "ms", against: "store 10,000 ops durably" },
  ];
}

/** Round trips of a bare WebSocket on the same machine: what no sync can be faster than. */
async function echoes(): Promise<number[]> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}`);
  await new Promise((resolve) => socket.onopen = resolve);
  const taken: number[] = [];
  for (let i = 0; i < TAPS; i++) {
    const from = performance.now();
    const answered = new Promise((resolve) => socket.onmessage = resolve);
    socket.send("x".repeat(200));
    await answered;
    taken.push(performance.now() - from);
  }
  socket.close();
  await server.shutdown();
  return taken;
}
