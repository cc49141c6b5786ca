/** Who is asking: a manager by cookie, a register by its token, or somebody who guesses and may have to wait. */
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { RegisterId } from "../../shared/ids.ts";
import { Allowances, type Rate } from "../../shared/allowance.ts";
import { Refusal } from "./refusal.ts";

export const COOKIE = "counterpart";
/** Of heartbeats and of signal reports each. One every 5 s is what a register sends; whoever tries a client out may send many more. */
export const REPORT_RATE: Rate = { atOnce: 600, perSecond: 10 };
const REPORTERS_MAX = 512; // more than a venue enrols, twice over
const COOKIE_MAX_AGE_S = 30 * 24 * 60 * 60; // as long as a sign-in is kept

/** What each request carries from the listener: the address it came from. */
export type Env = { Bindings: { remote?: string } };

export interface GuardDeps {
  readonly venue: {
    isSignedIn(token: string): boolean;
    signOut(token: string): void;
    registerByToken(token: string): RegisterId | undefined;
  };
  readonly hub: { has(register: RegisterId): boolean };
  readonly attempts: {
    waitMs(address: string, now: number): number;
    failed(address: string, now: number): void;
    succeeded(address: string): void;
  };
  readonly now: () => number;
}

export class Guard {
  readonly #deps: GuardDeps;
  readonly #reports = new Allowances(REPORT_RATE, REPORTERS_MAX);

  constructor(deps: GuardDeps) {
    this.#deps = deps;
  }

  isSignedIn(c: Context<Env>): boolean {
    const token = getCookie(c, COOKIE);
    return token !== undefined && this.#deps.venue.isSignedIn(token);
  }

  needManager(c: Context<Env>): void {
    if (!this.isSignedIn(c)) throw new Refusal(401, "not-signed-in", "Sign in with the venue's passphrase first");
  }

  needRegister(c: Context<Env>): RegisterId {
    return this.needKnownToken(/^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "");
  }

  /** The register whose token this is. */
  needKnownToken(token: string): RegisterId {
    const id = token === "" ? undefined : this.#deps.venue.registerByToken(token);
    if (id) return id;
    throw new Refusal(401, "unknown-token", "This token is not known here. Enrol the register with a new code");
  }

  /** The register whose token the request carries, unless it reports far more often than it has to. */
  needReporter(c: Context<Env>, what: "heartbeats" | "signal reports"): RegisterId {
    const id = this.needRegister(c);
    const turn = this.#reports.take(`${what} ${id}`, this.#deps.now());
    if (turn.ok) return id;
    const seconds = Math.ceil(turn.waitMs / 1_000);
    const message = `Too many ${what} at once: one every 5 s is enough. Go on in ${seconds} s`;
    throw new Refusal(429, "too-many-reports", message, undefined, turn.waitMs);
  }

  /** The register that the path names. */
  needKnown(c: Context<Env>): RegisterId {
    const id = c.req.param("id") ?? "";
    if (!this.#deps.hub.has(id)) throw new Refusal(404, "unknown-register", "No register with this id is enrolled");
    return id;
  }

  /** Runs a guess at a secret; too many wrong ones from one address have to wait. */
  async guess<T>(c: Context<Env>, attempt: () => Promise<T> | T, isWrong: (outcome: T) => boolean): Promise<T> {
    const { attempts, now } = this.#deps;
    const address = c.env?.remote ?? "unknown";
    const wait = attempts.waitMs(address, now());
    if (wait > 0) {
      const minutes = Math.ceil(wait / 60_000);
      throw new Refusal(429, "too-many-attempts", `Too many wrong tries. Try again in ${minutes} min`, undefined, wait);
    }
    const outcome = await attempt();
    if (isWrong(outcome)) attempts.failed(address, now());
    else attempts.succeeded(address);
    return outcome;
  }

  signIn(c: Context<Env>, token: string): void {
    setCookie(c, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/", maxAge: COOKIE_MAX_AGE_S });
  }

  signOut(c: Context<Env>): void {
    const token = getCookie(c, COOKIE);
    if (token) this.#deps.venue.signOut(token);
    deleteCookie(c, COOKIE, { path: "/" });
  }
}
