/**
 * What one round of the hub's probes says of the network, from the hub's own link outwards. Each rung is alive, not, or not known, with
 * the sentence that says what was measured.
 */

/** One thing that was probed. */
export interface Rung {
  readonly ok?: boolean; // absent: what was measured proves neither, or nothing could be
  readonly how: string; // what was measured, a sentence without its full stop
  readonly rttMs?: number;
}

/** The hub's own cable or Wi-Fi. */
export interface OwnLink extends Rung {
  readonly name?: string;
  readonly medium?: "wired" | "wireless"; // absent: the system does not say
  readonly address?: string;
}

/** The default gateway in one round; `RouterFact` is what rounds agree on. */
export interface GatewayRung extends Rung {
  readonly address?: string;
  readonly by?: "port" | "ping" | "wire"; // what answered
  readonly mac?: string; // that has its address now
  readonly knownMac?: string; // that had it when it last answered
}

/** The machine behind the router: the modem, or in bridge mode the provider's. */
export interface HopRung extends Rung {
  readonly address?: string; // who answered
  readonly usual?: string; // who answered when it last did; absent: nobody ever has, so silence proves little
}

export interface DnsRungs {
  readonly router: Rung;
  readonly public: Rung;
  readonly system: Rung; // whatever the hub's own system asks
  readonly routerAnswered?: boolean; // in an earlier round: then names do come from it here
}

/** A page that answers 204 to everyone who is really on the internet. */
export interface PortalRung extends Rung {
  readonly location?: string; // where a sign-in page sent us
}

/** What the router tells of its own side towards the internet. Result codes are as the router gave them. */
export interface NatFact {
  readonly igd: {
    readonly how: string;
    readonly externalAddress?: string; // "" when it answered without one, as behind a second NAT
    readonly status?: string; // "Connected"
    readonly fault?: number; // UPnP error code, such as 501
  };
  readonly pmp: { readonly how: string; readonly resultCode?: number; readonly externalAddress?: string };
  readonly pcp: { readonly how: string; readonly resultCode?: number };
  readonly online?: boolean; // whether the internet answered in the same round; absent: not known
  readonly checkedAt: number;
}

/** One round, all rungs. */
export interface NetworkRound {
  readonly own: OwnLink;
  readonly peers: Rung; // any other machine on the hub's own network
  readonly gateway: GatewayRung;
  readonly hop2: HopRung;
  readonly internet: Rung;
  readonly dns: DnsRungs;
  readonly portal: PortalRung;
  readonly nat?: NatFact; // absent: not asked yet
}

const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;
const SHARED = /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** An address that is only valid inside some network (RFC 1918). */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.test(address);
}

/** An address that a provider shares among its customers (RFC 6598): a router with one has no address of its own on the internet. */
export function isSharedAddress(address: string): boolean {
  return SHARED.test(address);
}
