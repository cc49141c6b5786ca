/** What a device has to trust to reach this hub over HTTPS, as the routes hand it out. */
import type { Trust } from "../http/trust_routes.ts";
import { profileOf } from "./profile.ts";
import type { SecureServer } from "./secure_server.ts";

export function trustIn(server: SecureServer, venue: () => string): Trust {
  const { authority } = server;
  return {
    name: authority.name,
    fingerprint: authority.fingerprint,
    pem: authority.pair.certificate,
    der: authority.der,
    profile: () => profileOf(authority, venue()),
    urls: () => server.urls(),
    urlFor: (hostname) => server.urlFor(hostname),
  };
}
