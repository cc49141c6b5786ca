/** What was done on this register without effect, told once. */
import { Button } from "../ui/button.tsx";
import { idleWords } from "./idle_words.ts";
import type { Session } from "./session.ts";
import { toldOf } from "./told_of.ts";

const SHOWN_MAX = 3; // the rest comes once these were read

export function IdleNotes({ session }: { readonly session: Session }) {
  const notes = session.notices.untold.value.slice(0, SHOWN_MAX);
  if (notes.length === 0) return null;
  const { nameOf } = toldOf(session);
  return (
    <section class="idle" aria-label="Without effect">
      <ul class="plain-list">{notes.map((idle) => <li key={idle.id}>{idleWords(idle, nameOf)}</li>)}</ul>
      <Button kind="quiet" onPress={() => session.notices.read(notes.map(({ id }) => id))}>Got it</Button>
    </section>
  );
}
