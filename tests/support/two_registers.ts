/** Two registers, A and B, and a hub, for tests of what comes out when both did something while neither heard of the other. */
import assert from "node:assert/strict";
import type { Check } from "../../shared/check/check.ts";
import type { CheckBody } from "../../shared/check/op.ts";
import type { OpId } from "../../shared/ids.ts";
import { judge } from "../sim/judge.ts";
import { outcomeOf } from "../sim/run.ts";
import { SimShop } from "../sim/shop.ts";
import { HUB, type Shop } from "../sim/trace.ts";

const QUIET: Shop = { registers: 2, direct: 0, ordered: true, lossy: 0, slow: 0, stored: true, parsed: true };
const STEP_MS = 500; // between two taps: long enough to arrive everywhere

export type Write = (body: CheckBody) => Promise<OpId>;

export class TwoRegisters {
  readonly sim: SimShop;

  private constructor(sim: SimShop) {
    this.sim = sim;
  }

  static async open(shop: Partial<Shop> = {}): Promise<TwoRegisters> {
    const sim = await SimShop.open(1, { ...QUIET, ...shop });
    for (const register of sim.registers) register.offset = 0; // so that who acts first is first by stamp
    return new TwoRegisters(sim);
  }

  /** A register's pen; resolves with the id once it is saved there. */
  pen(at: number): Write {
    return async (body) => {
      const before = this.sim.acked.size;
      this.sim.write(at, body);
      await this.sim.pass(STEP_MS);
      assert.equal(this.sim.acked.size, before + 1, `not saved: ${JSON.stringify(body)}`);
      return [...this.sim.acked].at(-1)!;
    };
  }

  get a(): Write {
    return this.pen(0);
  }

  get b(): Write {
    return this.pen(1);
  }

  async cutOff(...places: readonly number[]): Promise<void> {
    for (const at of places) await this.sim.act({ do: "cut", from: at, to: HUB, ways: 2 });
  }

  /** Heals everything; every register and the hub must then show the same, and keep every promise. */
  async together(): Promise<(id: OpId) => Check> {
    await this.sim.heal();
    const outcome = outcomeOf(this.sim);
    assert.deepEqual([...this.sim.broken, ...judge(outcome)], []);
    const checks = new Map(outcome.seen[0]!.checks.map((check) => [check.id, check]));
    return (id) => checks.get(id) ?? assert.fail(`${id} is not there`);
  }
}

/** Both registers cut off, each does its part, then all heals: once with A first by stamp, once with B. */
export async function meanwhile<Setup, OnA, OnB>(
  before: (write: Write) => Promise<Setup>,
  onA: (write: Write, setup: Setup) => Promise<OnA>,
  onB: (write: Write, setup: Setup) => Promise<OnB>,
  after: (
    all: { check: (id: OpId) => Check; setup: Setup; a: OnA; b: OnB; first: "a" | "b"; shop: TwoRegisters },
  ) => void,
): Promise<void> {
  for (const first of ["a", "b"] as const) {
    const shop = await TwoRegisters.open();
    const setup = await before(shop.a);
    await shop.sim.pass(STEP_MS);
    await shop.cutOff(0, 1);
    let a: OnA | undefined;
    if (first === "a") a = await onA(shop.a, setup);
    const b = await onB(shop.b, setup);
    if (first === "b") a = await onA(shop.a, setup);
    after({ check: await shop.together(), setup, a: a!, b, first, shop });
  }
}
