/**
 * The register's service worker: it keeps the page and all its files, so that the register starts with the hub off. Only those files; what the
 * hub says is never kept.
 *
 * A version is kept whole, and then noted as the newest. A page that is loaded gets the newest; one that is in use has its files already and goes
 * on as it is. Which worker happens to be active makes no difference, because a browser changes workers when it sees fit.
 */

/** Put in by the build: every file of the page, and a version made of their contents. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

interface LaterEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface AskedEvent extends LaterEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
/** The part of a service worker's global scope that is used; the page's library does not have it. */
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: LaterEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: AskedEvent) => void): void;
}

const worker = self as unknown as Scope;
const PREFIX = "register-";
const CACHE = `${PREFIX}${SHELL.version}`;
const NOTES = "notes-of-register"; // a cache with one entry: which of the others is the newest
const NEWEST = "/newest";
const PAGE = "/register";
const PLAIN = new Set(SHELL.files);

worker.addEventListener("install", (event) => event.waitUntil(keep().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => worker.clients.claim())));
worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== worker.location.origin) return;
  if (PLAIN.has(pathname) || pathname.startsWith("/assets/")) event.respondWith(kept(event.request, pathname));
});

/** All or nothing: with one file missing this version is not taken up, and the browser tries again. */
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
  await (await caches.open(NOTES)).put(NEWEST, new Response(CACHE));
}

/** The page in its newest version; its files, whose names carry a hash, from whichever version has them. */
async function kept(request: Request, pathname: string): Promise<Response> {
  const found = pathname === PAGE
    ? await caches.match(PAGE, { cacheName: await newest() })
    : await caches.match(pathname);
  return found ?? await fetch(request); // a full device may have taken it away
}

async function newest(): Promise<string> {
  const note = await caches.match(NEWEST, { cacheName: NOTES });
  return await note?.text() ?? CACHE;
}

async function forgetOlder(): Promise<void> {
  const current = await newest();
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE && name !== current);
  await Promise.all(older.map((name) => caches.delete(name)));
}
