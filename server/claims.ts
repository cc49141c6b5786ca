/**
 * Which check each register is in, as the registers say themselves: in memory only, and gone with the session that said it. Each session
 * that understands is told the whole list, at once when it changes, and again while any claim stands, so that a lost hub is forgotten.
 */
import {
  CLAIM_RENEW_MS,
  type ClaimList,
  type Claims,
  CLAIMS_AT_ONCE_PER_MINUTE_MAX,
  claimsMark,
  type ClaimTo,
  inOrder,
  NO_CLAIMS,
  standing,
  toList,
  withClaim,
  without,
} from "../shared/claim.ts";
import type { RegisterId } from "../shared/ids.ts";
import { Allowance } from "../shared/negotiate.ts";

export const CLAIMS_QUEUE_MAX_BYTES = 1024 * 1024; // above this a session does not read; it is told when it does again

/** What claims need of a session. */
export interface ClaimSession {
  readonly register: RegisterId;
  readonly socket: { send(message: ClaimList): void; queuedBytes(): number };
}

export interface ClaimTableDeps {
  readonly sessions: () => readonly ClaimSession[];
  readonly steady: () => number; // a clock that never jumps, in ms
}

export class ClaimTable {
  readonly #deps: ClaimTableDeps;
  readonly #told = new WeakMap<ClaimSession, { readonly mark: string; readonly at: number }>(); // those that understand
  readonly #allowances = new WeakMap<ClaimSession, Allowance>();
  #claims: Claims = NO_CLAIMS;

  constructor(deps: ClaimTableDeps) {
    this.#deps = deps;
  }

  /** A session begins: it is in nothing yet. `understands`: it said so. */
  begin(session: ClaimSession, understands = false): void {
    if (understands) this.#told.set(session, { mark: "", at: 0 });
    this.release(session.register);
  }

  /** Who claims is whose session it is. */
  take(session: ClaimSession, claim: ClaimTo): void {
    const now = this.#deps.steady();
    this.#claims = withClaim(this.#claims, session.register, claim, now);
    if (this.#allowanceOf(session).take(now)) this.tell();
  }

  /** Its session has ended, or its page is hidden. */
  release(register: RegisterId): void {
    this.#claims = without(this.#claims, register);
    this.tell();
  }

  /** Tells each session what is news to it. Call about once a second, too: leases run out. */
  tell(): void {
    const now = this.#deps.steady();
    this.#claims = standing(this.#claims, now);
    const claims = inOrder(this.#claims.values());
    const mark = claimsMark(claims);
    for (const session of this.#deps.sessions()) {
      const told = this.#told.get(session);
      const isNews = told?.mark !== mark || (claims.length > 0 && now - told.at >= CLAIM_RENEW_MS);
      if (!told || !isNews || session.socket.queuedBytes() > CLAIMS_QUEUE_MAX_BYTES) continue;
      this.#told.set(session, { mark, at: now });
      session.socket.send(toList(claims, now));
    }
  }

  #allowanceOf(session: ClaimSession): Allowance {
    const allowance = this.#allowances.get(session) ?? new Allowance(CLAIMS_AT_ONCE_PER_MINUTE_MAX);
    this.#allowances.set(session, allowance);
    return allowance;
  }
}
