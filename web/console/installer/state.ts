/**
 * What the installer's page knows: the list as the hub last told it, asked for again every other second while the page is in view, and which
 * report is open. All of it is the hub's: a page that was left and comes back, here or on another device, goes on where it was.
 */
import { effect, signal } from "@preact/signals";
import { InstallView } from "../../../shared/install_api.ts";
import { type Answer, request, type RequestOptions } from "../../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../../lib/loaded.ts";
import { loadSession, session } from "../state.ts";

const ASK_EVERY_MS = 2_000; // a rule settles in five seconds
const WALKING_ASK_EVERY_MS = 1_000; // a walk test takes twenty
const NAME_KEY = "installer"; // who answers here, kept in this browser

export const install = signal<Loaded<InstallView>>(LOADING);
export const stale = signal<string | null>(null); // why what is shown is the past; null: it is current
export const openReport = signal<string | null>(reportIn(location.hash));
export const installer = signal(readName());

let asking = false;

export function startInstall(): void {
  const isWalking = () => install.value.kind === "ready" && install.value.data.walking !== null;
  let askedAt = 0;
  setInterval(() => {
    if (document.hidden || (!isWalking() && performance.now() - askedAt < ASK_EVERY_MS)) return;
    askedAt = performance.now();
    void load();
  }, WALKING_ASK_EVERY_MS);
  addEventListener("hashchange", () => (openReport.value = reportIn(location.hash)));
  effect(() => {
    if (session.value.kind === "ready" && session.value.data.signedIn) void load();
  });
}

export async function load(): Promise<void> {
  if (asking || session.value.kind !== "ready" || !session.value.data.signedIn) return;
  asking = true;
  take(await request(InstallView, "/api/install"));
  asking = false;
}

/** Changes something and shows the list as it is then. The hub's words when it did not. */
export async function change(path: string, method: RequestOptions["method"], body: unknown): Promise<string | null> {
  const answer = await request(InstallView, path, { method, body });
  if (answer.ok) take(answer);
  return answer.ok ? null : answer.message;
}

export function keepName(name: string): void {
  installer.value = name;
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // Storage is closed: it is asked for again next time.
  }
}

function take(answer: Answer<InstallView>): void {
  if (!answer.ok && answer.status === 401) return void loadSession();
  stale.value = answer.ok ? null : answer.message;
  if (answer.ok || install.value.kind !== "ready") install.value = toLoaded(answer);
}

function readName(): string {
  try {
    return localStorage.getItem(NAME_KEY) ?? "";
  } catch {
    return "";
  }
}

/** "#/report/ID" → ID. */
function reportIn(hash: string): string | null {
  return /^#\/report\/([0-9a-z]+)$/.exec(hash)?.[1] ?? null;
}
