/**
 * A register's part in claims: what it is in itself, said to the hub and to linked peers and said again while it holds, and what the
 * others are in. A peer's own word, over a direct link, counts before what the hub says of it: it is the newer one.
 */
import {
  type Claim,
  CLAIM_RENEW_MS,
  type ClaimList,
  type Claims,
  claimsMark,
  type ClaimTo,
  fromList,
  inOrder,
  NO_CLAIMS,
  standing,
  withClaim,
  without,
} from "./claim.ts";
import type { OpId, RegisterId } from "./ids.ts";

export interface ClaimingDeps {
  readonly self: RegisterId;
  readonly steady: () => number; // a clock that never jumps, in ms
  readonly hub: (claim: ClaimTo) => void; // to the session, if there is one
  readonly peers: (claim: ClaimTo) => void; // over every direct link
  readonly changed: (others: readonly Claim[]) => void; // what the other registers are in
}

export class Claiming {
  readonly #deps: ClaimingDeps;
  #in: { readonly check: OpId; readonly staff: string | undefined } | undefined;
  #front = true;
  #saidAt = 0;
  #hubListens = false; // it has said `claims` in this session
  #told: Claims = NO_CLAIMS; // by the hub
  #words: Claims = NO_CLAIMS; // by the others themselves
  readonly #speakers = new Set<RegisterId>(); // those whose own word we hear, also when they are in nothing
  #mark = claimsMark([]);

  constructor(deps: ClaimingDeps) {
    this.#deps = deps;
  }

  /** What this register is in now. */
  get own(): ClaimTo {
    const { check = null, staff } = (this.#front ? this.#in : undefined) ?? {};
    return { type: "claim", check, staff };
  }

  /** A check was opened by `staff`, or by nobody who is known. */
  enter(check: OpId, staff: string | undefined): void {
    if (this.#in?.check === check && this.#in.staff === staff) return;
    this.#in = { check, staff };
    this.#say();
  }

  /** The check was left, or the register locked. */
  leave(): void {
    if (!this.#in) return;
    this.#in = undefined;
    this.#say();
  }

  /** The page came to the front, or is being hidden; what it is in is claimed in front only. */
  show(front: boolean): void {
    if (this.#front === front) return;
    this.#front = front;
    if (this.#in) this.#say();
  }

  /** The hub's list. The first of a session is answered with what we are in: it knows nothing of that yet. */
  hear(list: ClaimList): void {
    this.#told = fromList(list, this.#deps.steady());
    if (!this.#hubListens) {
      this.#hubListens = true;
      if (this.own.check !== null) this.#deps.hub(this.own);
    }
    this.#look();
  }

  /** The session has ended. What the hub said last stands until its lease runs out. */
  hubAway(): void {
    this.#hubListens = false;
  }

  /** A peer's own word over a direct link; undefined: the link is gone, and the hub is believed again. */
  heard(peer: RegisterId, claim: ClaimTo | undefined): void {
    if (claim) this.#speakers.add(peer);
    else this.#speakers.delete(peer);
    this.#words = claim ? withClaim(this.#words, peer, claim, this.#deps.steady()) : without(this.#words, peer);
    this.#look();
  }

  /** Call about once a second. */
  tick(): void {
    if (this.own.check !== null && this.#deps.steady() - this.#saidAt >= CLAIM_RENEW_MS) this.#say();
    this.#look();
  }

  #say(): void {
    this.#saidAt = this.#deps.steady();
    if (this.#hubListens) this.#deps.hub(this.own);
    this.#deps.peers(this.own);
  }

  #look(): void {
    const now = this.#deps.steady();
    this.#told = standing(this.#told, now);
    this.#words = standing(this.#words, now);
    const heard = [...this.#told.values()].filter(({ register }) => !this.#speakers.has(register));
    const others = inOrder([...heard, ...this.#words.values()]).filter(({ register }) => register !== this.#deps.self);
    const mark = claimsMark(others);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#deps.changed(others);
  }
}
