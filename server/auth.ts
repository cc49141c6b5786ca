/**
 * Secrets: codes, tokens, passphrases. Tokens and codes are random and kept as SHA-256; the passphrase is chosen by a person and kept
 * as scrypt with a salt. Guessing is bounded by `Attempts`.
 */
import { Buffer } from "node:buffer";
import { createHash, scrypt, type ScryptOptions, timingSafeEqual } from "node:crypto";
import { type Random, randomWord } from "../shared/ids.ts";
import { PIN_COST } from "../shared/staff.ts";

const TOKEN_LENGTH = 40; // characters of 5 bits: 200 bits
const SCRYPT = { N: 16_384, r: 8, p: 1 }; // 16 MB and some 50 ms a guess
const KEY_BYTES = 32;

export function newToken(random: Random): string {
  return randomWord(random, TOKEN_LENGTH);
}

/** How tokens and codes are stored and looked up. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** A passphrase as it is stored: `scrypt$salt$key`. */
export async function hashPassphrase(passphrase: string, random: Random): Promise<string> {
  const salt = randomWord(random, 26);
  return `scrypt$${salt}$${(await derive(passphrase, salt)).toString("base64url")}`;
}

export async function verifyPassphrase(passphrase: string, stored: string): Promise<boolean> {
  const [, salt = "", key = ""] = stored.split("$");
  const [given, wanted] = [await derive(passphrase, salt), Buffer.from(key, "base64url")];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** A PIN as shared/staff.ts describes it, for registers to compare with. */
export async function hashPin(pin: string, random: Random): Promise<string> {
  const salt = randomWord(random, 26);
  const { dkLen, ...cost } = PIN_COST;
  return `scrypt$${salt}$${(await stretch(pin, salt, dkLen, cost)).toString("hex")}`;
}

function derive(passphrase: string, salt: string): Promise<Buffer> {
  return stretch(passphrase.normalize("NFKC"), salt, KEY_BYTES, SCRYPT);
}

function stretch(secret: string, salt: string, bytes: number, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(secret, salt, bytes, cost, (failure, key) => failure ? reject(failure) : resolve(key))
  );
}

const ATTEMPTS_MAX = 10; // wrong guesses from one address
const ATTEMPTS_WINDOW_MS = 10 * 60_000; // before it has to wait this long
const ADDRESSES_MAX = 1_000; // addresses remembered; the oldest goes first

/** Counts wrong guesses per address, in memory. */
export class Attempts {
  readonly #byAddress = new Map<string, { count: number; since: number }>();

  /** How long this address must wait, in ms; 0 when it may try. */
  waitMs(address: string, now: number): number {
    const entry = this.#byAddress.get(address);
    if (!entry || entry.count < ATTEMPTS_MAX) return 0;
    return Math.max(0, entry.since + ATTEMPTS_WINDOW_MS - now);
  }

  failed(address: string, now: number): void {
    const entry = this.#byAddress.get(address);
    const fresh = !entry || now - entry.since > ATTEMPTS_WINDOW_MS;
    this.#byAddress.delete(address);
    this.#byAddress.set(address, fresh ? { count: 1, since: now } : { count: entry.count + 1, since: now });
    if (this.#byAddress.size > ADDRESSES_MAX) this.#byAddress.delete(this.#byAddress.keys().next().value!);
  }

  succeeded(address: string): void {
    this.#byAddress.delete(address);
  }
}
