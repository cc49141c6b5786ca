/** What an installer found out about the place, as far as rules look at it. */
import type { RegisterId } from "../ids.ts";

/** A walk test, as far as rules look at it: the newest of its register and spot. */
export interface WalkFact {
  readonly register: RegisterId;
  readonly spot: string;
  readonly at: number;
  readonly state: "passed" | "warned" | "failed" | "unmeasured";
  readonly why: readonly string[]; // what was beyond its limit
}

/** What only a person knows, as an installer answered it, and what was found at spots where somebody went. */
export interface SurveyFact {
  readonly router?: "alone" | "bridged" | "combo"; // to the modem
  readonly allWired?: boolean; // each access point by a cable
  readonly metres: Readonly<Record<RegisterId, number>>; // from the router, where it was paced out
  readonly walks: readonly WalkFact[];
}
