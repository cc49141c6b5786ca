/** Closed checks of earlier days that wait for a register, and the way to let them go without it. */
import { useState } from "preact/hooks";
import { LetGoResponse, type View } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { sayHeldUp } from "./held_up_words.ts";
import { asOf, now, showToast } from "./state.ts";
import { NOTE, sayCount, severityMark } from "./words.ts";

/** While the hub is away it is not known whether anything still waits. */
export function isHeldUp({ heldUp }: View): boolean {
  return heldUp !== null && !asOf.value;
}

export function HeldUpItem({ view }: { readonly view: View }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const { heldUp, registers } = view;
  if (!heldUp || !isHeldUp(view)) return null;
  async function letGo() {
    setBusy(true);
    const answer = await request(LetGoResponse, "/api/checks/let-go", { method: "POST", body: {} });
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.message);
    if (answer.ok) showToast(`${sayCount(answer.data.count, "check")} let go. The hub keeps them.`);
  }
  return (
    <li class="todo-item">
      <span class="todo-mark">
        <StateMark mark={severityMark("info")} word={NOTE} />
      </span>
      <div class="todo-words">
        <h3>Closed checks of earlier days are still on registers</h3>
        <p>{sayHeldUp(heldUp, registers, now.value)}</p>
        <p class="soft small">
          Registers keep them until all have them. If it will not be back soon, let them go: the hub keeps them, and a
          register can still ask for one by its number.
        </p>
        <div class="row todo-answer">
          <Button busy={busy} onPress={letGo}>Let them go</Button>
          {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
        </div>
      </div>
    </li>
  );
}
