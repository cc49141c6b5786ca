/** A shop to go through runbooks in, for tests: time passes in heartbeats, and each register does as it is told. */
import type { Facts, RegisterFacts } from "../rules/facts.ts";
import { noteHeartbeat } from "../rules/facts.ts";
import { addressOf, beatAt, type BeatParts, healthyFacts } from "../rules/fixture.ts";
import { advance, answer, begin } from "./advance.ts";
import type { RunbookKind } from "./kind.ts";
import { currentStep, type Run, type RunStep } from "./run.ts";

const BEAT_MS = 5_000;

export class Walk {
  facts: Facts = healthyFacts();
  run: Run | undefined;
  readonly #says = new Map<number, BeatParts | null>();

  /** From now on the n-th register says this, or nothing at all; undefined is as usual. */
  let(n: number, parts: BeatParts | null | undefined): this {
    if (parts === undefined) this.#says.delete(n);
    else this.#says.set(n, parts);
    return this;
  }

  router(alive: boolean | undefined): this {
    const { router } = this.facts;
    this.facts = { ...this.facts, router: { ...router, alive, since: this.facts.now, checkedAt: this.facts.now } };
    return this;
  }

  change(n: number, change: Partial<RegisterFacts>): this {
    const registers = this.facts.registers.map((register, i) => i === n ? { ...register, ...change } : register);
    this.facts = { ...this.facts, registers };
    return this;
  }

  seconds(seconds: number): this {
    for (let passed = 0; passed < seconds * 1_000; passed += BEAT_MS) this.#beat();
    return this;
  }

  begin(kind: RunbookKind, subject = "venue"): this {
    this.run = begin(kind, subject, this.facts, "run");
    return this;
  }

  /** A person answers the step that is to be done now. */
  says(how: "done" | "skipped" = "done"): this {
    const answered = answer(this.going, this.current?.id ?? "none", how, this.facts);
    if (!answered.ok) throw new Error(`Not a step to answer: ${this.current?.id}`);
    this.run = answered.run;
    return this;
  }

  id(n: number): string {
    return this.facts.registers[n]!.id;
  }

  get going(): Run {
    if (!this.run) throw new Error("No run was begun");
    return this.run;
  }
  get current(): RunStep | undefined {
    return currentStep(this.going);
  }
  step(id: string): RunStep {
    const step = this.going.steps.find((each) => each.id === id);
    if (!step) throw new Error(`No step ${id} among ${this.going.steps.map((each) => each.id)}`);
    return step;
  }

  #beat(): void {
    const now = this.facts.now + BEAT_MS;
    const { router, venue } = this.facts;
    const registers = this.facts.registers.map((register, n) => {
      const parts = this.#says.get(n);
      if (parts === null) return register;
      const source = addressOf(n);
      return noteHeartbeat(register, beatAt(now, source, parts), { now, source, configVersion: venue.configVersion });
    });
    this.facts = { ...this.facts, now, registers, router: { ...router, checkedAt: now } };
    if (this.run) this.run = advance(this.run, this.facts);
  }
}
