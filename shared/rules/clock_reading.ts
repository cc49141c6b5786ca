/**
 * How far a register's clock is from the hub's, by its heartbeats. Each also took its way, and one that waited in a queue looks like a slow
 * clock: out of its turn, a later look is believed only where it shows less of that.
 */

const TURN_MS = [1_000, 7_000] as const; // heartbeats come every 5 s; of a queue all at once, and before it none
const FRESH_MS = 30_000; // a clock that was set since is not told otherwise for longer

export interface ClockReading {
  readonly at: number; // our receipt of the heartbeat that is believed
  readonly offsetMs: number; // its sentAt minus our receipt: positive is ahead
  readonly lastAt: number; // our receipt of the last heartbeat
}

/** What is believed after a heartbeat that was sent at `sentAt`, by its own clock, and received at `now`. */
export function clockAfter(before: ClockReading | undefined, sentAt: number, now: number): ClockReading {
  const reading = { at: now, offsetMs: sentAt - now, lastAt: now };
  if (before === undefined) return reading;
  const sinceMs = now - before.lastAt;
  const inTurn = sinceMs >= TURN_MS[0] && sinceMs <= TURN_MS[1];
  const isFresh = Math.abs(now - before.at) <= FRESH_MS;
  return inTurn || !isFresh || reading.offsetMs >= before.offsetMs ? reading : { ...before, lastAt: now };
}
