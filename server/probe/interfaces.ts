/** The hub's own addresses: which networks it is on, and under which address an iPad finds it. */

export interface Interface {
  readonly name: string;
  readonly address: string;
  readonly prefixLength: number;
}

/** What the system says of one address, as `Deno.networkInterfaces()` has it. */
type Listed = Pick<Deno.NetworkInterfaceInfo, "name" | "address" | "cidr">;

const INTERFACES_MAX = 64; // addresses; a machine with more runs containers, and its own come first

// Containers, virtual machines, tunnels and the radio links between Apple devices: real, but no iPad of the shop is there.
const VIRTUAL =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|cali|podman|lxc|lxd|ham|zt|tailscale|wg|tun|tap|utun|ppp|ipsec|bridge|awdl|llw|ap\d|anpi)|vethernet|virtualbox|vmware|hyper-v|tailscale|zerotier|wireguard|openvpn|vpn/i;

/** The hub's interfaces without loopback; none when the system would not say. */
export function listInterfaces(list: () => readonly Listed[] = Deno.networkInterfaces): Interface[] {
  return listOrNone(list)
    .filter(({ address }) => !address.startsWith("127.") && address !== "::1")
    .map(({ name, address, cidr }) => ({ name, address, prefixLength: Number(cidr.split("/")[1]) }))
    .filter(({ prefixLength }) => Number.isInteger(prefixLength))
    .slice(0, INTERFACES_MAX);
}

/** The addresses to print and to draw as a QR code, best first: IPv4, or IPv6 when there is nothing else. */
export function lanAddresses(interfaces: readonly Interface[]): string[] {
  const usable = interfaces.filter(({ address }) => !isLinkLocal(address));
  const four = usable.filter(({ address }) => isIpv4(address));
  return (four.length > 0 ? four : usable).toSorted((a, b) => rank(a) - rank(b)).map(({ address }) => address);
}

export function isVirtual({ name, address }: Pick<Interface, "name" | "address">): boolean {
  return VIRTUAL.test(name) || inSubnet(address, { address: "100.64.0.0", prefixLength: 10 }); // Tailscale and carriers
}

/** Is an IPv4 address in the subnet of another? */
export function inSubnet(address: string, subnet: Pick<Interface, "address" | "prefixLength">): boolean {
  const [a, b] = [toNumber(address), toNumber(subnet.address)];
  if (a === undefined || b === undefined) return false;
  const size = 2 ** (32 - subnet.prefixLength);
  return Math.floor(a / size) === Math.floor(b / size);
}

function listOrNone(list: () => readonly Listed[]): readonly Listed[] {
  try {
    return list();
  } catch {
    return []; // no leave to ask, or a system without the call
  }
}

function rank(own: Interface): number {
  return (isVirtual(own) ? 2 : 0) + (isPrivate(own.address) ? 0 : 1);
}

function isPrivate(address: string): boolean {
  return inSubnet(address, { address: "10.0.0.0", prefixLength: 8 }) ||
    inSubnet(address, { address: "172.16.0.0", prefixLength: 12 }) ||
    inSubnet(address, { address: "192.168.0.0", prefixLength: 16 });
}

function isLinkLocal(address: string): boolean {
  return address.startsWith("169.254.") || /^fe[89ab]/i.test(address);
}

function isIpv4(address: string): boolean {
  return toNumber(address) !== undefined;
}

function toNumber(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
