/** A shop that lives in rounds of five seconds: heartbeats through facts, rules and incidents, for tests of whole evenings. */
import { HEARTBEAT_EVERY_MS } from "../heartbeat.ts";
import { RULES } from "./all.ts";
import { type Facts, noteHeartbeat, type RegisterFacts } from "./facts.ts";
import { addressOf, beatAt, type BeatParts, emptyFacts, enrolled } from "./fixture.ts";
import { type Incident, type IncidentRow, type IncidentState, NO_INCIDENTS, openIncidents } from "./incident.ts";
import { evaluate } from "./rule.ts";
import { step } from "./step.ts";

export const ROUND_S = HEARTBEAT_EVERY_MS / 1_000;

/** What one register does: what it says otherwise than usual, and from where; or nothing at all. */
export interface Habit {
  readonly on: boolean;
  readonly parts: BeatParts;
  readonly source?: string;
  readonly clockAheadMs: number;
}
export const USUAL: Habit = { on: true, parts: {}, clockAheadMs: 0 };

export class Shop {
  facts: Facts = emptyFacts();
  state: IncidentState = NO_INCIDENTS;
  rows: IncidentRow[] = []; // all but the quiet ones
  #habits = new Map<string, Habit>();
  #ids = 0;

  constructor(names: readonly string[] = ["Bar", "Till 1", "Terrace"]) {
    for (const name of names) this.enrol(name);
    this.seconds(6 * 60); // a full window of signal readings
    if (this.rows.length > 0) throw new Error(`The evening begins with trouble: ${this.told}`);
  }

  enrol(name: string, habit: Partial<Habit> = {}): void {
    const register = enrolled(this.facts.registers.length, name);
    this.facts = { ...this.facts, registers: [...this.facts.registers, register] };
    this.#habits.set(name, { ...USUAL, ...habit });
  }
  remove(name: string): void {
    this.facts = { ...this.facts, registers: this.facts.registers.filter((register) => register.name !== name) };
  }
  /** From now on this register behaves so; what is not said is as usual. */
  let(name: string, habit: Partial<Habit>): void {
    this.#habits.set(name, { ...USUAL, ...habit });
  }
  set(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change };
  }
  register(name: string): RegisterFacts {
    const found = this.facts.registers.find((register) => register.name === name);
    if (!found) throw new Error(`No register is called ${name}`);
    return found;
  }

  /** Lets this many seconds pass, in rounds. */
  seconds(seconds: number): this {
    for (let s = 0; s < seconds; s += ROUND_S) this.round();
    return this;
  }
  round(): void {
    const now = this.facts.now + HEARTBEAT_EVERY_MS;
    this.facts = {
      ...this.facts,
      now,
      network: this.facts.network && { ...this.facts.network, checkedAt: now },
      registers: this.facts.registers.map((register, n) => this.#heard(register, n, now)),
    };
    const { state, rows } = step(this.state, evaluate(RULES, this.facts), now, () => `incident-${++this.#ids}`);
    this.state = state;
    this.rows.push(...rows.filter((row) => !row.quiet));
  }
  #heard(register: RegisterFacts, n: number, now: number): RegisterFacts {
    const { on, parts, source, clockAheadMs } = this.#habits.get(register.name) ?? USUAL;
    if (!on) return register;
    const sentAt = new Date(now + clockAheadMs).toISOString();
    const beat = beatAt(now, addressOf(n), { sentAt, ...parts });
    return noteHeartbeat(register, beat, {
      now,
      source: source ?? addressOf(n),
      configVersion: this.facts.venue.configVersion,
    });
  }

  /** The hub stops for a while and starts again with what it had on disk. */
  restart(offMs: number, state: IncidentState): void {
    const now = this.facts.now + offMs;
    const registers = this.facts.registers.map((register) => ({ ...register, heardSinceStart: false }));
    this.facts = { ...this.facts, now, hub: { ...this.facts.hub, startedAt: now }, registers };
    this.state = state;
  }

  get open(): Incident[] {
    return openIncidents(this.state);
  }
  get codes(): string[] {
    return this.open.map(({ code }) => code).sort();
  }
  get told(): string[] {
    return this.rows.map(({ kind, incident }) => `${kind} ${incident.code} ${incident.severity}`);
  }
}
