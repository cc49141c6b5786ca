/**
 * The register's service worker: it keeps the page and all its files, so that the register starts with the hub off. Only those files; what the
 * hub says is never kept. A newer version waits beside the old one until a page asks for it.
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
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

const worker = self as unknown as Scope;
const PREFIX = "register-";
const CACHE = `${PREFIX}${SHELL.version}`;
const files = new Set(SHELL.files);

worker.addEventListener("install", (event) => event.waitUntil(keep()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => worker.clients.claim())));
worker.addEventListener("message", ({ data }) => {
  if (data === "take") void worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === "GET" && origin === worker.location.origin && files.has(pathname)) {
    event.respondWith(kept(event.request, pathname));
  }
});

/** All or nothing: with one file missing this version is not taken up, and the browser tries again. */
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
}

async function kept(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return await cache.match(pathname) ?? await fetch(request); // a full device may have taken it away
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
}
