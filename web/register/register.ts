/**
 * This device as a register: its storage, its tabs, its screen, and the session in use. It knows which of a few phases it is in; the page
 * draws that phase.
 */
import { signal } from "@preact/signals";
import { Config } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { Database } from "./database.ts";
import { describeDevice } from "./device.ts";
import { beginAnew, openJournal } from "./journal.ts";
import { type Enrolment, keepEnrolment, readEnrolment } from "./kept.ts";
import { Screen } from "./screen.ts";
import { Session } from "./session.ts";
import { connectTo, linkUrl } from "./socket.ts";
import { joinTabs } from "./tabs.ts";
import { nameOf, openingTrouble } from "./trouble.ts";

const TICK_MS = 1_000; // what the engine asks for

export type Phase =
  | { readonly kind: "starting" }
  | { readonly kind: "unable"; readonly message: string } // storage does not open
  | { readonly kind: "new" } // never enrolled
  | { readonly kind: "working"; readonly session: Session };

export class Register {
  readonly phase = signal<Phase>({ kind: "starting" });
  readonly storage = signal<string | null>(null);
  readonly screen = new Screen();
  readonly #database = new Database();
  readonly #tabs = joinTabs((news) => {
    if (news === "enrolled") location.reload(); // under a new name: nothing in memory is right any more
    else this.#session?.refresh();
  });

  /** Opens storage and goes to work, if this device is enrolled. */
  async start(): Promise<void> {
    this.#listen();
    try {
      const enrolment = await readEnrolment(this.#database);
      if (enrolment) await this.#work(enrolment);
      else this.phase.value = { kind: "new" };
    } catch (cause) {
      this.phase.value = { kind: "unable", message: openingTrouble(nameOf(cause)) };
    }
  }

  /** The hub has given this device a name. Changes that an earlier enrolment did not hand over stay, and go out under the new one. */
  async enrolled(enrolment: Enrolment): Promise<void> {
    this.#session?.stop();
    await beginAnew(this.#database);
    await keepEnrolment(this.#database, enrolment);
    this.#tabs.tell("enrolled");
    await this.#work(enrolment);
  }

  get #session(): Session | undefined {
    return this.phase.value.kind === "working" ? this.phase.value.session : undefined;
  }

  async #work(enrolment: Enrolment): Promise<void> {
    const journal = openJournal({
      database: this.#database,
      wrote: () => this.#tabs.tell("wrote"),
      trouble: (message) => (this.storage.value = message),
    });
    const session = await Session.open({
      enrolment,
      shelf: this.#database,
      journal,
      storage: this.storage,
      connect: connectTo(linkUrl(location)),
      fetchConfig: (token) => request(Config, "/api/config", { token }),
      device: describeDevice(navigator),
      screen: () => this.screen.state(),
      now: () => Date.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    this.phase.value = { kind: "working", session };
    session.tick();
    this.screen.stayAwake().then(() => session.beat());
  }

  #listen(): void {
    setInterval(() => this.#session?.tick(), TICK_MS);
    const woken = () => {
      this.#session?.wake();
      this.screen.stayAwake();
    };
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") woken();
      else this.#session?.beat();
    });
    addEventListener("pageshow", woken);
    addEventListener("online", woken);
  }
}
