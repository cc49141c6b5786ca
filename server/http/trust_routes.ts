/** What a device needs to trust this hub: its authority, as a file and as a profile, and the fingerprint to compare. Nothing here is secret. */
import { Hono } from "hono";
import type { TrustResponse } from "../../shared/api.ts";
import type { Env } from "./guard.ts";
import { Refusal } from "./refusal.ts";

const CERTIFICATE_TYPE = "application/x-x509-ca-cert";
const PROFILE_TYPE = "application/x-apple-aspen-config";

/** The hub's HTTPS side, as these routes see it. */
export interface Trust {
  readonly name: string; // of the authority, as a device lists it
  readonly fingerprint: string;
  readonly pem: string;
  readonly der: Uint8Array<ArrayBuffer>;
  profile(): string;
  urls(): readonly string[];
  urlFor(hostname: string): string | undefined;
}

export interface TrustRoutesDeps {
  readonly trust?: () => Trust | undefined; // undefined: HTTPS is off, or not there yet
}

export function trustRoutes({ trust }: TrustRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();
  const needed = () => {
    const found = trust?.();
    if (!found) throw new Refusal(404, "https-off", "This hub does not speak HTTPS. Its terminal says why");
    return found;
  };
  const fresh = (type: string) => ({ "content-type": type, "cache-control": "no-store" });
  const file = (name: string) => ({
    ...fresh(CERTIFICATE_TYPE),
    "content-disposition": `attachment; filename="${name}"`,
  });

  routes.get("/trust", (c) => {
    const found = trust?.();
    return c.json<TrustResponse>({
      url: found?.urlFor(new URL(c.req.url).hostname) ?? null,
      urls: [...found?.urls() ?? []],
      name: found?.name ?? null,
      fingerprint: found?.fingerprint ?? null,
    });
  });
  routes.get("/trust/ca.pem", (c) => c.body(needed().pem, 200, file("counterpart.pem")));
  routes.get("/trust/ca.crt", (c) => c.body(needed().der, 200, file("counterpart.crt"))); // Windows and Android go by the ending
  // Not as an attachment: Safari then offers to save it, where it should offer to install it.
  routes.get("/trust/counterpart.mobileconfig", (c) => c.body(needed().profile(), 200, fresh(PROFILE_TYPE)));
  return routes;
}
