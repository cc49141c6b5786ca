/**
 * How a register offers itself to its peers: by its address, or, as browsers do that hide it, by a made-up name that peers look up by
 * multicast DNS. The hub passes the offers on and sees which.
 */
import type { NegotiateBody } from "./negotiate.ts";
import type { OfferFact } from "./rules/offer_fact.ts";

const CANDIDATE = /candidate:\S+ \d+ \w+ \d+ (\S+) \d+ typ host\b/gi; // RFC 8839, section 5.1
const NAME = /^[\da-z-]{1,63}\.local$/i;

/** After something that was passed on for a register. An address that it told stands for the whole attempt: one is enough to be found. */
export function offerAfter(before: OfferFact | undefined, body: NegotiateBody, at: number): OfferFact | undefined {
  if (body.kind === "ask" || body.kind === "cannot") return before;
  const { call } = body;
  const known = before?.call === call ? before : undefined;
  if (known && known.name === undefined) return known;
  const text = body.kind === "candidate" ? body.candidate : body.sdp;
  const hosts = [...text.matchAll(CANDIDATE)].map(([, host]) => host!.toLowerCase());
  if (hosts.length === 0) return before;
  const isHidden = hosts.every((host) => host.endsWith(".local"));
  if (!isHidden) return { at, call };
  const name = hosts.find((host) => NAME.test(host));
  return name === undefined ? before : known ?? { at, call, name };
}
