/**
 * Offers of direct links between registers, passed on to one session or dropped with a reason. Who sent one is what its session says,
 * not what the message says. It also tells each register who is there, and gives each pair the secret by which the two know each other
 * on a channel of their own.
 */
import { type Random, randomWord, type RegisterId } from "../shared/ids.ts";
import {
  Allowance,
  isTooLarge,
  LENGTHS,
  type NegotiateFrom,
  type NegotiateTo,
  type Present,
  type Undelivered,
} from "../shared/negotiate.ts";

export const RELAY_QUEUE_MAX_BYTES = 1024 * 1024; // above this a session does not read, and an offer would come too late

/** What passing on needs of a session. */
export interface RelaySession {
  readonly register: RegisterId;
  readonly socket: { send(message: Present | NegotiateFrom | Undelivered): void; queuedBytes(): number };
}

export interface RelayDeps {
  readonly random: Random;
  readonly enrolled: () => readonly { readonly id: RegisterId }[];
  readonly session: (register: RegisterId) => RelaySession | undefined;
}

export class Relay {
  readonly #deps: RelayDeps;
  readonly #pairings = new Map<string, string>(); // per pair, smaller id first; in memory: a new hub gives new ones to both
  readonly #allowances = new WeakMap<RelaySession, Allowance>();
  readonly #told = new WeakMap<RelaySession, string>(); // what each session was told last

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  /** Tells each session who is there, if that is news to it: the whole list. Call when a session begins, and about once a second. */
  announce(): void {
    const enrolled = this.#deps.enrolled().map(({ id }) => id);
    this.#forgetAllBut(new Set(enrolled));
    for (const id of enrolled) {
      const session = this.#deps.session(id);
      if (session) this.#tell(session, enrolled.filter((other) => other !== id));
    }
  }

  /** Passes a message on, or tells its sender why not. */
  pass(from: RelaySession, { to, body }: NegotiateTo, now: number): void {
    const target = this.#deps.session(to);
    const why = this.#whyNot(from, target, body, now);
    if (why === undefined) target?.socket.send({ type: "negotiate", from: from.register, body });
    else from.socket.send({ type: "undelivered", to, why });
  }

  #tell(session: RelaySession, others: readonly RegisterId[]): void {
    const message: Present = { type: "present", registers: others.map((other) => this.#row(session.register, other)) };
    const mark = JSON.stringify(message);
    if (this.#told.get(session) === mark) return;
    this.#told.set(session, mark);
    session.socket.send(message);
  }

  #whyNot(
    from: RelaySession,
    target: RelaySession | undefined,
    body: NegotiateTo["body"],
    now: number,
  ): Undelivered["why"] | undefined {
    if (!this.#allowanceOf(from).take(now)) return "too-many";
    if (isTooLarge(body)) return "too-large";
    if (target === undefined || target === from) return "peer-away";
    return target.socket.queuedBytes() > RELAY_QUEUE_MAX_BYTES ? "peer-busy" : undefined;
  }

  #row(own: RegisterId, other: RegisterId): Present["registers"][number] {
    const pair = own < other ? `${own} ${other}` : `${other} ${own}`;
    const pairing = this.#pairings.get(pair) ?? randomWord(this.#deps.random, LENGTHS.pairing);
    this.#pairings.set(pair, pairing);
    return { id: other, here: this.#deps.session(other) !== undefined, pairing };
  }

  #forgetAllBut(enrolled: ReadonlySet<RegisterId>): void {
    for (const pair of this.#pairings.keys()) {
      if (!pair.split(" ").every((id) => enrolled.has(id))) this.#pairings.delete(pair);
    }
  }

  #allowanceOf(session: RelaySession): Allowance {
    const allowance = this.#allowances.get(session) ?? new Allowance();
    this.#allowances.set(session, allowance);
    return allowance;
  }
}
