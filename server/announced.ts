/** What this hub says of itself by multicast DNS. */
import { newRegisterId, type Random } from "../shared/ids.ts";
import { VERSION } from "../shared/version.ts";
import type { VenueStore } from "./store/venue.ts";
import type { Venue } from "./venue.ts";

/** What multicast DNS tells of this hub. The venue may be named, and its name changed, while the hub runs. */
export function announced({ venue, hubId, port, httpsPort, random }: {
  readonly venue: Venue;
  readonly hubId: string;
  readonly port: number;
  readonly httpsPort: number | undefined;
  readonly random: Random;
}) {
  const fixed = { hubId, boot: newRegisterId(random), version: VERSION, http: port, https: httpsPort };
  return () => ({ ...fixed, venue: venue.name });
}

/** The id of this hub's data, made on first use: a hub that starts on a copy of it tells the same one. */
export function hubIdOf(store: VenueStore, random: Random): string {
  const known = store.setting("hubId");
  if (typeof known === "string") return known;
  const hubId = newRegisterId(random);
  store.saveSettings({ hubId });
  return hubId;
}
