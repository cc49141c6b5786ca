/** Changes whose record this device's storage damaged and that nobody has brought again, until somebody has. */
import { useEffect, useState } from "preact/hooks";
import { StateMark } from "../ui/state_mark.tsx";
import type { Damaged } from "./journal.ts";
import type { Register } from "./register.ts";
import type { Session } from "./session.ts";
import { damagedWords } from "./storage_words.ts";

export function DamagedNote({ register, session }: { readonly register: Register; readonly session: Session }) {
  const [damaged, setDamaged] = useState<Damaged>({ missing: 0, alone: 0 });
  const now = session.clock.value;
  useEffect(() => {
    register.damaged().then(setDamaged, () => {});
  }, [now]);
  if (damaged.missing === 0) return null;
  return (
    <section class="stack" aria-label="Storage was damaged">
      <p>
        <StateMark mark={damaged.alone > 0 ? "act" : "look"} /> {damagedWords(damaged)}
      </p>
    </section>
  );
}
