/**
 * How findings say things: names, numbers with their unit, spans of time, lists. Kept in one place so that every rule speaks alike.
 */
import type { RegisterFacts } from "./facts.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SECONDS_UP_TO_MS = 90 * SECOND_MS; // below this, seconds say more than minutes
const MINUTES_UP_TO_MS = 90 * MINUTE_MS;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HOURS_UP_TO_MS = 48 * HOUR_MS;

/** What people call a register. One without a name goes by its letter. */
export function nameOf(register: Pick<RegisterFacts, "name" | "letter">): string {
  return register.name.trim() || `Register ${register.letter}`;
}

export function namesOf(registers: readonly Pick<RegisterFacts, "name" | "letter">[]): string {
  return list(registers.map(nameOf));
}

/** "Bar, Till 1 and Terrace". */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** "1 change", "2 changes". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A number with a real minus sign and at most one decimal: "−70.5". */
export function figure(n: number): string {
  const rounded = Math.round(Math.abs(n) * 10) / 10;
  return n < 0 && rounded > 0 ? `−${rounded}` : `${rounded}`;
}

/** A span of time in the one unit that says most: "45 s", "5 min", "3 h", "2 days". Never negative. */
export function span(ms: number): string {
  const length = Math.max(0, ms);
  if (length < SECONDS_UP_TO_MS) return `${Math.round(length / SECOND_MS)} s`;
  if (length < MINUTES_UP_TO_MS) return `${Math.round(length / MINUTE_MS)} min`;
  if (length < HOURS_UP_TO_MS) return `${Math.round(length / HOUR_MS)} h`;
  return `${Math.round(length / DAY_MS)} days`;
}

/** A moment as people say it, by the clock on the hub's wall: "19:04 on 23 Nov". */
export function moment(ms: number): string {
  const at = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())} on ${at.getDate()} ${MONTHS[at.getMonth()]}`;
}

/** The middle value; of an even number of them, the mean of the two in the middle. Undefined when there are none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const high = sorted[sorted.length >> 1];
  const low = sorted[(sorted.length - 1) >> 1];
  return high === undefined || low === undefined ? undefined : (low + high) / 2;
}
