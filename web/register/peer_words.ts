/** The Register List: one row for each register of the venue, in words. */
import type { Liveness } from "../../shared/api.ts";
import type { LinkReport } from "../../shared/heartbeat.ts";
import type { RegisterId } from "../../shared/ids.ts";
import type { Peer } from "../../shared/wire.ts";
import type { Mark } from "../ui/state_mark.tsx";
import { changes } from "./mark_words.ts";

export interface PeerRow {
  readonly id: RegisterId;
  readonly name: string;
  readonly letter: string;
  readonly own: boolean;
  readonly mark: Mark;
  readonly state: string;
  readonly screen: string;
  readonly path: string;
  readonly why: string | null; // why it is not direct
  readonly behind: string;
  readonly waiting: string;
  readonly version: string;
  readonly otherVersion: boolean; // than this one: all registers should run the same
}

const STATES: Record<Liveness, { mark: Mark; word: string }> = {
  ok: { mark: "fine", word: "here" },
  late: { mark: "look", word: "late" },
  silent: { mark: "act", word: "silent" },
  unknown: { mark: "unknown", word: "not known" },
};
const PATHS: Record<Peer["path"], string> = { direct: "direct", relay: "through the hub", none: "none" };
const NOT_KNOWN = "not known";

/**
 * This register first, then by letter. `current`: the list is fresh; without that, how they are is not known, but for the direct `links`
 * that this register measures itself.
 */
export function peerRows(
  peers: readonly Peer[],
  own: RegisterId,
  version: string,
  current: boolean,
  links: readonly LinkReport[] = [],
): PeerRow[] {
  return peers.map((peer) => row(peer, own, version, current, links.find((link) => link.peer === peer.id)))
    .sort((a, b) => Number(b.own) - Number(a.own) || (a.letter < b.letter ? -1 : 1));
}

function row(
  peer: Peer,
  own: RegisterId,
  version: string,
  current: boolean,
  link: LinkReport | undefined,
): PeerRow {
  const { mark, word } = STATES[current ? peer.state : "unknown"];
  return {
    id: peer.id,
    name: peer.name,
    letter: peer.letter,
    own: peer.id === own,
    mark,
    state: word,
    screen: !current || peer.foreground === null ? NOT_KNOWN : peer.foreground ? "in front" : "hidden",
    path: pathWords(peer, current, link),
    why: current && link?.path === "relay" ? link.why ?? null : null,
    behind: !current || peer.behind === null
      ? NOT_KNOWN
      : peer.behind === 0
      ? "up to date"
      : `${changes(peer.behind)} behind`,
    waiting: !current || peer.unsynced === null ? NOT_KNOWN : peer.unsynced === 0 ? "none" : changes(peer.unsynced),
    version: peer.version ?? NOT_KNOWN,
    otherVersion: peer.version !== null && peer.version !== version,
  };
}

function pathWords(peer: Peer, current: boolean, link: LinkReport | undefined): string {
  if (link?.path === "direct") return link.rttMs === undefined ? PATHS.direct : `${PATHS.direct}, ${rtt(link.rttMs)}`;
  return current ? PATHS[peer.path] : NOT_KNOWN;
}

function rtt(ms: number): string {
  return ms < 1 ? "under 1 ms" : `${Math.round(ms)} ms`;
}
