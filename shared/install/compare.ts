/** What drifted between two reports: rules that changed, registers that came or went, spots and pairs that got better or worse. Pure. */
import { z } from "zod";
import { count, figure } from "../rules/words.ts";
import type { Row, RowState } from "./list.ts";
import type { Report } from "./report.ts";
import type { WalkResult } from "./walk.ts";

export const SIGNAL_DRIFT_DB = 6; // half the distance, or a new wall; less is somebody walking past
const RTT_DRIFT_FACTOR = 2; // of the 95th percentile; less is chance
const RTT_DRIFT_MS = 20; // and below this nobody feels it

export const Drift = z.object({
  kind: z.enum(["rule", "register", "walk", "pair", "signal"]),
  subject: z.string().describe("A rule's code, a register's name, a spot, a pair"),
  way: z.enum(["better", "worse", "other"]),
  text: z.string(),
});
export type Drift = z.infer<typeof Drift>;

const WORDS: Record<RowState, string> = {
  passed: "passed",
  warned: "to look at",
  failed: "failed",
  unmeasured: "not measured",
};

/** The worst first. Nothing: all is as it was. */
export function compare(before: Report, after: Report): Drift[] {
  const drifts = [
    ...rules(before.rows, after.rows),
    ...registers(before, after),
    ...signals(before, after),
    ...walks(before.walks, after.walks),
    ...pairs(before, after),
  ];
  const ways = ["worse", "other", "better"];
  return drifts.toSorted((a, b) => ways.indexOf(a.way) - ways.indexOf(b.way));
}

function rules(before: readonly Row[], after: readonly Row[]): Drift[] {
  return after.flatMap(({ code, wants, state }): Drift[] => {
    const old = before.find((row) => row.code === code)?.state;
    if (old === undefined || old === state) return [];
    return [{
      kind: "rule",
      subject: code,
      way: wayOf(old, state),
      text: `${wants}: ${WORDS[old]} then, ${WORDS[state]} now.`,
    }];
  });
}

/** From or to "not measured" is neither better nor worse, unless what is known now is bad. */
function wayOf(before: RowState, after: RowState): Drift["way"] {
  if (after === "unmeasured") return "other";
  if (before === "unmeasured") return after === "passed" ? "other" : "worse";
  const order: RowState[] = ["passed", "warned", "failed"];
  return order.indexOf(after) > order.indexOf(before) ? "worse" : "better";
}

function registers(before: Report, after: Report): Drift[] {
  const gone = before.registers.filter(({ id }) => !after.registers.some((each) => each.id === id));
  const come = after.registers.filter(({ id }) => !before.registers.some((each) => each.id === id));
  const drift = (name: string, text: string): Drift => ({ kind: "register", subject: name, way: "other", text });
  const renamed = after.registers.flatMap(({ id, name }) => {
    const old = before.registers.find((each) => each.id === id)?.name;
    return old === undefined || old === name ? [] : [drift(name, `${old} is called ${name} now.`)];
  });
  return [
    ...gone.map(({ name }) => drift(name, `${name} is no longer enrolled.`)),
    ...come.map(({ name }) => drift(name, `${name} is new.`)),
    ...renamed,
  ];
}

function signals(before: Report, after: Report): Drift[] {
  return after.registers.flatMap(({ id, name, signalDbm: now }): Drift[] => {
    const then = before.registers.find((each) => each.id === id)?.signalDbm ?? null;
    if (then === null || now === null || Math.abs(now - then) < SIGNAL_DRIFT_DB) return [];
    const text = `Signal of ${name}: ${figure(then)} dBm then, ${figure(now)} dBm now.`;
    return [{ kind: "signal", subject: name, way: now < then ? "worse" : "better", text }];
  });
}

function walks(before: readonly WalkResult[], after: readonly WalkResult[]): Drift[] {
  return after.flatMap((walk): Drift[] => {
    const old = before.find(({ register, spot }) => register === walk.register && spot === walk.spot);
    if (!old || old.id === walk.id) return [];
    const way = old.verdict === walk.verdict ? slower(old, walk) : wayOf(old.verdict, walk.verdict);
    if (way === undefined) return [];
    const text = `${walk.name} at “${walk.spot}”: ${sayWalk(old)} then, ${sayWalk(walk)} now.`;
    return [{ kind: "walk", subject: walk.spot, way, text }];
  });
}

/** With the same verdict, whether the round trip is another one all the same. */
function slower({ rttP95Ms: then }: WalkResult, { rttP95Ms: now }: WalkResult): "better" | "worse" | undefined {
  if (then === null || now === null || Math.abs(now - then) < RTT_DRIFT_MS) return undefined;
  if (now > then * RTT_DRIFT_FACTOR) return "worse";
  return then > now * RTT_DRIFT_FACTOR ? "better" : undefined;
}

function sayWalk({ verdict, rttP95Ms, lossPercent }: WalkResult): string {
  const numbers = [
    rttP95Ms !== null && `p95 ${figure(rttP95Ms)} ms`,
    lossPercent !== null && `loss ${figure(lossPercent)} %`,
  ];
  return `${WORDS[verdict]} (${numbers.filter(Boolean).join(", ")})`;
}

function pairs(before: Report, after: Report): Drift[] {
  return after.pairs.flatMap(({ a, b, path, why }): Drift[] => {
    const old = before.pairs.find((pair) => pair.a === a && pair.b === b)?.path;
    if (!old || !path || old === path) return [];
    const direct = path === "direct";
    const text = direct ? `${a} and ${b} are linked directly again.` : `${a} and ${b} go by the hub now. ${why ?? ""}`;
    return [{ kind: "pair", subject: `${a} – ${b}`, way: direct ? "better" : "worse", text: text.trim() }];
  });
}

/** One sentence for all of it. */
export function sayDrift(drifts: readonly Drift[]): string {
  const worse = drifts.filter(({ way }) => way === "worse").length;
  const better = drifts.filter(({ way }) => way === "better").length;
  if (drifts.length === 0) return "Nothing drifted.";
  const parts = [
    worse > 0 && `${count(worse, "thing")} got worse`,
    better > 0 && `${count(better, "thing")} got better`,
  ];
  return parts.some(Boolean) ? `${parts.filter(Boolean).join(", ")}.` : `${count(drifts.length, "thing")} changed.`;
}
