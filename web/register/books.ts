/**
 * One book for each venue this device has sold for: a database with its ops and all that the hub told. A device that moves to another
 * venue, or from a demo to the real one, begins an empty book, so that no check of one ever shows up in the other. The book it leaves
 * stays as it is, and is taken up again when the device comes back.
 */
import { z } from "zod";
import { Database } from "./database.ts";
import { beginAnew } from "./journal.ts";
import { type Enrolment, keepEnrolment, readEnrolment } from "./kept.ts";

const DEVICE = "counterpart"; // the database that says which book is in use
const BOOK = "book";
const ASIDE = "aside";

/** What waits in a book that is not in use: changes that reached nobody. */
const Aside = z.object({ venue: z.string(), unsynced: z.number() });
export type Aside = z.infer<typeof Aside>;

export interface OpenBook {
  readonly enrolment: Enrolment;
  readonly database: Database;
}

export class Books {
  readonly #device = new Database(DEVICE);

  /** The book in use; undefined on a device that was never enrolled. */
  async current(): Promise<OpenBook | undefined> {
    const name = await this.#device.get(BOOK);
    if (typeof name !== "string") return undefined;
    const database = new Database(name);
    const enrolment = await readEnrolment(database);
    return enrolment && { enrolment, database };
  }

  /** The book for a new enrolment: the one in use if it is the same venue. `unsynced`: what the one in use has not handed over. */
  async take(enrolment: Enrolment, unsynced: number): Promise<OpenBook> {
    const before = await this.current();
    const stays = before?.enrolment.venue === enrolment.venue;
    const database = before && stays ? before.database : new Database(`${DEVICE}: ${enrolment.venue}`);
    await beginAnew(database);
    await keepEnrolment(database, enrolment);
    await this.#device.set(BOOK, database.name);
    if (!stays) await this.#setAside(before?.enrolment.venue, enrolment.venue, unsynced);
    return { enrolment, database };
  }

  /** The books that are not in use and hold what reached nobody. */
  async aside(): Promise<readonly Aside[]> {
    const parsed = z.array(Aside).safeParse(await this.#device.get(ASIDE));
    return parsed.success ? parsed.data : [];
  }

  async #setAside(left: string | undefined, taken: string, unsynced: number): Promise<void> {
    const rest = (await this.aside()).filter(({ venue }) => venue !== left && venue !== taken);
    const entry = left !== undefined && unsynced > 0 ? [{ venue: left, unsynced }] : [];
    await this.#device.set(ASIDE, [...rest, ...entry]);
  }
}
