/**
 * Identifiers: short, random, readable aloud. Nothing here makes chance; it is handed in.
 *
 * A register's id is given by the hub at enrolment. A replica is a register plus an incarnation: storage that was wiped or
 * restored goes on under a new incarnation, so the same op id is never written twice. An op is named by its replica and seq, and
 * whatever an op creates (check, line, payment) carries that op's id.
 */
import { z } from "zod";

/** Returns `length` random bytes. `crypto.getRandomValues` in real life, seeded in tests. */
export type Random = (length: number) => Uint8Array;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32: no i, l, o, u to misread
const REGISTER_ID_LENGTH = 8; // 40 bits: one venue never collides
const INCARNATION_LENGTH = 8; // 40 bits: never one that was used before, also when nobody remembers it
const CODE_LENGTH = 6; // 30 bits: typed by hand, few tries, short life

export const RegisterId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{8}$/);
export type RegisterId = z.infer<typeof RegisterId>;

export const ReplicaId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{8}-[0-9a-hjkmnp-tv-z]{4,8}$/);
export type ReplicaId = z.infer<typeof ReplicaId>;

export const OpId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{8}-[0-9a-hjkmnp-tv-z]{4,8}\/[1-9][0-9]{0,9}$/);
export type OpId = z.infer<typeof OpId>;

/** A random word of `length` characters of Crockford's base 32. */
export function randomWord(random: Random, length: number): string {
  // 256 is a multiple of 32, so the low five bits are fair.
  return Array.from(random(length), (byte) => ALPHABET[byte & 31]).join("");
}

export function newRegisterId(random: Random): RegisterId {
  return randomWord(random, REGISTER_ID_LENGTH);
}

export function newReplicaId(register: RegisterId, random: Random): ReplicaId {
  return `${register}-${randomWord(random, INCARNATION_LENGTH)}`;
}

/** A one-time code, in capitals, for setup and enrolment. */
export function newCode(random: Random): string {
  return randomWord(random, CODE_LENGTH).toUpperCase();
}

/** What people type, as the code it stands for: capitals, no blanks or dashes, O and I read as 0 and 1. */
export function normalizeCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}

export function opId(replica: ReplicaId, seq: number): OpId {
  return `${replica}/${seq}`;
}

/** The writer and seq that an op's id names. */
export function placeOf(id: OpId): { replica: ReplicaId; seq: number } {
  const slash = id.indexOf("/");
  return { replica: id.slice(0, slash), seq: Number(id.slice(slash + 1)) };
}

/** The register a replica belongs to. */
export function registerOf(replica: ReplicaId): RegisterId {
  return replica.slice(0, REGISTER_ID_LENGTH);
}

/** The replica that wrote an op. */
export function replicaOf(id: OpId): ReplicaId {
  return id.slice(0, id.indexOf("/"));
}
