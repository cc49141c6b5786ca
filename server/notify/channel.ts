/** A channel as it is kept: what it is told, where it leads, and what opens it. The last of these leaves the hub only towards its target. */
import type { Listener } from "../../shared/notice.ts";
import type { Message } from "../../shared/notice_text.ts";

export type Target =
  | { readonly kind: "webhook" | "ntfy"; readonly url: string; readonly secret?: string }
  | { readonly kind: "slack" | "discord" | "teams"; readonly url: string }
  | Mailbox;

export interface Mailbox {
  readonly kind: "email";
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
  readonly user: string; // empty: without signing in
  readonly secret?: string;
  readonly from: string;
  readonly to: readonly string[];
}

export interface Channel extends Listener {
  readonly name: string;
  readonly on: boolean;
  readonly target: Target;
}

/** What came of one attempt. `said` is for the manager: what happened and what to do, and nothing that opens the channel. */
export type Outcome =
  | { readonly kind: "arrived"; readonly said: string }
  | { readonly kind: "failed"; readonly said: string; readonly retryAfterMs?: number };

export type Send = (target: Target, message: Message) => Promise<Outcome>;

const LOCAL_NAME = /^[^.:]+$|\.(local|lan|home\.arpa|internal|localhost)$/;
const LOCAL_ADDRESS =
  /^(127|10)(\.\d+){3}$|^192\.168(\.\d+){2}$|^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$|^\[(::1|f[cd][0-9a-f]{2}:.*)\]$/;

// As the URL parser writes them: 169.254.0.0/16, fe80::/10, and the first as IPv6.
const LINK_LOCAL = /^169\.254\.|^\[?fe[89ab][0-9a-f]:|^\[?::ffff:a9fe:/;

/** Where clouds keep their keys and no shop has a server. By its address alone; a name that leads there is not looked up. */
export function isLinkLocal(host: string): boolean {
  return LINK_LOCAL.test(host.toLowerCase());
}

/** The host that a target is reached at. */
export function hostOf(target: Target): string {
  return target.kind === "email" ? target.host : new URL(target.url).hostname;
}

/** True for a host of the venue's own network: it may answer while the internet is down. By its name alone; nothing is asked. */
export function isLocal(host: string): boolean {
  return LOCAL_NAME.test(host) || LOCAL_ADDRESS.test(host);
}

/** Where a target leads, without what opens it: an address is known by its end, as a card is. */
export function sayTarget(target: Target): string {
  if (target.kind === "email") return `${target.to.join(", ")} by ${target.host}`;
  const { host, pathname, search } = new URL(target.url);
  const rest = pathname + search;
  return rest.length < 12 ? host : `${host}/…${rest.slice(-4)}`; // a short path is not shown at all
}
