/** The console rings on the spot when something begins to fail, whatever becomes of notices that have to travel. */
import { effect, signal } from "@preact/signals";
import type { View } from "../../shared/api.ts";
import { Chime, keepSound, readSound, type Sound } from "../lib/chime.ts";
import { failing, hasNew } from "./failing.ts";
import { view } from "./state.ts";

const WAKING = ["pointerup", "keydown", "touchend"] as const; // what browsers take for a person's wish to hear something

export const sound = signal<Sound>(readSound());
export const audible = signal(false); // a sound would be heard now

const chime = new Chime((ready) => audible.value = ready);
let known: ReadonlySet<string> | undefined; // incidents that were failing when the last view came

export function startAlarm(): void {
  for (const kind of WAKING) addEventListener(kind, () => sound.peek() === "on" && chime.wake(), { capture: true });
  effect(() => {
    const current = view.value;
    if (current.kind === "ready") heed(current.data);
  });
}

export function chooseSound(next: Sound): void {
  sound.value = next;
  keepSound(next);
  if (next === "on") chime.wake();
}

/** For a person who wants to know how it sounds. */
export function hear(): void {
  chime.wake();
  chime.ring();
}

function heed(data: View): void {
  const now = failing(data);
  const rings = hasNew(now, known);
  known = now;
  if (rings && sound.peek() === "on") chime.ring();
}
