/**
 * This device as a register: its storage, its tabs, its screen, and the session in use. It knows which of a few phases it is in; the page
 * draws that phase.
 */
import { effect, signal } from "@preact/signals";
import { Config } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { Books, type OpenBook } from "./books.ts";
import type { Database } from "./database.ts";
import { describeDevice } from "./device.ts";
import { type Damaged, damagedIn, openJournal } from "./journal.ts";
import { sendBeacon } from "./farewell.ts";
import type { Enrolment } from "./kept.ts";
import { browserChannels } from "./mesh.ts";
import { Screen } from "./screen.ts";
import { Session } from "./session.ts";
import { Shell } from "./shell.ts";
import { connectTo, linkUrl } from "./socket.ts";
import { Kept } from "./storage.ts";
import { joinTabs } from "./tabs.ts";
import { pinMatches } from "./pin.ts";
import { nameOf, openingTrouble } from "./trouble.ts";

const TICK_MS = 500; // twice as often as the engine asks for: what it tells of links is told sooner

export type Phase =
  | { readonly kind: "starting" }
  | { readonly kind: "unable"; readonly message: string } // storage does not open
  | { readonly kind: "new" } // never enrolled
  | { readonly kind: "working"; readonly session: Session };

export class Register {
  readonly phase = signal<Phase>({ kind: "starting" });
  readonly storage = signal<string | null>(null);
  readonly screen = new Screen();
  readonly shell = new Shell();
  readonly books = new Books();
  readonly kept = new Kept();
  #database: Database | undefined; // the one in use
  readonly #tabs = joinTabs((news) => {
    if (news === "enrolled") location.reload(); // under a new name: nothing in memory is right any more
    else this.#session?.refresh();
  });

  /** Opens storage and goes to work, if this device is enrolled. */
  async start(): Promise<void> {
    this.#listen();
    this.shell.keep();
    try {
      const book = await this.books.current() ?? await this.#again();
      if (book) await this.#work(book);
      else this.phase.value = { kind: "new" };
    } catch (cause) {
      this.phase.value = { kind: "unable", message: openingTrouble(nameOf(cause)) };
    }
  }

  /** The hub has given this device a name. What an earlier enrolment at the same venue did not hand over goes out under the new one. */
  async enrolled(enrolment: Enrolment): Promise<void> {
    this.#session?.stop();
    const book = await this.books.take(enrolment, this.#session?.unsynced.value ?? 0);
    this.#tabs.tell("enrolled");
    await this.#work(book);
  }

  /** What storage damaged and nobody has brought again. */
  async damaged(): Promise<Damaged> {
    return this.#database ? await damagedIn(this.#database) : { missing: 0, alone: 0 };
  }

  get #session(): Session | undefined {
    return this.phase.value.kind === "working" ? this.phase.value.session : undefined;
  }

  /** The database has forgotten who this register is and the mark beside it has not: it goes on as the same, with a new book. */
  #again(): Promise<OpenBook | undefined> {
    const enrolment = this.kept.enrolment();
    return enrolment ? this.books.take(enrolment, 0) : Promise.resolve(undefined);
  }

  async #work({ enrolment, database }: OpenBook): Promise<void> {
    this.#database = database;
    const journal = openJournal({
      database,
      register: enrolment.registerId,
      wrote: () => this.#tabs.tell("wrote"),
      trouble: (message) => (this.storage.value = message),
    });
    this.kept.compare(enrolment, await database.use((connection) => connection.count("ops")));
    const session = await Session.open({
      enrolment,
      shelf: database,
      journal,
      storage: this.storage,
      connect: connectTo(linkUrl(location)),
      fetchConfig: (token) => request(Config, "/api/config", { token }),
      pinMatches,
      device: describeDevice(navigator),
      screen: () => this.screen.state(),
      now: () => Date.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      direct: browserChannels(),
      steady: () => performance.now(),
      beacon: sendBeacon,
    });
    this.phase.value = { kind: "working", session };
    session.tick();
    this.screen.stayAwake().then(() => session.beat());
    this.kept.follow(session);
    void this.kept.ask();
    effect(() => {
      if (session.state.value === "online") this.shell.look(); // it may have come back as a newer one
    });
  }

  #listen(): void {
    setInterval(() => this.#session?.tick(), TICK_MS);
    const woken = () => {
      this.#session?.wake();
      this.screen.stayAwake();
    };
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") woken();
      else this.#session?.leave("hidden");
    });
    addEventListener("pagehide", () => this.#session?.leave("closing"));
    addEventListener("pageshow", woken);
    addEventListener("online", woken);
    for (const touch of ["pointerdown", "keydown"]) {
      addEventListener(touch, () => this.screen.touched(), { passive: true });
    }
  }
}
