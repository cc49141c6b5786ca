/**
 * Who works in a venue and what each may do. A venue that names no staff asks for nothing.
 *
 * A register knows PINs without the hub, so it holds a hash of each. A PIN has a million values at most: whoever has the hash and a
 * computer finds the PIN, however slow the hash is. The slowness and the waiting below keep out a guest at the counter, not a thief of
 * the iPad; a PIN opens a register and nothing else.
 */
import { z } from "zod";

export const ROLES = ["manager", "server", "cashier"] as const; // server and cashier differ by name only, for reports
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const STAFF_MAX = 200; // in one venue
export const PIN_LENGTH_MIN = 4;
export const PIN_LENGTH_MAX = 6;
export const Pin = z.string().regex(/^[0-9]{4,6}$/, "A PIN has four to six digits");
export const StaffName = z.string().trim().min(1, "A name is needed").max(60, "A name has 60 characters at most")
  .refine((name) => !/\p{Cc}/u.test(name), "A name is one line");
export const StaffId = z.string().regex(/^[a-z0-9]{1,16}$/);

// scrypt with 16 MB: some 100 ms on a tablet of 2020, under a second on the oldest iPad that runs this.
export const PIN_COST = { N: 16_384, r: 8, p: 1, dkLen: 32 } as const;

/** `scrypt$SALT$KEY`: the salt as text, the key as hex. */
export const PinHash = z.string().regex(/^scrypt\$[a-z0-9]{8,40}\$[0-9a-f]{64}$/);

/** A person, as a register gets them. */
export const StaffMember = z.object({ id: StaffId, name: StaffName, role: Role, pinHash: PinHash });
export type StaffMember = z.infer<typeof StaffMember>;

export function readPinHash(hash: string): { salt: string; key: string } {
  const [, salt = "", key = ""] = hash.split("$");
  return { salt, key };
}

/** What not everybody may do. */
export type Action =
  | { readonly kind: "void-sent" } // take a line off that was sent to the kitchen
  | { readonly kind: "refund" }
  | { readonly kind: "reopen" } // a check that was closed
  | { readonly kind: "take-over" } // a check that somebody else owns
  | { readonly kind: "close-shift" } // although something would be left behind
  | { readonly kind: "discount"; readonly percent: number };

export interface Limits {
  readonly discountPercent: number; // of a discount that needs no manager
}

/** Whether this role may do it alone; a manager's PIN lets anybody do it. `undefined`: the venue names no staff. */
export function can(role: Role | undefined, action: Action, { discountPercent }: Limits): boolean {
  if (role === undefined || role === "manager") return true;
  switch (action.kind) {
    case "void-sent":
    case "refund":
    case "reopen":
    case "take-over":
    case "close-shift":
      return false;
    case "discount":
      return action.percent <= discountPercent;
  }
}

/** Wrong PINs in a row on one register, and when the last one was. */
export interface PinAttempts {
  readonly wrong: number;
  readonly at: number; // milliseconds since 1970
}

export const PIN_TRIES = 5; // before it waits
const FIRST_WAIT_MS = 30_000; // dull for a guesser, short for somebody who mistyped
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long until the next try, in ms. It doubles with each further wrong one. A clock set back does not lengthen it. */
export function pinWaitMs({ wrong, at }: PinAttempts, now: number): number {
  if (wrong < PIN_TRIES) return 0;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - PIN_TRIES));
  return Math.min(wait, Math.max(0, at + wait - now));
}
