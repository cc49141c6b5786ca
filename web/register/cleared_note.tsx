/** That the browser cleared this register's storage, until somebody has read it. */
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import type { Kept } from "./storage.ts";
import { clearedWords } from "./storage_words.ts";

export function ClearedNote({ kept }: { readonly kept: Kept }) {
  const lost = kept.lost.value;
  if (lost === null) return null;
  return (
    <section class="idle cleared" aria-label="Storage was cleared">
      <p>
        <StateMark mark={lost > 0 ? "act" : "look"} /> {clearedWords(lost)}
      </p>
      <Button kind="quiet" onPress={() => kept.read()}>Got it</Button>
    </section>
  );
}
