/**
 * The venue: its name and settings, who may sign in, and which registers belong to it. Everything that a code, a token or a
 * passphrase opens is decided here.
 */
import { type Config, DAY_BEGINS, NO_DISCOUNT_LIMIT, type Settings } from "../shared/api.ts";
import { newCode, newRegisterId, normalizeCode, type Random, type RegisterId } from "../shared/ids.ts";
import type { VenueFact } from "../shared/rules/facts.ts";
import type { RegisterRow, VenueStore } from "./store/venue.ts";

const ENROLLMENT_MS = 15 * 60_000; // a code lives as long as it takes to walk to the iPad and back
const USED_CODES_KEPT_MS = 24 * 60 * 60_000; // so that a used or late code is told apart from a wrong one
const SIGN_IN_MS = 30 * 24 * 60 * 60_000; // a wall screen should not ask each morning
export const REGISTERS_MAX = 64; // enrolled at once

/** What hashing this file needs; handed in. */
export interface Secrets {
  newToken(random: Random): string;
  hashSecret(secret: string): string;
  hashPassphrase(passphrase: string, random: Random): Promise<string>;
  verifyPassphrase(passphrase: string, stored: string): Promise<boolean>;
}

export interface VenueDeps {
  readonly store: VenueStore;
  readonly secrets: Secrets;
  readonly random: Random;
  readonly now: () => number;
  readonly survey?: () => VenueFact["survey"]; // what an installer answered
  readonly offer: () => Pick<Config, "menu" | "taxes" | "staff">; // what is sold here, and by whom
}

export type EnrolOutcome =
  | { readonly ok: true; readonly register: RegisterRow; readonly token: string }
  | { readonly ok: false; readonly reason: "unknown" | "used" | "expired" | "full" };

interface SyncSetting {
  enabled: boolean;
  changedAt?: number;
  openShifts: RegisterId[];
}

export class Venue {
  readonly #deps: VenueDeps;
  readonly setupCode: string; // shown on the hub's own screen; of use only until the venue is set up

  constructor(deps: VenueDeps) {
    this.#deps = deps;
    this.setupCode = newCode(deps.random);
  }

  get isSetUp(): boolean {
    return this.#passphrase !== undefined;
  }

  get name(): string {
    return (this.#deps.store.setting("name") as string | undefined) ?? "";
  }

  get configVersion(): number {
    return this.#deps.store.configVersion();
  }

  get settings(): Settings {
    return {
      sync: this.#sync.enabled,
      latestVersion: this.#latestVersion,
      discountPercent: this.#discountPercent,
      dayBegins: this.#dayBegins,
      openingHours: this.openingHours,
    };
  }

  /** Null: always open. */
  get openingHours(): Settings["openingHours"] {
    return (this.#deps.store.setting("openingHours") as Settings["openingHours"] | undefined) ?? null;
  }

  /** Digits after the point of an amount. Fixed: with other digits every price ever written would mean something else. */
  get currencyDigits(): number {
    return 2;
  }

  /**
   * What a register gets with "Get Updates". Names and letters of the others do not raise the version: they also come with every
   * answer to a heartbeat, so a register that was enrolled makes nobody's settings old.
   */
  config(): Config {
    return {
      version: this.configVersion,
      venue: this.name,
      currencyDigits: this.currencyDigits,
      sync: this.#sync.enabled,
      ...this.#deps.offer(),
      registers: this.registers().map(({ id, name, letter }) => ({ id, name, letter })),
      discountPercent: this.#discountPercent,
    };
  }

  fact(): VenueFact {
    return {
      name: this.name,
      configVersion: this.configVersion,
      latestVersion: this.#latestVersion ?? undefined,
      survey: this.#deps.survey?.(),
      sync: this.#sync,
    };
  }

  /** First run. Returns a sign-in token. */
  async setUp(
    request: { code: string; venue: string; passphrase: string },
  ): Promise<{ ok: true; token: string } | { ok: false; reason: "done" | "wrong-code" }> {
    if (this.isSetUp) return { ok: false, reason: "done" };
    if (normalizeCode(request.code) !== this.setupCode) return { ok: false, reason: "wrong-code" };
    const { store, secrets, random } = this.#deps;
    const passphrase = await secrets.hashPassphrase(request.passphrase, random);
    if (this.isSetUp) return { ok: false, reason: "done" }; // another one was faster while we hashed
    store.saveSettings({ name: request.venue, passphrase, configVersion: 1 });
    return { ok: true, token: this.#newSignIn() };
  }

  /** A sign-in token, or undefined when the passphrase is wrong. */
  async signIn(passphrase: string): Promise<string | undefined> {
    const stored = this.#passphrase;
    if (stored === undefined || !(await this.#deps.secrets.verifyPassphrase(passphrase, stored))) return undefined;
    return this.#newSignIn();
  }

  isSignedIn(token: string): boolean {
    return this.#deps.store.hasSignIn(this.#deps.secrets.hashSecret(token), this.#deps.now());
  }

  signOut(token: string): void {
    this.#deps.store.removeSignIn(this.#deps.secrets.hashSecret(token));
  }

  /** A one-time code for one register. */
  offerEnrollment(): { code: string; expiresAt: number } {
    const { store, secrets, random, now } = this.#deps;
    const code = newCode(random);
    const expiresAt = now() + ENROLLMENT_MS;
    store.addEnrollment(secrets.hashSecret(code), expiresAt, now() - USED_CODES_KEPT_MS);
    return { code, expiresAt };
  }

  enrol({ code, name }: { code: string; name: string }): EnrolOutcome {
    const { store, secrets, random, now } = this.#deps;
    if (store.registers().length >= REGISTERS_MAX) return { ok: false, reason: "full" };
    const token = secrets.newToken(random);
    const id = newRegisterId(random);
    const at = now();
    const outcome = store.enrol(
      secrets.hashSecret(normalizeCode(code)),
      { id, name, tokenHash: secrets.hashSecret(token), letterOf },
      at,
    );
    if (!outcome.ok) return outcome;
    return { ok: true, token, register: { id, name, letter: outcome.letter!, enrolledAt: at } };
  }

  registerByToken(token: string): RegisterId | undefined {
    return this.#deps.store.registerByToken(this.#deps.secrets.hashSecret(token));
  }

  registers(): RegisterRow[] {
    return this.#deps.store.registers();
  }

  rename(id: RegisterId, name: string): void {
    this.#deps.store.rename(id, name);
  }

  remove(id: RegisterId): void {
    this.#deps.store.remove(id, this.#deps.now());
  }

  /** Changes what is given, keeps the rest. `openShifts` are the registers in the middle of a shift just now. */
  change(settings: Partial<Settings>, openShifts: readonly RegisterId[]): Settings {
    const { store, now } = this.#deps;
    const { sync, latestVersion, discountPercent, dayBegins, openingHours } = settings;
    if (latestVersion !== undefined) store.saveSettings({ latestVersion });
    if (dayBegins !== undefined) store.saveSettings({ dayBegins });
    if (openingHours !== undefined) store.saveSettings({ openingHours });
    const forRegisters: Record<string, unknown> = {};
    if (sync !== undefined && sync !== this.#sync.enabled) {
      forRegisters["sync"] = { enabled: sync, changedAt: now(), openShifts };
    }
    if (discountPercent !== undefined && discountPercent !== this.#discountPercent) {
      forRegisters["discountPercent"] = discountPercent;
    }
    if (Object.keys(forRegisters).length > 0) store.changeConfig(forRegisters);
    return this.settings;
  }

  /** A register that was in a shift when sync was switched has closed it. */
  shiftClosed(register: RegisterId): void {
    const sync = this.#sync;
    if (!sync.openShifts.includes(register)) return;
    const openShifts = sync.openShifts.filter((open) => open !== register);
    this.#deps.store.saveSettings({ sync: { ...sync, openShifts } });
  }

  get #passphrase(): string | undefined {
    return this.#deps.store.setting("passphrase") as string | undefined;
  }

  get #sync(): SyncSetting {
    return (this.#deps.store.setting("sync") as SyncSetting | undefined) ?? { enabled: true, openShifts: [] };
  }

  get #latestVersion(): string | null {
    return (this.#deps.store.setting("latestVersion") as string | null | undefined) ?? null;
  }

  get #discountPercent(): number {
    return (this.#deps.store.setting("discountPercent") as number | undefined) ?? NO_DISCOUNT_LIMIT;
  }

  get #dayBegins(): string {
    return (this.#deps.store.setting("dayBegins") as string | undefined) ?? DAY_BEGINS;
  }

  #newSignIn(): string {
    const { store, secrets, random, now } = this.#deps;
    const token = secrets.newToken(random);
    store.addSignIn(secrets.hashSecret(token), now() + SIGN_IN_MS, now());
    return token;
  }
}

/** A, B, … Z, AA, AB, …: the letter of the `index`-th register ever enrolled. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
