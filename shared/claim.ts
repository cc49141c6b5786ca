/**
 * Soft claims: which check each register is in now, and who works there. A claim is presence, not a lock: it advises and never blocks,
 * because ops merge. It lives in memory for a lease and is said again while it holds, so whoever falls silent lets go by itself.
 *
 *   register → hub, peer   claim    what the sender is in now, or nothing
 *   hub → register         claims   all there are: the whole list each time
 *
 * Durations travel, never moments: each side counts a lease on its own clock. A hub says `claims` only to a register whose hello said that
 * it understands, a register says `claim` only to a hub that has said `claims`, and to a peer whose greet said so.
 */
import { z } from "zod";
import { OpId, RegisterId } from "./ids.ts";
import { StaffName } from "./staff.ts";

export const CLAIM_LEASE_MS = 60_000; // a register that went silent holds no one's eye for longer than it takes to walk over
export const CLAIM_RENEW_MS = 20_000; // three times within a lease: two may be lost
export const CLAIMS_PER_REGISTER_MAX = 1; // a person looks at one check; the next claim takes the place of the one before
export const CLAIMS_MAX = 64 * CLAIMS_PER_REGISTER_MAX; // in one list: as many registers as a hub enrols
export const CLAIMS_AT_ONCE_PER_MINUTE_MAX = 60; // of one register; what it says beyond is told with the hub's next tick

/** What the sender is in now. `null`: nothing. Of whom it speaks is known by the session or channel it comes over. */
export const ClaimTo = z.object({ type: z.literal("claim"), check: OpId.nullable(), staff: StaffName.optional() });
export type ClaimTo = z.infer<typeof ClaimTo>;

const duration = z.number().int().min(0); // ms

/** All claims that stand: since how long, and for how long yet. */
export const ClaimList = z.object({
  type: z.literal("claims"),
  claims: z.array(z.object({
    register: RegisterId,
    check: OpId,
    staff: StaffName.optional(),
    agoMs: duration,
    leftMs: duration,
  })).max(CLAIMS_MAX),
});
export type ClaimList = z.infer<typeof ClaimList>;

/** On the clock of whoever keeps it. */
export interface Claim {
  readonly check: OpId;
  readonly register: RegisterId;
  readonly staff?: string; // absent: nobody is signed in there
  readonly since: number;
  readonly until: number; // unless it is said again
}

/** By register: CLAIMS_PER_REGISTER_MAX each. */
export type Claims = ReadonlyMap<RegisterId, Claim>;

export const NO_CLAIMS: Claims = new Map();

/** The claims once `register` has said what it is in. Said again, a claim lasts longer and `since` stays. */
export function withClaim(claims: Claims, register: RegisterId, { check, staff }: ClaimTo, now: number): Claims {
  if (check === null) return without(claims, register);
  const before = claims.get(register);
  if (!before && claims.size >= CLAIMS_MAX) return claims;
  const since = before?.check === check && before.until > now ? before.since : now;
  return new Map(claims).set(register, { check, register, staff, since, until: now + CLAIM_LEASE_MS });
}

/** The claims without those of `register`: it let go, or is gone. */
export function without(claims: Claims, register: RegisterId): Claims {
  return claims.has(register) ? new Map([...claims].filter(([id]) => id !== register)) : claims;
}

/** Those whose lease has not run out. */
export function standing(claims: Claims, now: number): Claims {
  const kept = [...claims].filter(([, { until }]) => until > now);
  return kept.length === claims.size ? claims : new Map(kept);
}

/** The first that came, first. */
export function inOrder(claims: Iterable<Claim>): Claim[] {
  return [...claims].sort((a, b) => a.since - b.since || (a.register < b.register ? -1 : 1));
}

/** Who is in a check besides `self`, of those given. */
export function othersIn(claims: readonly Claim[], check: OpId, self: RegisterId): Claim[] {
  return claims.filter((claim) => claim.check === check && claim.register !== self);
}

/** What people would see of them; equal while only time has passed. */
export function claimsMark(claims: readonly Claim[]): string {
  return JSON.stringify(claims.map(({ register, check, staff }) => [register, check, staff]));
}

export function toList(claims: readonly Claim[], now: number): ClaimList {
  const rows = claims.slice(0, CLAIMS_MAX).map(({ register, check, staff, since, until }) => ({
    ...{ register, check, staff },
    agoMs: Math.max(0, Math.round(now - since)),
    leftMs: Math.max(0, Math.round(until - now)),
  }));
  return { type: "claims", claims: rows };
}

/** A list as it is here; nobody's word gives a claim more than a lease. */
export function fromList({ claims }: ClaimList, now: number): Claims {
  return new Map(claims.map(({ agoMs, leftMs, ...claim }) => [
    claim.register,
    { ...claim, since: now - agoMs, until: now + Math.min(leftMs, CLAIM_LEASE_MS) },
  ]));
}
