/** Whether a PIN is the one that was hashed. In plain JavaScript, since a page on plain http has no `crypto.subtle`. */
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { PIN_COST, readPinHash } from "../../shared/staff.ts";

const TURN_MS = 12; // how long it works before the page may draw again

export async function pinMatches(pin: string, hash: string): Promise<boolean> {
  const { salt, key } = readPinHash(hash);
  return bytesToHex(await scryptAsync(pin, salt, { ...PIN_COST, asyncTick: TURN_MS })) === key;
}
