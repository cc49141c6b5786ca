/** Which registers hold up what could be let go, in words. */
import type { HeldUp, RegisterView } from "../../shared/api.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { sayCount, sayList } from "./words.ts";

/** "12 closed checks wait for Terrace, not heard since 22:10, and Bar." */
export function sayHeldUp({ checks, registers }: HeldUp, known: readonly RegisterView[], at: number): string {
  const names = registers.map((id) => sayRegister(known.find((register) => register.id === id), at));
  return `${sayCount(checks, "closed check")} ${checks === 1 ? "waits" : "wait"} for ${sayList(names)}.`;
}

function sayRegister(register: RegisterView | undefined, at: number): string {
  if (!register) return "a register that is gone";
  if (register.connected) return `${register.name}, which is taking them`;
  if (register.lastHeard === null) return `${register.name}, not heard since the hub began`;
  return `${register.name}, not heard since ${sayDateAndClock(Date.parse(register.lastHeard), at)}`;
}
