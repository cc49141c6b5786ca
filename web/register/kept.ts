/** What a register keeps besides its ops: who it is, what the hub last told it to sell, and who else sells here. */
import { z } from "zod";
import { Config, EnrolResponse } from "../../shared/api.ts";
import type { PinAttempts } from "../../shared/staff.ts";
import { Peer } from "../../shared/wire.ts";

/** Where named values are kept; the browser's storage, or memory in a test. */
export interface Shelf {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export const Enrolment = EnrolResponse;
export type Enrolment = EnrolResponse;

const ENROLMENT = "enrolment";
const CONFIG = "config";
const PEERS = "peers";
const TOLD = "told";
const Peers = z.array(Peer);
const Ids = z.array(z.string());
const TOLD_MAX = 500; // ops that a person has been told of; older ones are of checks that are gone
const ATTEMPTS = "pin-attempts";
const Attempts = z.object({
  wrong: z.number().int().min(0),
  at: z.number(),
  of: z.record(z.string(), z.number().int().min(0)).default({}), // of `wrong`, how many at each person's PIN
});
/** Wrong PINs on this register, and at whose. */
export type Attempts = PinAttempts & { readonly of: Readonly<Record<string, number>> };
export const NO_ATTEMPTS: Attempts = { wrong: 0, at: 0, of: {} };

/** What an older version of this page kept and this one cannot read is as good as not kept: the hub tells it again. */
async function read<T>(shelf: Shelf, key: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const parsed = schema.safeParse(await shelf.get(key));
  return parsed.success ? parsed.data : undefined;
}

export function readEnrolment(shelf: Shelf): Promise<Enrolment | undefined> {
  return read(shelf, ENROLMENT, Enrolment);
}

export function keepEnrolment(shelf: Shelf, enrolment: Enrolment): Promise<void> {
  return shelf.set(ENROLMENT, enrolment);
}

export function readConfig(shelf: Shelf): Promise<Config | undefined> {
  return read(shelf, CONFIG, Config);
}

export function keepConfig(shelf: Shelf, config: Config): Promise<void> {
  return shelf.set(CONFIG, config);
}

export async function readPeers(shelf: Shelf): Promise<readonly Peer[]> {
  return await read(shelf, PEERS, Peers) ?? [];
}

export function keepPeers(shelf: Shelf, peers: readonly Peer[]): Promise<void> {
  return shelf.set(PEERS, [...peers]);
}

/** Ops without effect that a person has been told of. */
export async function readTold(shelf: Shelf): Promise<readonly string[]> {
  return await read(shelf, TOLD, Ids) ?? [];
}

export function keepTold(shelf: Shelf, ids: readonly string[]): Promise<void> {
  return shelf.set(TOLD, ids.slice(-TOLD_MAX));
}

export async function readAttempts(shelf: Shelf): Promise<Attempts> {
  return await read(shelf, ATTEMPTS, Attempts) ?? NO_ATTEMPTS;
}

export function keepAttempts(shelf: Shelf, attempts: Attempts): Promise<void> {
  return shelf.set(ATTEMPTS, attempts);
}
