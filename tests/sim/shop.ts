/**
 * A shop in one process: registers that run the real engine over a simulated disk, a hub that runs the real data plane over a real log,
 * and a network that cuts, loses, doubles, delays and reorders. Time is virtual and every choice comes from the seed.
 */
import type { CheckBody, CheckOp } from "../../shared/check/op.ts";
import { type OpId, opId } from "../../shared/ids.ts";
import { sameOp } from "../../shared/sync/op.ts";
import { covers } from "../../shared/sync/vector.ts";
import type { SyncMessage } from "../../shared/wire.ts";
import { bodyOf, type Kind } from "./bodies.ts";
import { dice, seedFor } from "./dice.ts";
import { Disk } from "./disk.ts";
import { framed, unframed } from "./frames.ts";
import { type End, type Line, Network } from "./network.ts";
import { SimRegister } from "./register.ts";
import { SimHub } from "./sim_hub.ts";
import { Timeline } from "./timeline.ts";
import { HUB, type Shop, type Step } from "./trace.ts";

const START_MS = 1_700_000_000_000;
const LETTERS = "ABCDEF";
const TICK_MS = 6_000; // a little over HAVE_EVERY_MS: each tick compares
const DISK_MS = 40; // what a slow disk takes for one write
const TURNS_MAX = 100_000; // a register that is busy for longer hangs
const HEALING_ROUNDS_MAX = 60; // until everybody must hold everything

/** Faults to put in on purpose, to see that they are found. */
export interface Sabotage {
  readonly frame?: (message: SyncMessage, from: number, to: number) => SyncMessage;
}

export class SimShop {
  readonly registers: readonly SimRegister[];
  readonly hub: SimHub;
  readonly network: Network;
  readonly timeline = new Timeline(START_MS);
  letGo = 0; // how often something was let go
  readonly broken: string[] = []; // what went wrong on the way, "name: sentence"
  readonly acked = new Set<OpId>(); // said to be saved, and not lost with the only disk that held them
  readonly #contents = new Map<OpId, CheckOp>(); // every op that was ever on a disk
  readonly #places = new Map<OpId, OpId>(); // per line, the check it was last sent to
  readonly #shop: Shop;
  readonly #sabotage: Sabotage;
  #destroyed = false; // whether any storage was lost so far

  private constructor(seed: number, shop: Shop, sabotage: Sabotage) {
    this.#shop = shop;
    this.#sabotage = sabotage;
    const net = dice(seedFor(seed, 3));
    const now = () => this.timeline.now;
    const kept = (op: CheckOp) => this.#remember(op);
    const threw = (failure: unknown) => this.broken.push(`never-throws: ${(failure as Error).stack ?? failure}`);
    this.hub = new SimHub({ stored: shop.stored, registers: shop.registers, now, kept });
    this.registers = Array.from(
      { length: shop.registers },
      (_, i) => new SimRegister({ letter: LETTERS[i]!, seed: seedFor(seed, 10 + i), now, kept, threw }),
    );
    for (const register of this.registers) register.offset = net.between(-2_000, 2_000);
    const indexes = this.registers.map((_, i) => i);
    const direct = new Set(
      indexes.flatMap((a) => indexes.filter((b) => a < b && net.chance(shop.direct)).map((b) => `${a} ${b}`)),
    );
    this.network = new Network({
      timeline: this.timeline,
      dice: net,
      places: [HUB, ...indexes],
      linked: (a, b) => a === HUB || direct.has(`${a} ${b}`),
      isUp: (place) => place === HUB ? this.hub.isUp : this.registers[place]!.replica !== undefined,
      attach: (place, other, line) => this.#attach(place, other, line),
      ordered: shop.ordered,
      lossy: shop.lossy,
      slow: shop.slow,
    });
  }

  static async open(seed: number, shop: Shop, sabotage: Sabotage = {}): Promise<SimShop> {
    const sim = new SimShop(seed, shop, sabotage);
    for (const register of sim.registers) await register.start();
    sim.network.connectAll();
    await sim.pass(1_000);
    return sim;
  }

  async act(step: Step): Promise<void> {
    const register = "at" in step ? this.registers[step.at]! : undefined;
    switch (step.do) {
      case "write":
        this.#make(step.at, step.kind, step.r);
        break;
      case "pass":
        return await this.pass(step.ms);
      case "cut":
        if (step.from !== step.to) this.network.cut(step.from, step.to, step.ways);
        break;
      case "mend":
        this.network.mend(step.from, step.to);
        break;
      case "drop":
        this.network.drop(step.from, step.to);
        break;
      case "crash":
        this.#crash(step.at, step.written);
        break;
      case "start":
        await this.#restart(step.at, step.disk);
        break;
      case "snapshot":
        register!.snapshots.push(new Disk(register!.disk));
        break;
      case "disk":
        register!.setDisk(step.how);
        break;
      case "clock":
        register!.offset += step.by;
        break;
      case "sync":
        register!.replica?.setSync(step.on);
        break;
      case "hub":
        this.#setHub(step.how);
        break;
      case "let-go":
        if (this.hub.letGo(step.asked)) this.letGo++;
        break;
      case "digest":
        this.hub.digest();
        break;
    }
    await this.#settle();
  }

  /** Lets time pass: frames arrive, slow disks finish, registers compare now and then. */
  async pass(ms: number): Promise<void> {
    const end = this.timeline.now + ms;
    for (let left = Math.min(3, Math.ceil(ms / TICK_MS)); left > 0; left--) {
      await this.#run(end - left * Math.min(TICK_MS, ms));
      if (ms >= 1_000) this.#tick();
      await this.#settle();
    }
    await this.#run(end);
  }

  /** Ends every fault, and compares until everybody holds everything or it takes too long. */
  async heal(): Promise<void> {
    this.network.mendAll();
    this.hub.full = false;
    this.hub.start();
    for (const register of this.registers) {
      if (!register.replica) await register.start();
      register.setDisk("well");
      register.replica!.setSync(true);
    }
    this.network.connectAll();
    for (let round = 0; round < HEALING_ROUNDS_MAX; round++) {
      await this.pass(2 * TICK_MS);
      if (this.timeline.size > 0 || !this.#isAlike()) continue;
      return await this.pass(3 * TICK_MS); // once more, so that everybody has heard so
    }
    const heads = this.registers.map(({ letter, replica }) => `${letter} ${JSON.stringify(replica!.vector())}`);
    this.broken.push(`settles: still unlike: hub ${JSON.stringify(this.hub.vector())}, ${heads.join(", ")}`);
  }

  /** Writes on a register; what becomes of it is noted once it is known. */
  write(at: number, body: CheckBody): void {
    this.registers[at]!.write(body, (id) => this.acked.add(id));
    if (body.kind !== "line.move") return;
    for (const line of body.lines as OpId[]) this.#places.set(line, body.to as OpId);
  }

  #make(at: number, kind: Kind, r: number): void {
    const register = this.registers[at]!;
    if (register.journal?.waits) return; // staff wait for the spinner
    const known = register.known((line) => this.#places.get(line), [...this.#contents.keys()]);
    if (known) this.write(at, bodyOf(kind, known, dice(r)));
  }

  #crash(at: number, written: boolean): void {
    const register = this.registers[at]!;
    if (!register.replica) return;
    this.#checkSafeToWipe(register);
    register.crash(written);
    this.network.dropAll(at);
  }

  async #restart(at: number, how: "kept" | "restored" | "wiped"): Promise<void> {
    const register = this.registers[at]!;
    this.#crash(at, false);
    const copy = how === "wiped" ? new Disk() : register.snapshots.at(-1);
    if (how !== "kept" && copy) this.#replaceDisk(register, new Disk(copy));
    await register.start();
    this.network.connectAll();
  }

  #replaceDisk(register: SimRegister, disk: Disk): void {
    const lost = register.disk.ops.keys();
    register.disk = disk;
    register.lostStorage = true;
    this.#forget(lost);
  }

  #setHub(how: "off" | "on" | "deleted" | "full" | "well"): void {
    if (how === "full" || how === "well") this.hub.full = how === "full";
    else if (how === "on") this.hub.start();
    else {
      this.hub.stop();
      this.network.dropAll(HUB);
      if (how === "off") return;
      const lost = this.hub.ids();
      this.hub.deleteDatabase();
      this.#forget(lost);
      this.hub.start();
    }
    this.network.connectAll();
  }

  /** Ops that were only on a disk that is gone are gone, and nobody promised otherwise. */
  #forget(lost: Iterable<OpId>): void {
    this.#destroyed = true;
    const onHub = this.hub.ids();
    for (const id of lost) {
      if (!onHub.has(id) && !this.registers.some(({ disk }) => disk.ops.has(id))) this.acked.delete(id);
    }
  }

  /** When a register says that nothing is on it only, somebody else has all of it on disk. */
  #checkSafeToWipe(register: SimRegister): void {
    if (this.#destroyed || register.replica!.unsynced() > 0) return;
    const onHub = this.hub.ids();
    const others = this.registers.filter((other) => other !== register);
    const alone = [...register.disk.ops.keys()].filter((id) =>
      !onHub.has(id) && !others.some(({ disk }) => disk.ops.has(id)) && this.acked.has(id)
    );
    if (alone.length > 0) this.broken.push(`safe-to-wipe: ${register.letter} has ${alone} alone, and says it has not`);
  }

  /** One id, one content, for ever, on every disk. */
  #remember(op: CheckOp): void {
    const id = opId(op.replica, op.seq);
    const known = this.#contents.get(id);
    if (!known) this.#contents.set(id, op);
    else if (known !== op && !sameOp(known, op)) this.broken.push(`one-content: ${id} was written twice, differently`);
  }

  #attach(place: number, other: number, line: Line): End {
    const send = (message: SyncMessage) => line.send(this.#framed(message, place, other));
    if (place !== HUB) {
      const link = this.registers[place]!.link(other === HUB ? "hub" : this.registers[other]!.id, send);
      return { receive: (text) => link.receive(this.#parsed(text)), close: () => link.close() };
    }
    const retired = this.registers[other]!.replica?.retired ?? null;
    const session = this.hub.begin(other, retired, send, ({ reason }) => {
      if (reason === "fork") this.broken.push("one-content: the hub was sent an id again with other content");
      line.drop();
    });
    return { receive: (text) => session.receive(this.#parsed(text)), close: () => session.end() };
  }

  #framed(message: SyncMessage, from: number, to: number): string {
    return framed(this.#sabotage.frame?.(message, from, to) ?? message, (sentence) => this.broken.push(sentence));
  }

  #parsed(text: string): SyncMessage {
    return this.#shop.parsed ? unframed(text, (sentence) => this.broken.push(sentence)) : JSON.parse(text);
  }

  #tick(): void {
    this.hub.tick(this.timeline.now);
    for (const { replica, offset } of this.registers) replica?.tick(this.timeline.now + offset);
  }

  async #run(until: number): Promise<void> {
    for (let run = this.timeline.next(until); run; run = this.timeline.next(until)) {
      run();
      await this.#settle();
    }
    this.timeline.now = Math.max(this.timeline.now, until);
  }

  /** Until every register has done what it can do now; one that waits for a slow disk goes on when that is done. */
  async #settle(): Promise<void> {
    for (let turns = 0; this.registers.some((register) => register.isBusy);) {
      if (++turns > TURNS_MAX) throw new Error("a register hangs");
      await null;
    }
    for (const { journal } of this.registers) {
      if (!journal?.waits || journal.asked) continue;
      journal.asked = true;
      this.timeline.after(DISK_MS, () => journal.finish());
    }
  }

  #isAlike(): boolean {
    const { vector, ops } = this.hub.kept();
    return this.registers.every(({ replica, disk }) =>
      covers(replica!.vector(), vector) && covers(vector, replica!.vector()) && disk.ops.size === ops.length &&
      ops.every((op) => disk.ops.has(opId(op.replica, op.seq)))
    );
  }
}
