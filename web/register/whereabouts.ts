/**
 * Where a check is that is not here: which register holds it, since when that one is away and why, and the one thing to do. Only what the
 * Register List says is said.
 */
import type { RegisterId } from "../../shared/ids.ts";
import type { UplinkState } from "../../shared/uplink.ts";
import type { Peer } from "../../shared/wire.ts";

export interface Search {
  readonly holder: RegisterId; // the register that opened it
  readonly own: RegisterId;
  readonly state: UplinkState;
  readonly awaySince: number | null; // of this register; null: connected
  readonly peers: readonly Peer[];
  readonly clockOf: (at: number) => string; // "19:02"
}

export interface Whereabouts {
  readonly title: string;
  readonly what: string; // who holds it, since when, why
  readonly todo: string; // the one thing
}

export function whereabouts({ holder, own, state, awaySince, peers, clockOf }: Search): Whereabouts {
  const peer = peers.find(({ id }) => id === holder);
  if (state !== "online") {
    const since = awaySince === null ? "" : ` since ${clockOf(awaySince)}`;
    return {
      title: "This check is not here yet",
      what: `${
        peer && holder !== own ? `${peer.name} opened it. ` : ""
      }This register is offline${since}, so it has not been told of it.`,
      todo: "Bring this register back to the hub: look at its Wi-Fi. The check comes by itself.",
    };
  }
  if (holder === own) {
    return {
      title: "This check is not here any more",
      what: "It was opened on this register, but its storage was cleared since, and nobody else has handed it back.",
      todo: "Wake every other register: one of them may hold it. If none does, it is lost; write it anew.",
    };
  }
  if (!peer) {
    return {
      title: "Nobody here knows this check",
      what: "The register that opened it does not belong to this venue any more.",
      todo: "Ask a manager for it: the hub keeps the story of every check that reached it.",
    };
  }
  return { title: `${peer.name} has this check`, ...awayWords(peer, clockOf) };
}

function awayWords(peer: Peer, clockOf: Search["clockOf"]): { what: string; todo: string } {
  const { name } = peer;
  const since = peer.heardAt == null ? "" : ` since ${clockOf(peer.heardAt)}`;
  if (peer.state === "ok" && peer.foreground === false) {
    return { what: `${name} has it, but its page is not in front.`, todo: `Open the register's page on ${name}.` };
  }
  if (peer.state === "ok") {
    return {
      what: `${name} is here and in touch with the hub, and has not handed it over yet.`,
      todo: `Leave the page open on ${name}. It takes a few seconds.`,
    };
  }
  const cause = peer.cause ? ` ${sentence(peer.cause)}` : "";
  if (peer.state === "unknown") {
    return {
      what: `${name} opened it, and the hub has not heard from ${name} yet.${cause}`,
      todo: `Open the register's page on ${name}.`,
    };
  }
  const todo = peer.foreground === false
    ? `Open the register's page on ${name}.`
    : `Wake ${name} and bring it closer to the router.`;
  return { what: `${name} opened it. The hub has heard nothing from ${name}${since}.${cause}`, todo };
}

function sentence(words: string): string {
  const text = words.trim();
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}
