/**
 * The hub on one network: claims a name, announces itself, answers, listens. It claims as RFC 6762 asks for: three probes, and the next
 * name when somebody has this one. Time and packets are handed in, so tests need neither a clock nor a socket.
 */
import { addressRecord, type Announced, type DnsRecord, isOurs, recordsOf, SERVICE } from "./records.ts";

const PROBES = 3;
const PROBE_EVERY_MS = 250;
const ANNOUNCEMENTS = 2;
const ANNOUNCE_EVERY_MS = 1_000;
const ASK_EVERY_MS = 60_000; // for other hubs
const ANSWER_EVERY_MS = 1_000; // each answer says everything, so one a second serves all who ask
const DEFEND_EVERY_MS = 250; // a name is defended sooner than that
const QUESTIONS_MAX = 4; // that are repeated to a plain DNS client, which asks one
const GIVE_UP_MS = 10 * 60_000; // before names that were all taken are tried again
const LEGACY_TTL_S = 10; // for plain DNS clients: RFC 6762, section 6.7
const LOST_WAIT_MS = 1_000; // before one who lost a tie tries again

export interface Packet {
  readonly id?: number;
  readonly questions?: readonly { readonly name: string; readonly type: string }[];
  readonly answers?: readonly DnsRecord[];
  readonly authorities?: readonly DnsRecord[];
  readonly additionals?: readonly DnsRecord[];
}

export type Outgoing = Packet & { readonly kind: "query" | "response" };

export interface ResponderDeps {
  readonly address: string; // ours on this network
  readonly told: () => Announced;
  readonly names: readonly string[]; // to claim, best first
  readonly isOwn: (address: string) => boolean; // on any of our networks
  readonly send: (packet: Outgoing) => void;
}

type Claim =
  | { readonly kind: "probing"; readonly sent: number; readonly at: number } // at: when the next one goes out
  | { readonly kind: "ours"; readonly announced: number; readonly at: number }
  | { readonly kind: "none"; readonly at: number }; // every name is somebody else's; at: when to try them all again

export class Responder {
  readonly #deps: ResponderDeps;
  #index = 0; // of the name that is claimed
  #claim: Claim;
  #askAt: number;
  #answeredAt = -Infinity;
  #said = "";

  constructor(deps: ResponderDeps, now: number) {
    this.#deps = deps;
    this.#claim = { kind: "probing", sent: 0, at: now };
    this.#askAt = now;
  }

  /** The name that is ours here; undefined while it is not certain. */
  get name(): string | undefined {
    return this.#claim.kind === "ours" ? this.#host : undefined;
  }

  /** What is due now. Call it every quarter of a second. */
  tick(now: number): void {
    if (now >= this.#askAt) this.#ask(now);
    const claim = this.#claim;
    if (claim.kind === "ours") return this.#announce(claim, now);
    if (now < claim.at) return;
    if (claim.kind === "none") this.#index = 0;
    const sent = claim.kind === "probing" ? claim.sent : 0;
    if (sent === PROBES) return void (this.#claim = { kind: "ours", announced: 0, at: now });
    this.#deps.send({
      kind: "query",
      questions: [{ name: this.#host, type: "ANY" }],
      authorities: [addressRecord(this.#host, this.#deps.address)],
    });
    this.#claim = { kind: "probing", sent: sent + 1, at: now + PROBE_EVERY_MS };
  }

  /** Somebody on this network asks, and by that may be claiming our name. */
  asked({ questions = [], answers = [], authorities = [] }: Packet, now: number): void {
    const rival = authorities.find((record) => this.#claims(record));
    const isProbe = authorities.length > 0;
    if (this.#claim.kind === "probing" && rival) return this.#tie(rival, now);
    if (this.#claim.kind !== "ours") return;
    if (!questions.some(({ name }) => isOurs(name, this.#deps.told(), this.#host))) return;
    const records = this.#records();
    if (!isProbe && isKnown(questions, answers, records)) return;
    if (now - this.#answeredAt < (isProbe ? DEFEND_EVERY_MS : ANSWER_EVERY_MS)) return;
    this.#answeredAt = now;
    this.#deps.send({ kind: "response", answers: records });
  }

  /** What a plain DNS client gets, which asked from another port and hears no multicast; undefined: nothing of ours. */
  answerTo({ id, questions = [] }: Packet): Outgoing | undefined {
    if (this.#claim.kind !== "ours") return undefined;
    const asked = questions.filter(({ name }) => isOurs(name, this.#deps.told(), this.#host)).slice(0, QUESTIONS_MAX);
    if (asked.length === 0) return undefined;
    const short = this.#records().map((record) => ({ ...record, ttl: LEGACY_TTL_S, flush: false }));
    return { kind: "response", id, questions: asked, answers: short };
  }

  /** Somebody on this network says how things are: if our name is another's, we take the next one. */
  told({ answers = [], additionals = [] }: Packet, now: number): void {
    if (this.#claim.kind === "none") return;
    const rival = [...answers, ...additionals].find((record) => record.ttl !== 0 && this.#claims(record));
    if (!rival) return;
    if (this.#claim.kind === "ours") return this.#tie(rival, now); // two networks were joined: both find out
    const more = this.#index + 1 < this.#deps.names.length;
    if (more) this.#index++;
    this.#claim = more ? { kind: "probing", sent: 0, at: now } : { kind: "none", at: now + GIVE_UP_MS };
  }

  /** Takes back what was said, so that nobody goes on looking for us. */
  goodbye(): void {
    if (this.#claim.kind !== "ours") return;
    this.#deps.send({ kind: "response", answers: this.#records().map((record) => ({ ...record, ttl: 0 })) });
  }

  get #host(): string {
    return this.#deps.names[this.#index] ?? "";
  }

  #records(): DnsRecord[] {
    return recordsOf(this.#deps.told(), this.#host, this.#deps.address);
  }

  #ask(now: number): void {
    this.#deps.send({ kind: "query", questions: [{ name: SERVICE, type: "PTR" }] });
    this.#askAt = now + ASK_EVERY_MS;
  }

  #announce(claim: Extract<Claim, { kind: "ours" }>, now: number): void {
    const records = this.#records();
    const said = JSON.stringify(records);
    const announced = said === this.#said ? claim.announced : 0; // the venue was named, a port opened: said anew
    if (announced >= ANNOUNCEMENTS || now < claim.at) return;
    this.#said = said;
    this.#deps.send({ kind: "response", answers: records });
    this.#claim = { kind: "ours", announced: announced + 1, at: now + ANNOUNCE_EVERY_MS };
  }

  /** Two want one name at once: the higher address has it, and the other asks again, when it will be told. */
  #tie(rival: DnsRecord, now: number): void {
    if (compareAddresses(this.#deps.address, String(rival.data)) >= 0) return;
    this.#claim = { kind: "probing", sent: 0, at: now + LOST_WAIT_MS };
  }

  /** Does a record give our name to an address that is not ours? */
  #claims({ name, type, data }: DnsRecord): boolean {
    return type === "A" && name.toLowerCase() === this.#host && !this.#deps.isOwn(String(data));
  }
}

/** A browser that lists all it knows of the service already, us among them, need not be told. */
function isKnown(
  questions: NonNullable<Packet["questions"]>,
  answers: readonly DnsRecord[],
  records: readonly DnsRecord[],
): boolean {
  return questions.every(({ name, type }) =>
    type === "PTR" &&
    records.filter((own) => own.name === name.toLowerCase() && own.type === "PTR").every((own) =>
      answers.some((known) =>
        known.name.toLowerCase() === own.name && known.data === own.data && (known.ttl ?? 0) * 2 >= (own.ttl ?? 0)
      )
    )
  );
}

function compareAddresses(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let i = 0; i < 4; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
