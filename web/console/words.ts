/** Numbers and states of the view, in the words and marks that the page shows. Pure: the same view always reads the same. */
import type { Finding, LayerView, RegisterView, View } from "../../shared/api.ts";
import type { Mark } from "../ui/state_mark.tsx";

export const NOT_KNOWN = "–";
export const NOTE = "To know"; // the word of what asks for nothing

/** "4 ms", "<1 ms". */
export function sayMs(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NOT_KNOWN;
  return ms < 1 ? "<1 ms" : `${Math.round(ms)} ms`;
}

/** "−52 dBm", with a true minus. */
export function saySignal(dbm: number | null | undefined): string {
  if (dbm === null || dbm === undefined) return NOT_KNOWN;
  return `${dbm < 0 ? "−" : ""}${Math.abs(Math.round(dbm))} dBm`;
}

export function sayPercent(percent: number | null | undefined): string {
  if (percent === null || percent === undefined) return NOT_KNOWN;
  return percent > 0 && percent < 1 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`;
}

/** "1 change", "2 changes". */
export function sayCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "Bar", "Bar and Till 1", "Bar, Till 1 and Terrace". */
export function sayList(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The quiet line under the verdict. */
export function factsLine(view: View): string[] {
  return [
    sayInFront(view.registers),
    sayLayer("router", view.router),
    sayLayer("internet", view.internet),
    ...(view.registers.length > 0 ? [sayUnsynced(view.registers), sayChecks(view.checks)] : []),
  ];
}

function sayChecks({ open, attention }: View["checks"]): string {
  const checks = open === 0 ? "no open checks" : sayCount(open, "open check");
  return attention === 0 ? checks : `${checks}, ${attention} ${attention === 1 ? "needs" : "need"} attention`;
}

function sayInFront(registers: readonly RegisterView[]): string {
  if (registers.length === 0) return "no registers yet";
  if (registers.every(({ state }) => state === "unknown")) return "registers not known";
  const front = registers.filter((register) => register.state === "ok" && register.foreground === true).length;
  const all = sayCount(registers.length, "register");
  return front === registers.length ? `${all} in front` : `${front} of ${all} in front`;
}

function sayLayer(name: string, layer: LayerView): string {
  switch (layer.state) {
    case "ok":
      return layer.rttMs === null ? `${name} answers` : `${name} ${sayMs(layer.rttMs)}`;
    case "down":
      return `${name} down`;
    case "unknown":
      return layer.checkedAt === null ? `${name} not measured yet` : `${name} not known`;
  }
}

function sayUnsynced(registers: readonly RegisterView[]): string {
  const counts = registers.flatMap((register) => register.unsynced === null ? [] : [register.unsynced]);
  if (counts.length === 0) return "unsynced not known";
  const sum = counts.reduce((total, count) => total + count, 0);
  if (sum > 0) return `${sayCount(sum, "change")} unsynced`;
  return counts.length === registers.length
    ? "nothing unsynced"
    : `nothing unsynced on ${counts.length} of ${registers.length}`;
}

/** A register's mark: its own liveness first, then the worst that a rule says of it. */
export function registerMark(register: RegisterView, findings: readonly Finding[]): Mark {
  switch (register.state) {
    case "unknown":
      return "unknown";
    case "silent":
      return "act";
    case "late":
      return "look";
    case "ok": {
      const severities = findings.filter((finding) => finding.subject === register.id).map(({ severity }) => severity);
      if (severities.includes("fail")) return "act";
      return severities.includes("warn") ? "look" : "fine";
    }
  }
}

/** "in front", "hidden", "late": how a register is there, in one or two words. */
export function registerWord(register: RegisterView): string {
  switch (register.state) {
    case "unknown":
      return register.lastHeard === null ? "not heard yet" : "unknown";
    case "silent":
      return "silent";
    case "late":
      return "late";
    case "ok":
      if (register.foreground === null) return "heard";
      return register.foreground ? "in front" : "hidden";
  }
}

const LAYER_MARKS: Record<LayerView["state"], Mark> = { ok: "fine", down: "act", unknown: "unknown" };
export function layerMark(layer: LayerView): Mark {
  return LAYER_MARKS[layer.state];
}

const VERDICT_MARKS: Record<View["verdict"]["level"], Mark> = {
  ok: "fine",
  warn: "look",
  fail: "act",
  unknown: "unknown",
};
export function verdictMark(view: View): Mark {
  return VERDICT_MARKS[view.verdict.level];
}

/** A note that asks for nothing has the quiet mark, with its own word beside it. */
const SEVERITY_MARKS: Record<Finding["severity"], Mark> = { info: "unknown", warn: "look", fail: "act" };
export function severityMark(severity: Finding["severity"]): Mark {
  return SEVERITY_MARKS[severity];
}

export function sayStrength(strength: Finding["strength"]): string {
  switch (strength) {
    case "A":
      return "Proven by measurement";
    case "B":
      return "Strong evidence, not proof";
    case "C":
      return "A hint: check it by eye";
  }
}

/** "Last 24 hours: heard 94 %, late 2 %, silent 4 %". */
export function sayDay(day: RegisterView["day"]): string {
  const known = day.filter((state) => state !== "unknown");
  if (known.length === 0) return "Last 24 hours: nothing known yet";
  const share = (state: string) => Math.round(known.filter((each) => each === state).length / known.length * 100);
  return `Last 24 hours: heard ${share("ok")} %, late ${share("late")} %, silent ${share("silent")} %`;
}
