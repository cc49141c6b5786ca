/**
 * What the page knows: the session, the venue as the hub last told it, and how fresh that is. One owner of the feed and of the clock;
 * everything on screen is computed from these signals.
 */
import { computed, signal } from "@preact/signals";
import { SessionResponse, View } from "../../shared/api.ts";
import { type Connection, Feed } from "../lib/feed.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { sayClockWithSeconds, sayDateAndClock } from "../lib/time.ts";
import { forgetPresent } from "./stale.ts";

const TICK_MS = 1_000; // the clock on the page, and how soon quiet is noticed
const TOAST_MS = 6_000; // time to read a sentence twice

export const session = signal<Loaded<SessionResponse>>(LOADING);
export const view = signal<Loaded<View>>(LOADING);
export const connection = signal<Connection>({ kind: "connecting", since: Date.now() });
export const toast = signal<string | null>(null);

const localNow = signal(Date.now());
const hubAheadMs = signal(0); // the hub's clock less this device's

/** The time in the venue: the hub's clock, ticking with ours. */
export const now = computed(() => localNow.value + hubAheadMs.value);

/** Since when the hub is away, by its own clock; null while it is there. */
export const awaySince = computed(() =>
  connection.value.kind === "lost" ? connection.value.since + hubAheadMs.value : null
);

/** The view as it may be shown: once the hub is away, nothing in it is called current. */
export const shown = computed((): Loaded<View> => {
  if (view.value.kind !== "ready" || awaySince.value === null) return view.value;
  const since = sayDateAndClock(awaySince.value, now.value);
  return { kind: "ready", data: forgetPresent(view.value.data, `Not connected to the hub since ${since}.`) };
});

/** "as of 19:04:08" while the hub is away: what stands below is the past. */
export const asOf = computed(() => awaySince.value === null ? null : `as of ${sayClockWithSeconds(awaySince.value)}`);

let feed: Feed<View> | null = null;
let toastTimer: ReturnType<typeof setTimeout> | undefined;

/** Asks who we are, and begins to follow the venue when signed in. */
export async function loadSession(): Promise<void> {
  const answer = await request(SessionResponse, "/api/session");
  session.value = toLoaded(answer);
  if (answer.ok && answer.data.signedIn) follow();
  else unfollow();
}

/** One request for the first sight, so that a refusal can be told; the feed for all that comes after. */
export async function loadView(): Promise<void> {
  const answer = await request(View, "/api/view");
  if (answer.ok) return accept(answer.data, Date.now());
  if (answer.status === 401) return await loadSession();
  if (view.value.kind !== "ready") view.value = toLoaded(answer);
}

/** Every second, and when the page comes back into view. */
function tick(): void {
  localNow.value = Date.now();
  feed?.tick();
}

export function startClock(): void {
  setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", () => !document.hidden && tick());
}

export function showToast(text: string): void {
  clearTimeout(toastTimer);
  toast.value = text;
  toastTimer = setTimeout(() => toast.value = null, TOAST_MS);
}

function follow(): void {
  if (feed) return;
  feed = new Feed({
    schema: View,
    event: "view",
    open: () => new EventSource("/api/feed"),
    now: Date.now,
    onData: accept,
    onChange: heed,
  });
  void loadView();
}

function unfollow(): void {
  feed?.close();
  feed = null;
  view.value = LOADING;
}

function accept(data: View, heardAt: number): void {
  hubAheadMs.value = Date.parse(data.now) - heardAt;
  localNow.value = heardAt;
  view.value = { kind: "ready", data };
}

/** A feed that ends may mean that we are no longer signed in: ask, but keep the page if nobody answers. */
function heed(next: Connection): void {
  const fell = next.kind === "lost" && connection.value.kind !== "lost";
  connection.value = next;
  if (fell) void recheck();
}

async function recheck(): Promise<void> {
  const answer = await request(SessionResponse, "/api/session");
  if (!answer.ok || answer.data.signedIn) return;
  session.value = toLoaded(answer);
  unfollow();
}
