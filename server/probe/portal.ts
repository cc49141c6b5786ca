/**
 * Is somebody's sign-in page between us and the internet? A page that answers 204 to everyone, over plain http and without following
 * anyone: another answer than that was given by somebody else.
 */
import type { PortalRung } from "../../shared/rules/network.ts";

const LOCATION_MAX = 200; // characters of a stranger's address that are shown

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export async function probePortal(
  url: string | undefined,
  { fetch, ms }: { fetch: Fetch; ms: number },
): Promise<PortalRung> {
  if (url === undefined) return { how: "The 204 page was not asked, as this hub was told" };
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(ms),
      headers: { "cache-control": "no-cache" },
    });
    await response.body?.cancel();
    return judgePage(url, response.status, response.headers.get("location"));
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotCapable) {
      return { how: "The 204 page was not asked: no leave to use the network" };
    }
    return { how: `${new URL(url).hostname} did not answer, which alone proves nothing` };
  }
}

function judgePage(url: string, status: number, location: string | null): PortalRung {
  const { hostname } = new URL(url);
  if (status === 204) return { ok: true, how: `${hostname} answers 204, as it should` };
  const isTurned = status >= 300 && status < 400;
  if (isTurned && location) {
    const to = location.slice(0, LOCATION_MAX);
    return { ok: false, location: to, how: `${hostname} was answered by somebody else: ${status} to ${to}` };
  }
  if (isTurned || status === 200 || status === 511) {
    return { ok: false, how: `${hostname} was answered by somebody else: ${status} in place of 204` };
  }
  return { how: `${hostname} answers ${status}, which proves nothing` };
}
