/**
 * A register without a screen: the same engine and the same session as the register page, over a real WebSocket, with a journal in
 * memory. Tests, the demo and measurements run these; a till that is a computer can, too.
 */
import type { Config, EnrolResponse } from "../shared/api.ts";
import type { AppInfo, Heartbeat } from "../shared/heartbeat.ts";
import type { Random } from "../shared/ids.ts";
import type { Claim } from "../shared/claim.ts";
import { Claiming } from "../shared/claiming.ts";
import { Mesh } from "../shared/mesh.ts";
import type { OpenChannel } from "../shared/peering.ts";
import { MemoryJournal } from "../shared/memory_journal.ts";
import type { Journal } from "../shared/journal.ts";
import { type Link, Replica } from "../shared/replica.ts";
import { type Inbound, type SocketEvents, Uplink, type UplinkState } from "../shared/uplink.ts";

import { VERSION } from "../shared/version.ts";

const TICK_MS = 250;

export type Report = Omit<Heartbeat, "sentAt" | "app" | "unsynced" | "vector" | "configVersion">;

export interface HeadlessOptions {
  readonly hub: string; // http://address:port
  readonly enrolment: EnrolResponse;
  readonly journal?: Journal;
  readonly now?: () => number;
  readonly random?: Random;
  readonly direct?: OpenChannel; // absent: everything goes through the hub
}

export class HeadlessRegister {
  readonly #options: HeadlessOptions;
  readonly #uplink: Uplink;
  readonly replica: Replica;
  readonly mesh: Mesh;
  readonly claiming: Claiming;
  readonly changes = new EventTarget(); // "change" after checks or the state of the session changed
  app: AppInfo = { version: VERSION };
  #report: Report = {};
  config: Config | undefined;
  answer: Extract<Inbound, { type: "answer" }> | undefined;
  claims: readonly Claim[] = []; // what the other registers are in
  #link: Link | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  private constructor(options: HeadlessOptions, replica: Replica) {
    const { hub, enrolment, now = Date.now, random = cryptoRandom } = options;
    this.#options = options;
    this.replica = replica;
    this.#uplink = new Uplink({
      connect: (events) => openSocket(`${hub.replace(/^http/, "ws")}/api/link`, events),
      hello: () => ({ token: enrolment.token, replica: replica.id, retired: replica.retired, app: this.app }),
      heartbeat: () => ({
        ...this.#report,
        sentAt: new Date(now()).toISOString(),
        app: this.app,
        configVersion: this.config?.version,
        links: [...this.mesh.reports(), ...this.#report.links ?? []],
        unsynced: replica.unsynced(),
        vector: replica.vector(),
        suspects: this.mesh.suspects(),
      }),
      now,
      random,
      online: (send) => this.#link = replica.link("hub", send),
      offline: () => {
        this.#link?.close();
        this.mesh.hubAway();
        this.claiming.hubAway();
      },
      sync: (message) => void this.#link?.receive(message),
      inbound: (message) => this.#inbound(message),
      changed: (state) => {
        if (state === "refused" || state === "replaced") this.mesh.stop();
        this.#changed();
      },
    });
    this.mesh = new Mesh({
      self: enrolment.registerId,
      replica,
      open: options.direct,
      now,
      steady: () => performance.now(),
      random,
      hub: (message) => this.#uplink.say(message),
      changed: () => this.#changed(),
      news: () => this.#uplink.news(),
      claim: () => this.claiming.own,
      claimed: (peer, claim) => this.claiming.heard(peer, claim),
    });
    this.claiming = new Claiming({
      self: enrolment.registerId,
      steady: () => performance.now(),
      hub: (claim) => void this.#uplink.say(claim),
      peers: (claim) => this.mesh.claim(claim),
      changed: (others) => {
        this.claims = others;
        this.#changed();
      },
    });
  }

  static async start(options: HeadlessOptions): Promise<HeadlessRegister> {
    let changed = () => {};
    let suspect: Mesh["suspected"] = () => {};
    const replica = await Replica.open({
      register: options.enrolment.registerId,
      journal: options.journal ?? new MemoryJournal(),
      random: options.random ?? cryptoRandom,
      now: options.now ?? Date.now,
      changed: () => changed(),
      suspect: (peer, why) => suspect(peer, why),
    });
    const register = new HeadlessRegister(options, replica);
    changed = () => register.#changed();
    suspect = (peer, why) => register.mesh.suspected(peer, why);
    register.resume();
    return register;
  }

  get state(): UplinkState {
    return this.#uplink.state;
  }

  get letter(): string {
    return this.#options.enrolment.letter;
  }

  get name(): string {
    return this.#options.enrolment.name;
  }

  /** Goes on after `pause`. */
  resume(): void {
    this.#ticking ??= setInterval(() => this.#tick(), TICK_MS);
    this.#uplink.wake();
  }

  /** Falls silent, as an iPad does that is switched off: nothing is said, the socket is simply gone. */
  pause(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#uplink.stop();
    this.mesh.stop();
  }

  beat(): void {
    this.#uplink.beat();
  }

  /** What else its heartbeats tell, from now on. */
  set report(report: Report) {
    this.#report = report;
    this.#uplink.news();
  }

  /** "Get Updates": the menu and settings of the venue. */
  async getUpdates(): Promise<Config> {
    const response = await fetch(`${this.#options.hub}/api/config`, {
      headers: { authorization: `Bearer ${this.#options.enrolment.token}` },
    });
    if (!response.ok) throw new Error(`Cannot get updates: the hub answered ${response.status}`);
    return this.config = await response.json() as Config;
  }

  /** Resolves once `holds` does; rejects after `withinMs`. */
  async until(holds: () => boolean, withinMs = 10_000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(limit);
        this.changes.removeEventListener("change", look);
        settle();
      };
      const look = () => holds() && done(resolve);
      const limit = setTimeout(() => done(() => reject(new Error(`Not so within ${withinMs} ms: ${holds}`))), withinMs);
      this.changes.addEventListener("change", look);
    });
  }

  #tick(): void {
    this.#uplink.tick();
    this.mesh.tick();
    this.claiming.tick();
    this.replica.tick((this.#options.now ?? Date.now)());
  }

  #inbound(message: Inbound): void {
    switch (message.type) {
      case "present":
      case "negotiate":
      case "undelivered":
        return this.mesh.hear(message);
      case "claims":
        return this.claiming.hear(message);
      case "recalled":
        return;
      case "walk":
        return; // it never says that it can
      case "answer":
        this.answer = message;
        break;
      default:
        this.replica.setSync(message.sync);
    }
    if (this.config && message.configVersion > this.config.version) this.getUpdates().catch(() => {}); // the next answer asks again
    this.#changed();
  }

  #changed(): void {
    this.changes.dispatchEvent(new Event("change"));
  }
}

export function cryptoRandom(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

function openSocket(url: string, events: SocketEvents) {
  const ws = new WebSocket(url);
  ws.onopen = () => events.opened();
  ws.onmessage = ({ data }) => events.received(String(data));
  ws.onclose = ({ code }) => events.closed(code);
  return {
    send: (text: string) => ws.readyState === WebSocket.OPEN && ws.send(text),
    close: () => ws.close(),
  };
}
