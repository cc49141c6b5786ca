/**
 * The checks of this register as the page reads and writes them: signals over the replica, who may write, and who else holds what was
 * written. `Session` adds the hub.
 */
import { computed, signal } from "@preact/signals";
import type { Config } from "../../shared/api.ts";
import type { Check } from "../../shared/check/check.ts";
import { type CheckBody, isKnown } from "../../shared/check/op.ts";
import { openShift, type Shift, shiftsOf } from "../../shared/check/shift.ts";
import type { SeenBy } from "../../shared/holders.ts";
import type { OpId } from "../../shared/ids.ts";
import type { Plan, PlanOutcome } from "../../shared/plan.ts";
import type { Replica, WriteOutcome } from "../../shared/replica.ts";
import type { Peer } from "../../shared/wire.ts";
import { Duty } from "./duty.ts";
import type { Enrolment } from "./kept.ts";
import { Notices } from "./notices.ts";
import type { SessionDeps } from "./session_deps.ts";
import { nameOf, storageTrouble } from "./trouble.ts";
import { Who } from "./who.ts";

type LedgerDeps = Pick<SessionDeps, "enrolment" | "shelf" | "pinMatches" | "now">;

export class Ledger {
  readonly #now: () => number;
  readonly #checksChanged = signal(0);
  readonly #heldChanged = signal(0);
  protected replica!: Replica; // set before a session is handed out

  readonly enrolment = signal<Enrolment>(undefined!);
  readonly config = signal<Config | undefined>(undefined);
  readonly peers = signal<readonly Peer[]>([]);
  readonly unsynced = signal(0);
  readonly unsyncedSince = signal<number | null>(null);
  readonly duty: Duty;
  readonly who: Who;
  readonly notices: Notices;
  readonly checks = computed((): readonly Check[] => {
    this.#checksChanged.value;
    return this.replica.book.all();
  });
  /** The shift this register is in. */
  readonly shift = computed((): Shift | undefined => {
    this.#heldChanged.value;
    return openShift(shiftsOf(this.replica.book.others), this.enrolment.value.registerId);
  });

  protected constructor({ enrolment, shelf, pinMatches, now }: LedgerDeps) {
    this.#now = now;
    this.enrolment.value = enrolment;
    this.duty = new Duty({ config: this.config, shelf, now, pinMatches });
    this.who = new Who(this);
    const own = () => this.enrolment.value.registerId;
    this.notices = new Notices({ shelf, checks: this.checks, own });
  }

  get replicaId(): string {
    return this.replica.id;
  }

  /** A check as it is now; subscribes whoever reads it while rendering. */
  check(id: OpId): Check | undefined {
    this.#checksChanged.value;
    return this.replica.book.get(id);
  }

  /** How many changes of a check exist on this register only. */
  unsyncedOf(id: OpId): number {
    this.#heldChanged.value;
    return this.unsynced.value === 0 ? 0 : this.replica.unsyncedOf(id);
  }

  /** Which registers are known to hold all of a check. */
  seenBy(id: OpId): SeenBy {
    this.#heldChanged.value;
    return this.replica.seenBy(id, this.peers.value.map((peer) => peer.id));
  }

  /** Writes one change. It is safe on this register once this resolves with ok; otherwise nothing has happened. */
  async write(body: CheckBody): Promise<WriteOutcome> {
    const outcome = await this.writeAll(() => [body]);
    return outcome.ok ? { ok: true, id: outcome.ids[0]! } : outcome;
  }

  /** Writes changes that belong together: all or none. */
  async writeAll(plan: Plan): Promise<PlanOutcome> {
    const duty = this.duty.state.value;
    if (duty.kind === "locked") return { ok: false, message: "This register is locked. Sign in with your PIN first." };
    const staff = this.who.name;
    const signed = (body: CheckBody) => staff !== undefined && isKnown(body) ? { ...body, staff } : body;
    try {
      return await this.replica.writeAll((idAt) => plan(idAt).map(signed));
    } catch (cause) {
      return { ok: false, message: storageTrouble(nameOf(cause)) };
    }
  }

  /** What the checks would be after a plan. */
  preview(plan: Plan): Map<OpId, Check> {
    return this.replica.preview(plan);
  }

  nextNumber(): string {
    return this.replica.nextNumber(this.enrolment.value.letter);
  }

  /** Checks changed, or what others hold of them. */
  protected changed(checks: ReadonlySet<OpId>): void {
    if (checks.size > 0) this.#checksChanged.value++;
    this.#heldChanged.value++;
    this.unsynced.value = this.replica.unsynced();
    if (this.unsynced.value === 0) this.unsyncedSince.value = null;
    else this.unsyncedSince.value ??= this.#now();
  }
}
