/**
 * The hub's HTTPS side, beside plain http: it shows a certificate that is current for the addresses the hub has now. A listener cannot
 * be given a new certificate, so it is closed and opened again; registers come back by themselves, as after any short loss.
 */
import type { Random } from "../../shared/ids.ts";
import { type Authority, openAuthority } from "./authority.ts";
import { isCurrent, openCertificate } from "./certificate.ts";
import { namesFor } from "./names.ts";
import type { Pair } from "./pair.ts";

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export interface SecureServerDeps {
  readonly folder: string; // where authority and certificate are kept
  readonly port: number; // 0: one that is free
  readonly addresses: () => readonly string[]; // under which the hub is reached now
  readonly listen: (pair: Pair, port: number) => Listener;
  readonly now: () => number;
  readonly random: Random;
}

export class SecureServer {
  readonly #deps: SecureServerDeps;
  readonly authority: Authority;
  #pair: Pair;
  #listener: Listener;
  #renewing = false;

  private constructor(deps: SecureServerDeps, authority: Authority, pair: Pair) {
    this.#deps = deps;
    this.authority = authority;
    this.#pair = pair;
    this.#listener = deps.listen(pair, deps.port);
  }

  static async open(deps: SecureServerDeps): Promise<SecureServer> {
    const { folder, random } = deps;
    const authority = await openAuthority({ folder, random, addresses: deps.addresses(), now: deps.now() });
    const names = namesFor(deps.addresses(), authority.permits);
    return new SecureServer(deps, authority, await openCertificate({ folder, authority, names, now: deps.now() }));
  }

  /** Every address that can be opened over HTTPS, best first. */
  urls(): string[] {
    return this.#deps.addresses().filter(this.authority.permits).map((address) => this.#urlOf(address));
  }

  /** The HTTPS address for a browser that reached the hub as `hostname`; undefined where the certificate names nothing it could use. */
  urlFor(hostname: string): string | undefined {
    const bare = hostname.replace(/^\[|\]$/g, "");
    return this.#names().includes(bare) ? this.#urlOf(bare) : this.urls()[0];
  }

  /** Looks whether the certificate still serves, and gets a new one if not. Call it every minute. */
  async renew(): Promise<"current" | "renewed" | "busy"> {
    const { folder, now, listen } = this.#deps;
    const names = this.#names();
    if (this.#renewing) return "busy";
    if (isCurrent(this.#pair, names, now())) return "current";
    this.#renewing = true;
    try {
      const pair = await openCertificate({ folder, authority: this.authority, names, now: now() });
      const { port } = this.#listener;
      await this.#listener.close();
      this.#listener = listen(pair, port);
      this.#pair = pair; // only now: if the port was not to be had, the next minute tries again
      return "renewed";
    } finally {
      this.#renewing = false;
    }
  }

  get port(): number {
    return this.#listener.port;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  #names(): string[] {
    return namesFor(this.#deps.addresses(), this.authority.permits);
  }

  #urlOf(address: string): string {
    return `https://${address.includes(":") ? `[${address}]` : address}:${this.#listener.port}`;
  }
}
