/** The hub's own link: which of its cables or radios leads to the shop, and is anybody at the other end? */
import type { OwnLink } from "../../shared/rules/network.ts";
import { type Interface, isVirtual } from "./interfaces.ts";
import { ask, type CommandRunner, type Link, type Platform } from "./platform.ts";

export interface OwnDeps {
  readonly runner: CommandRunner;
  readonly platform: Platform;
  readonly interfaces: readonly Interface[];
}

/**
 * `device` is the one that the default route goes through (on Windows its address); without a route, `before` is the one that the last
 * round named, so that a cable that was pulled is still the hub's.
 */
export async function probeOwnLink(
  { runner, platform, interfaces }: OwnDeps,
  device: Promise<string | undefined>,
  before: string | undefined,
): Promise<OwnLink> {
  const answer = await ask(runner, platform.links);
  const links = answer.ok ? answer.rows : [];
  const link = chooseLink(links, interfaces, await device, before);
  if (link !== undefined) return told(link, interfaces);
  return {
    how: answer.ok
      ? "This hub has no network link that leads to a shop"
      : `The hub's own link is not known: ${answer.reason}`,
  };
}

/** Undefined when there is nothing to choose from. */
export function chooseLink(
  links: readonly Link[],
  interfaces: readonly Interface[],
  device: string | undefined,
  before: string | undefined,
): Link | undefined {
  const own = interfaces.find(({ name, address }) => name === device || address === device);
  const named = own?.name ?? device ?? before;
  const found = links.find(({ name }) => name === named);
  if (found) return found;
  if (own) return { name: own.name }; // not listed: all that is known is that it has an address
  const real = links.filter(({ name }) => !isVirtual({ name, address: "" }));
  const connected = real.filter(({ carrier }) => carrier !== false);
  return connected.find(({ name }) => interfaces.some((one) => one.name === name)) ?? connected[0] ?? real[0];
}

/** A system that tells no carrier has no address on a link without one. */
function told({ name, carrier, medium }: Link, interfaces: readonly Interface[]): OwnLink {
  const address = interfaces.find((own) => own.name === name && own.address.includes("."))?.address;
  const ok = carrier ?? (address !== undefined ? true : undefined);
  const what = medium === "wireless" ? "Wi-Fi" : medium === "wired" ? "cable" : "link";
  const state = ok === undefined ? "may be connected" : ok ? "is connected" : "has no connection";
  const where = address === undefined ? "" : `, as ${address}`;
  return { ok, name, medium, address, how: `The hub's ${what} ${name} ${state}${where}` };
}
