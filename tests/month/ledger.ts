/**
 * What really happened, kept beside the hub and in another way: second by second, when each register was away, the router or the internet
 * down, and when the hub ran; and every sample that was taken, by register and period.
 */
import type { Sample } from "../../server/store/samples.ts";
import { DAY_MS, FIRST_DAY } from "./calendar.ts";
import { Strip } from "./paint.ts";

const SILENT_MS = 40_000;
const DOUBT_MS = 8_000; // beside it: a heartbeat's length and the round in which it is seen
const WAKING_MS = 15 * 60_000; // after the opening: whom nobody has woken yet is not down
const NEAR_MS = 3 * 60_000; // trouble of all within this leaves it open whose an absence was

export interface Tally {
  readonly states: Record<Sample["state"], number>;
  rttN: number;
  rssiN: number;
  rssiSum: number;
  rssiMin: number | undefined;
}

/** What is known of one register. */
export interface Account {
  readonly down: Strip;
  readonly murky: Strip; // down, or not: whose it is cannot be told from outside
  readonly falls: number[]; // when
  heardAt: number | undefined;
}

export class Ledger {
  readonly end: number;
  readonly router: Account;
  readonly internet: Account;
  readonly tills = new Map<string, Account>();
  readonly minutes = new Map<string, Tally>(); // by register and second of the period's start
  readonly days = new Map<string, Tally>();
  readonly #shared: { readonly from: number; until: number }[] = [];
  readonly setBacks: { readonly from: number; readonly to: number }[] = []; // of the hub's clock
  #openedAt = 0;
  samples = 0;
  heartbeats = 0;

  constructor(days: number) {
    this.end = FIRST_DAY + (days + 2) * DAY_MS;
    this.router = this.#account();
    this.internet = this.#account();
  }

  heard(register: string, now: number): void {
    this.heartbeats++;
    const account = this.tills.get(register) ?? this.#account();
    this.tills.set(register, account);
    const { heardAt } = account;
    account.heardAt = now;
    if (heardAt === undefined || now - heardAt < SILENT_MS - DOUBT_MS) return;
    if (heardAt < this.#openedAt && now < this.#openedAt + WAKING_MS) return;
    const clear = now - heardAt > SILENT_MS + DOUBT_MS &&
      !this.#shared.some(({ from, until }) => from - NEAR_MS < now && heardAt < until + NEAR_MS);
    account.falls.push(now);
    (clear ? account.down : account.murky).paint(heardAt, now);
  }

  /** The hub's clock was set back: a silence that goes on is as long as before. */
  setBack(from: number, to: number): void {
    this.setBacks.push({ from, to });
    for (const account of this.tills.values()) if (account.heardAt !== undefined) account.heardAt -= from - to;
  }

  /** The venue opens; registers wake one by one. */
  opened(now: number): void {
    this.#openedAt = now;
  }

  /** Something that touches all lasts at `now`: which of what follows is whose fault is not asked. */
  sharedTrouble(now: number): void {
    const last = this.#shared.at(-1);
    if (last && Math.abs(now - last.until) < NEAR_MS) last.until = Math.max(now, last.until);
    else this.#shared.push({ from: now, until: now });
  }

  sampled({ register, at, state, rttMs, rssiDbm }: Sample): void {
    this.samples++;
    const second = Math.floor(at / 1_000);
    for (const [tallies, step] of [[this.minutes, 60], [this.days, DAY_MS / 1_000]] as const) {
      const key = `${register} ${second - second % step}`;
      const tally = tallies.get(key) ?? newTally();
      tallies.set(key, tally);
      tally.states[state]++;
      if (rttMs !== undefined) tally.rttN++;
      if (rssiDbm === undefined) continue;
      tally.rssiN++;
      tally.rssiSum += rssiDbm;
      tally.rssiMin = Math.min(tally.rssiMin ?? 0, rssiDbm);
    }
  }

  #account(): Account {
    return { down: this.#strip(), murky: this.#strip(), falls: [], heardAt: undefined };
  }

  #strip(): Strip {
    return new Strip(FIRST_DAY, this.end);
  }
}

function newTally(): Tally {
  return { states: { ok: 0, late: 0, silent: 0, unknown: 0 }, rttN: 0, rssiN: 0, rssiSum: 0, rssiMin: undefined };
}
