/** Where this computer is on the network: its address, and the router of its default route. Parsers are pure and never throw. */

/** One default route. */
export interface Route {
  readonly gateway: string;
  readonly device?: string; // the interface's name
  readonly address?: string; // our own on it; Windows names this, not the interface
  readonly metric: number; // the lowest is used
}

/** What the system says of one address, as `Deno.networkInterfaces()` has it. */
export type Listed = Pick<Deno.NetworkInterfaceInfo, "name" | "address" | "cidr" | "family">;

export interface Place {
  readonly address?: string;
  readonly prefixLength?: number;
  readonly gateway?: string;
}

const IPV4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;

/** Linux: `ip -j -4 route show default`. */
export function parseIpRoute(stdout: string): Route[] | undefined {
  try {
    const rows: unknown = JSON.parse(stdout.trim() || "[]");
    if (!Array.isArray(rows)) return undefined;
    return rows.flatMap(({ gateway, dev, metric } = {}) =>
      typeof gateway === "string" && typeof dev === "string"
        ? [{ gateway, device: dev, metric: typeof metric === "number" ? metric : 0 }]
        : []
    );
  } catch {
    return undefined;
  }
}

/** macOS: `route -n get default`. */
export function parseRouteGet(stdout: string): Route[] | undefined {
  const of = (key: string) => new RegExp(String.raw`^\s*${key}: (\S+)`, "m").exec(stdout)?.[1];
  const [gateway, device] = [of("gateway"), of("interface")];
  if (device === undefined) return undefined;
  return gateway !== undefined && new RegExp(`^${IPV4}$`).test(gateway) ? [{ gateway, device, metric: 0 }] : [];
}

/** Windows: `route print -4`, in whatever language: five columns, of which three are zeros, the router and our own address. */
export function parseRoutePrint(stdout: string): Route[] | undefined {
  const row = new RegExp(String.raw`^\s*(${IPV4})\s+(${IPV4})\s+(\S+)\s+(${IPV4})\s+(\d+)\s*$`, "gm");
  const rows = [...stdout.matchAll(row)];
  if (rows.length === 0) return undefined;
  return rows.flatMap(([, destination, mask, gateway = "", address, metric]) =>
    destination === "0.0.0.0" && mask === "0.0.0.0" && new RegExp(`^${IPV4}$`).test(gateway)
      ? [{ gateway, address, metric: Number(metric) }]
      : []
  );
}

/** The place on the network that the Wi-Fi `device` leads to, or else the default route; its router only if it is on that network. */
export function placeOf(routes: readonly Route[], interfaces: readonly Listed[], device?: string): Place {
  const four = interfaces.filter(({ family, address }) => family === "IPv4" && !/^(127|169\.254)\./.test(address));
  const sorted = routes.toSorted((a, b) => a.metric - b.metric);
  const route = sorted.find((each) => device !== undefined && each.device === device) ?? sorted[0];
  const byRoute = (one: Listed) => one.name === route?.device || one.address === route?.address;
  const byWifi = four.find(({ name }) => name === device);
  const own = byWifi ?? four.find(byRoute) ?? (four.length === 1 ? four[0] : undefined);
  if (!own) return { gateway: route?.gateway };
  return {
    address: own.address,
    prefixLength: Number(own.cidr.split("/")[1]),
    gateway: route && byRoute(own) ? route.gateway : undefined,
  };
}
