/**
 * What ticks a step: a closed list of things that are measured, a wait, or a person who says so. A look is one answer of three: it is so,
 * it is not so yet, or it cannot be told.
 */
export type RegisterWatch =
  | { readonly kind: "heard"; readonly register: string }
  | { readonly kind: "in-front"; readonly register: string }
  | { readonly kind: "gone"; readonly register: string } // closed or switched off, since the step began
  | { readonly kind: "reopened"; readonly register: string } // away and back, since the step began
  | { readonly kind: "same-network"; readonly register: string }
  | { readonly kind: "signal-strong"; readonly register: string }
  | { readonly kind: "version-is"; readonly register: string; readonly version: string }
  | { readonly kind: "config-current"; readonly register: string }
  | { readonly kind: "never-locks"; readonly register: string }
  | { readonly kind: "synced"; readonly register: string };

export type VenueWatch =
  | { readonly kind: "sync-on" }
  | { readonly kind: "all-in-front" }
  | { readonly kind: "all-on-one-network" }
  | { readonly kind: "all-one-version" }
  | { readonly kind: "all-in-sync" }
  | { readonly kind: "router-answers" }
  | { readonly kind: "router-cycled" }; // seen down, then answering

export type Watch =
  | RegisterWatch
  | VenueWatch
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "person" };

export type Look =
  | { readonly kind: "yes"; readonly is: string; readonly again?: string } // as it is; as it is after it was not
  | { readonly kind: "no"; readonly now: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Since when the step is the one to do, and when what is to come back was seen away. */
export interface Sight {
  readonly since: number;
  readonly goneAt?: number;
}
