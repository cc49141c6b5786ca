/** Changes that belong together: written all or none, and looked at before they are. */
import type { CheckBody } from "./check/op.ts";
import type { OpId } from "./ids.ts";

/** `idAt(n)` is the id that the op at place n will have, for those that speak of what an earlier one creates. */
export type Plan = (idAt: (place: number) => OpId) => readonly CheckBody[];

export type PlanOutcome =
  | { readonly ok: true; readonly ids: readonly OpId[] }
  | { readonly ok: false; readonly message: string };
