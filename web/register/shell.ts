/**
 * This page as the device keeps it: whether it starts with the hub off, and whether a newer version has been kept meanwhile. The newer one is
 * what the page is when it is next loaded: at its next start, or when a person says so; never by itself while the page is used. Plain http has
 * no service worker: then nothing here happens.
 */
import { signal } from "@preact/signals";

const WORKER = "/register-sw.js";
const SCOPE = "/register";
const AGAIN_MS = 60_000; // after a version of which a file did not arrive
const FETCH_WITHIN_MS = 15_000; // for a newer version, once a person waits for it

export class Shell {
  readonly startsAlone = signal(false);
  readonly newer = signal(false);
  #registration: ServiceWorkerRegistration | undefined;
  #followed: ServiceWorker | undefined; // the last that was seen to come
  #later: ReturnType<typeof setTimeout> | undefined;

  /** Has the page kept for next time. */
  async keep(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE }).catch(() => undefined);
    if (!registration) return; // over a certificate that was waved through, not trusted
    this.startsAlone.value = registration.active !== null || registration.waiting !== null;
    if (registration.installing) this.#follow(registration.installing);
    else if (!this.startsAlone.value) this.#lookLater(); // it has failed before we could look
    if (registration === this.#registration) return;
    this.#registration = registration;
    registration.addEventListener(
      "updatefound",
      () => registration.installing && this.#follow(registration.installing),
    );
  }

  /** Asks the hub whether it has a newer version of the page. A first one that did not come whole has left nothing that could ask. */
  look(): void {
    if (!this.startsAlone.value) return void this.keep();
    this.#registration?.update().catch(() => {}); // the hub is away: asked again when it is back
  }

  /** Loads the page again, in its newest version if the hub can be reached. */
  async take(): Promise<void> {
    await this.#registration?.update().catch(() => {});
    if (this.#registration?.installing) await settled(this.#registration.installing, FETCH_WITHIN_MS);
    location.reload();
  }

  /** Once a version is kept whole, the device has the page; one that comes on top of another is newer. */
  async #follow(worker: ServiceWorker): Promise<void> {
    if (worker === this.#followed) return;
    this.#followed = worker;
    const before = this.startsAlone.value;
    if (!await settled(worker)) return this.#lookLater();
    this.startsAlone.value = true;
    this.newer.value ||= before;
  }

  #lookLater(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.look(), AGAIN_MS);
  }
}

/** True once the worker has kept its version whole; false when it could not, or takes longer than `withinMs`. */
function settled(worker: ServiceWorker, withinMs?: number): Promise<boolean> {
  return new Promise((done) => {
    const look = () => worker.state !== "installing" && done(worker.state !== "redundant");
    worker.addEventListener("statechange", look);
    if (withinMs !== undefined) setTimeout(() => done(false), withinMs);
    look();
  });
}
