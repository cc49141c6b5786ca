/**
 * This page as the device keeps it: whether it starts with the hub off, and whether a newer version waits. A newer one is taken when the
 * page starts, or when a person says so; never by itself while the page is used. Plain http has no service worker: then nothing here
 * happens.
 */
import { signal } from "@preact/signals";

const WORKER = "/register-sw.js";
const SCOPE = "/register";
const TAKE_WITHIN_MS = 3_000; // to change over; after this the page goes on as it is
const FETCH_WITHIN_MS = 15_000; // for a newer version, once a person waits for it

export class Shell {
  readonly startsAlone = signal(false);
  readonly newer = signal(false);
  #registration: ServiceWorkerRegistration | undefined;

  /** Call it first. True: a newer version was waiting and has been taken, and the page is being loaded again. */
  async takeAtStart(): Promise<boolean> {
    const registration = await workers()?.getRegistration(SCOPE).catch(() => undefined);
    if (!registration?.waiting || !await takeOver(registration.waiting)) return false;
    location.reload();
    return true;
  }

  /** Has the page kept for next time. */
  async keep(): Promise<void> {
    const registration = await workers()?.register(WORKER, { scope: SCOPE }).catch(() => undefined); // not over a certificate that was waved through
    if (!registration) return;
    this.#registration = registration;
    this.#see(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => this.#see(registration));
    });
    registration.installing?.addEventListener("statechange", () => this.#see(registration));
  }

  /** Asks the hub whether it has a newer version of the page. */
  look(): void {
    this.#registration?.update().catch(() => {}); // the hub is away: asked again when it is back
  }

  /** Loads the page again, in its newest version if the hub can be reached. */
  async take(): Promise<void> {
    const registration = this.#registration;
    await registration?.update().catch(() => {});
    if (registration?.installing) await installed(registration.installing);
    if (registration?.waiting) await takeOver(registration.waiting);
    location.reload();
  }

  #see(registration: ServiceWorkerRegistration): void {
    this.startsAlone.value = registration.active !== null;
    this.newer.value = registration.active !== null && registration.waiting !== null;
  }
}

function workers(): ServiceWorkerContainer | undefined {
  return "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
}

/** True once the waiting worker serves this page. */
function takeOver(waiting: ServiceWorker): Promise<boolean> {
  return new Promise((done) => {
    workers()?.addEventListener("controllerchange", () => done(true), { once: true });
    setTimeout(() => done(false), TAKE_WITHIN_MS);
    waiting.postMessage("take");
  });
}

function installed(installing: ServiceWorker): Promise<void> {
  return new Promise((done) => {
    installing.addEventListener("statechange", () => done(), { once: true });
    setTimeout(done, FETCH_WITHIN_MS);
  });
}
