/** Pairs of registers, as both of them report the path between them. */
import { reasonOf } from "../link_words.ts";
import { inSubnet, isLinkLocal, isLoopback, parseAddress, sameAddress } from "./address.ts";
import type { Facts, RegisterFacts } from "./facts.ts";
import { liveness } from "./liveness.ts";
import type { ToldLink } from "./told_link.ts";
import { nameOf, span } from "./words.ts";

/** One register's report of its path to the other. */
export interface Side {
  readonly register: RegisterFacts;
  readonly link: ToldLink;
  readonly reason?: ReturnType<typeof reasonOf>; // why not direct, where it says so in words that are known
  readonly forMs?: number; // how long it has been so
}

export interface Pair {
  readonly a: RegisterFacts;
  readonly b: RegisterFacts;
  readonly sides: readonly Side[]; // one or two
  readonly isDirect: boolean; // at least one has a direct path
}

/** The pairs of registers that are heard and in front, and of which at least one tells of the other. */
export function pairsOf(facts: Facts): Pair[] {
  const there = facts.registers.filter((each) => liveness(each, facts) === "ok" && each.state?.foreground !== false);
  return there.flatMap((a, i) =>
    there.slice(i + 1).flatMap((b): Pair[] => {
      const sides = [sideOf(a, b, facts), sideOf(b, a, facts)].filter((side) => side !== undefined);
      return sides.length === 0 ? [] : [{ a, b, sides, isDirect: sides.some(({ link }) => link.path === "direct") }];
    })
  );
}

/** "Bar and Till 1". */
export function pairName({ a, b }: Pair): string {
  return `${nameOf(a)} and ${nameOf(b)}`;
}

/** How long the pair has had no direct path, by the shorter of what both say. Undefined: it has one, or nobody says since when. */
export function relayedForMs({ sides, isDirect }: Pair): number | undefined {
  const known = sides.flatMap(({ forMs }) => forMs ?? []);
  return isDirect || known.length === 0 ? undefined : Math.min(...known);
}

/** What a side reports, as evidence. */
export function saidBy({ register, link, forMs }: Side, pair: Pair): string {
  const other = register.id === pair.a.id ? pair.b : pair.a;
  const since = forMs === undefined ? "" : ` for ${span(forMs)}`;
  return `${nameOf(register)} reaches ${nameOf(other)} through the hub${since}${link.why ? `: ${link.why}` : ""}`;
}

/** Whether the messages of both come from one of the hub's own networks. Undefined where that cannot be told. */
export function isSameSubnet({ a, b }: Pair, facts: Facts): boolean | undefined {
  const [one, other] = [parseAddress(a.sourceAddress ?? ""), parseAddress(b.sourceAddress ?? "")];
  if (one === undefined || other === undefined || sameAddress(one, other)) return undefined;
  if ([one, other].some((each) => isLoopback(each) || isLinkLocal(each))) return undefined;
  return facts.hub.interfaces.some(({ address, prefixLength }) => {
    const subnet = parseAddress(address);
    return subnet !== undefined && inSubnet(one, subnet, prefixLength) && inSubnet(other, subnet, prefixLength);
  });
}

function sideOf(register: RegisterFacts, peer: RegisterFacts, facts: Facts): Side | undefined {
  const link = register.links.find((each) => each.peer === peer.id);
  if (link === undefined) return undefined;
  const forMs = link.since === undefined
    ? undefined
    : facts.now + (register.clockOffsetMs ?? 0) - Date.parse(link.since);
  return { register, link, reason: link.why === undefined ? undefined : reasonOf(link.why), forMs };
}
