/** Under which addresses people reach this hub. */

/** `http://192.168.1.10:8787`, for each address; a hub that knows none is reached from its own machine. */
export function urlsAt(
  addresses: readonly string[],
  port: number,
  otherwise: readonly string[] = ["localhost"],
): string[] {
  return (addresses.length > 0 ? addresses : otherwise).map((address) => `http://${bracketed(address)}:${port}`);
}

/** The address by which the asking browser reached us, unless that is one that only this machine can reach. */
export function reachableBase(request: Request, urls: readonly string[]): string {
  const { hostname, host, protocol } = new URL(request.url);
  const loopback = hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
  const outside = urls.find((url) => url.startsWith(`${protocol}//`));
  return loopback && outside ? outside : `${protocol}//${host}`;
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
