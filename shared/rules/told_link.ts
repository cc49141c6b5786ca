/** A path to a peer as a register told it, and whether it could tell the hub as soon as it was so. */
import type { LinkReport } from "../heartbeat.ts";

export const PROMPT_MS = 1_500; // a change is told within a second, and a way to the hub that was cut takes longer

export interface ToldLink extends LinkReport {
  /** What it says was told as soon as it was so: the register was on the network when it lost the peer, and had not just come back. */
  readonly prompt?: boolean;
}

/** `aheadMs`: how far the register's clock is ahead of the hub's. */
export function toldLinks(
  before: readonly ToldLink[],
  links: readonly LinkReport[],
  { now, aheadMs }: { readonly now: number; readonly aheadMs: number },
): readonly ToldLink[] {
  return links.map((link) => {
    const known = before.find(({ peer }) => peer === link.peer);
    if (known && known.since === link.since && known.path === link.path) return { ...link, prompt: known.prompt };
    if (link.since === undefined) return link;
    return { ...link, prompt: now - (Date.parse(link.since) - aheadMs) <= PROMPT_MS };
  });
}
