/**
 * One TCP connection, opened and closed at once. A refusal is an answer: some machine has that address and is alive. A time-out is
 * none: the packet may have been dropped by a firewall.
 */

export type TcpResult =
  | { readonly kind: "open" | "refused"; readonly rttMs: number }
  | { readonly kind: "silent" } // nothing came in time
  | { readonly kind: "unreachable" } // the hub's own system says nobody has that address
  | { readonly kind: "no-network"; readonly why: string } // no route: this hub says so, or its router
  | { readonly kind: "unknown"; readonly why: string };

/** Tries one address and port until the signal says that it has been long enough. */
export type Connect = (address: string, port: number, signal: AbortSignal) => Promise<TcpResult>;

const UNREACHABLE = new Set(["EHOSTUNREACH", "EHOSTDOWN"]); // macOS says "host is down" for an address without a MAC
const GIVEN_UP = new Set(["AbortError", "TimeoutError"]); // as the signal says that it has been long enough
const NO_NETWORK = new Set(["ENETUNREACH", "ENETDOWN", "EADDRNOTAVAIL"]); // the hub's own side: says nothing of the other

/** A `Connect` over real sockets. */
export async function connectTcp(address: string, port: number, signal: AbortSignal): Promise<TcpResult> {
  const start = performance.now();
  try {
    const connection = await Deno.connect({ hostname: address, port, signal });
    const rttMs = performance.now() - start;
    connection.close();
    return { kind: "open", rttMs };
  } catch (thrown) {
    return resultOf(thrown, performance.now() - start);
  }
}

function resultOf(thrown: unknown, rttMs: number): TcpResult {
  if (!(thrown instanceof Error)) throw thrown;
  if (thrown instanceof Deno.errors.ConnectionRefused) return { kind: "refused", rttMs };
  if (thrown instanceof Deno.errors.ConnectionReset) return { kind: "refused", rttMs };
  if (thrown instanceof Deno.errors.TimedOut || GIVEN_UP.has(thrown.name)) return { kind: "silent" };
  if (thrown instanceof Deno.errors.NotCapable) {
    return { kind: "unknown", why: "this hub was started without leave to use the network" };
  }
  const code = "code" in thrown ? String(thrown.code) : "";
  if (UNREACHABLE.has(code)) return { kind: "unreachable" };
  if (NO_NETWORK.has(code)) return { kind: "no-network", why: "this hub has no way to that network" };
  return { kind: "unknown", why: thrown.message };
}
