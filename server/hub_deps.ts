/** What a hub is made of: handed in, so that tests turn its clock by hand and look into its store. */
import type { Random } from "../shared/ids.ts";
import type { Chronicle } from "./chronicle.ts";
import type { DhcpDesk } from "./dhcp_desk.ts";
import type { JudgeDeps } from "./judge.ts";
import type { Notices } from "./notices.ts";
import type { Runbooks } from "./runbooks.ts";
import type { Checks } from "./store/checks.ts";
import type { DamagedStore } from "./store/damaged.ts";
import type { LossStore } from "./store/losses.ts";
import type { StoredLog } from "./store/ops.ts";
import type { RetiredOps } from "./store/retired.ts";
import type { Samples } from "./store/samples.ts";
import type { VenueStore } from "./store/venue.ts";
import type { Venue } from "./venue.ts";

export interface HubDeps {
  readonly venue: Venue;
  readonly store: {
    readonly log: StoredLog;
    readonly retired: RetiredOps;
    readonly checks: Checks;
    readonly incidents: JudgeDeps["store"];
    readonly damaged: DamagedStore;
    readonly losses: LossStore;
    readonly samples: Samples;
    readonly venue: VenueStore;
  };
  readonly chronicle: Chronicle;
  readonly clock: {
    readonly now: () => number; // wall time
    readonly steady: () => number; // time that never jumps
    readonly isLate?: () => boolean; // whether the hub does not get its turns in time, as on a computer that is busy
  };
  readonly zone?: (now: number) => number; // ms that the hub's zone is ahead of UTC; absent: 0
  readonly random: Random;
  readonly version: string;
  readonly dhcp: Pick<DhcpDesk, "fact">;
  readonly notices: Pick<Notices, "tick">;
  readonly runbooks: Pick<Runbooks, "tick" | "view" | "fixedBy">;
  readonly urls: () => readonly string[]; // known once the hub listens
}
