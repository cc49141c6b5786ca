/** HTTPS on a port of its own, beside plain http, with what this system gives for it. */
import { SecureServer } from "./secure_server.ts";

export type Https =
  | { readonly kind: "open"; readonly server: SecureServer; readonly fingerprint: string }
  | { readonly kind: "off" }
  | { readonly kind: "failed"; readonly why: string };

/** HTTPS beside plain http. Whatever keeps it from opening leaves plain http at work, and is told. */
export async function openSecure({ flags, addresses, serve }: {
  readonly flags: { readonly host: string; readonly data: string; readonly httpsPort: number | undefined };
  readonly addresses: () => readonly string[];
  readonly serve: Deno.ServeHandler<Deno.NetAddr>;
}): Promise<Https> {
  if (flags.httpsPort === undefined) return { kind: "off" };
  try {
    const server = await SecureServer.open({
      folder: flags.data,
      port: flags.httpsPort,
      addresses,
      listen: ({ certificate: cert, key }, port) => {
        const stop = new AbortController();
        const { hostname, signal } = { hostname: flags.host, signal: stop.signal };
        const { addr, finished } = Deno.serve({ hostname, port, signal, cert, key, onListen: () => {} }, serve);
        return {
          port: addr.port,
          close() {
            stop.abort(); // an orderly end would wait for consoles, which never end by themselves
            return finished;
          },
        };
      },
      now: () => Date.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    return { kind: "open", server, fingerprint: server.authority.fingerprint };
  } catch (cause) {
    const taken = cause instanceof Deno.errors.AddrInUse;
    const why = taken ? `port ${flags.httpsPort} is taken; choose another with --https-port` : String(cause);
    return { kind: "failed", why };
  }
}
