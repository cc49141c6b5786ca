/** A link while it is open: what is known of the other side, and a way to send that never throws. */
import type { RegisterId } from "./ids.ts";
import { type Exchange, newExchange } from "./sync/exchange.ts";
import type { SyncMessage } from "./wire.ts";

export interface OpenLink {
  readonly peer: string;
  readonly exchange: Exchange;
  readonly send: (message: SyncMessage) => void;
  gaps: number; // deltas in a row that left ops out
  silent: boolean; // nothing came since we last compared
  readonly skips: ((writer: RegisterId) => boolean) | undefined; // writers that bring the peer their own ops
}

/** `dead` is told once when sending throws: a dead link ends alone, and must not stop what goes to the others. */
export function openLink(
  { peer, send, skips, dead }: Pick<OpenLink, "peer" | "send" | "skips"> & { dead: (link: OpenLink) => void },
): OpenLink {
  const link: OpenLink = {
    peer,
    exchange: newExchange(),
    send: (message) => {
      try {
        send(message);
      } catch {
        dead(link);
      }
    },
    gaps: 0,
    silent: false,
    skips,
  };
  return link;
}
