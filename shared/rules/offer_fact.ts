/** How a register can be found by its peers, as the offers of direct links show that the hub passes on for it. */

/** The last offer of a register. */
export interface OfferFact {
  readonly at: number;
  readonly call: string; // the attempt that it is part of
  readonly name?: string; // that stands for its address, in lower case; absent: it told the address itself
}
