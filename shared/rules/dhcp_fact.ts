/** Who hands out addresses on the hub's network, as it was when somebody last asked. Asked by hand only. */

/** A machine that answered the question for an address. */
export interface DhcpServer {
  readonly address: string; // as it names itself
  readonly mac?: string; // absent: it is not on the hub's own network, or did not answer for its address
  readonly router?: string; // that it tells devices to use
  readonly nameServer?: string;
}

export type DhcpFact =
  | { readonly kind: "known"; readonly askedAt: number; readonly servers: readonly DhcpServer[] } // none: nobody answered
  | { readonly kind: "unknown"; readonly askedAt: number; readonly why: string };
