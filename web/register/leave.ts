/** What somebody may do although their role does not let them: a manager allowed it, this once. */
import { useState } from "preact/hooks";
import type { Action } from "../../shared/staff.ts";
import type { Session } from "./session.ts";

/** What an op says of it; empty where nobody had to allow anything. */
export interface Allowed {
  readonly allowedBy?: string;
}

/** An act that waits for a manager's PIN. */
export interface Waiting {
  readonly what: string; // "Give 7.08 back"
  readonly act: (allowed: Allowed) => unknown;
}

export interface Leaves {
  readonly waiting: Waiting | null;
  /** Does it at once where nobody has to allow it; otherwise once a manager has. */
  run(action: Action | undefined, what: string, act: Waiting["act"]): void;
  done(): void; // allowed, or given up
}

export function useLeaves(session: Session): Leaves {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  return {
    waiting,
    run: (action, what, act) => {
      if (action === undefined || session.who.may(action)) act({});
      else setWaiting({ what, act });
    },
    done: () => setWaiting(null),
  };
}
