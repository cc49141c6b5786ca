/** What was measured around an incident, as the bands and lines that a page draws. */
import type { IncidentStory, Minutes } from "../../shared/incident_api.ts";
import type { BarState } from "../ui/status_bars.tsx";
import type { ChartLine } from "./series_words.ts";

interface Lane {
  readonly name: string;
  readonly bars: readonly BarState[];
  readonly words: string; // the same, spoken
}

const WORDS: Record<BarState, string> = { ok: "there", late: "late", silent: "not there", unknown: "not known" };

/** One for each register, then router and internet if they were measured. */
export function lanesOf({ registers, router, internet, stepMs }: Minutes): Lane[] {
  const layers = [{ name: "Router", states: router }, { name: "Internet", states: internet }]
    .filter(({ states }) => states.some((state) => state !== "unknown"))
    .map(({ name, states }) => ({ name, bars: states.map((state): BarState => state === "down" ? "silent" : state) }));
  const all = [...registers.map(({ name, state }) => ({ name, bars: state as readonly BarState[] })), ...layers];
  return all.map(({ name, bars }) => ({ name, bars, words: sayBars(bars, stepMs) }));
}

/** "there for 12 min, not there for 3 min". */
function sayBars(bars: readonly BarState[], stepMs: number): string {
  const minutes = (state: BarState) => Math.round(bars.filter((each) => each === state).length * stepMs / 60_000);
  return (["ok", "late", "silent", "unknown"] as const).filter((state) => minutes(state) > 0)
    .map((state) => `${WORDS[state]} for ${minutes(state)} min`).join(", ");
}

/** Round trip and signal of the register that the incident is about, where they were measured. */
export function linesOf({ subject, minutes }: IncidentStory): { title: string; unit: string; lines: ChartLine[] }[] {
  const register = minutes.registers.find(({ id }) => id === subject);
  if (register === undefined) return [];
  const { name, rttMs, rssiDbm } = register;
  const line = (what: string, values: ChartLine["values"]): ChartLine[] => [{ name: what, tone: "main", values }];
  return [
    { title: `Round trip of ${name}`, unit: "ms", lines: line("round trip", rttMs) },
    { title: `Signal of ${name}`, unit: "dBm", lines: line("signal", rssiDbm) },
  ].filter(({ lines }) => lines.some(({ values }) => values.some((value) => value !== null)));
}
