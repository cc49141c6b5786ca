/** Who was heard by multicast DNS: other hubs, and hosts that speak it at all. Both lists are bounded; the oldest go. */
import type { MdnsFact, SecondHub } from "../../shared/rules/mdns_fact.ts";
import type { Announced } from "./records.ts";

const HUBS_MAX = 16;
const HOSTS_MAX = 64; // a shop's network has fewer; an office floor would fill any list
export const HUB_KEPT_MS = 150_000; // two questions a minute apart without an answer, and half a minute
export const HOST_KEPT_MS = 10 * 60_000; // an iPad speaks when it wakes, looks for something or joins

interface HeardHub extends SecondHub {
  readonly boot: string;
}

export class Heard {
  readonly #hubs = new Map<string, HeardHub>(); // by boot
  readonly #hosts = new Map<string, number>(); // address → when

  host(address: string, now: number): void {
    this.#hosts.delete(address); // so that the map's order is that of the last word
    this.#hosts.set(address, now);
    trim(this.#hosts, HOSTS_MAX);
  }

  hub(told: Announced & { readonly ended: boolean }, address: string, now: number): void {
    const { boot, hubId, venue } = told;
    if (told.ended) return void this.#hubs.delete(boot);
    this.#hubs.set(boot, { boot, hubId, venue, address, heardAt: now });
    trim(this.#hubs, HUBS_MAX);
  }

  /** Hosts heard lately, and the first other hub with our venue's name or a copy of our data, in times of the hub's `wall` clock. */
  fact(own: Announced, now: number, wall: number): Pick<MdnsFact, "hosts" | "secondHub"> {
    for (const [boot, { heardAt }] of this.#hubs) if (now - heardAt > HUB_KEPT_MS) this.#hubs.delete(boot);
    for (const [address, heardAt] of this.#hosts) if (now - heardAt > HOST_KEPT_MS) this.#hosts.delete(address);
    const second = [...this.#hubs.values()].find((other) => isRival(other, own));
    return {
      hosts: [...this.#hosts].map(([address, heardAt]) => ({ address, heardAt: heardAt + wall - now })),
      secondHub: second &&
        { address: second.address, venue: second.venue, hubId: second.hubId, heardAt: second.heardAt + wall - now },
    };
  }
}

function isRival(other: HeardHub, own: Announced): boolean {
  if (other.boot === own.boot) return false; // ourselves, on another of our interfaces
  return other.hubId === own.hubId || (own.venue !== "" && folded(other.venue) === folded(own.venue));
}

function folded(venue: string): string {
  return venue.trim().normalize("NFKC").toLowerCase();
}

function trim(map: Map<string, unknown>, max: number): void {
  while (map.size > max) map.delete(map.keys().next().value!);
}
