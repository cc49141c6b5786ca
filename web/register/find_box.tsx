/** The checks that were closed, and a box to find one by: for money back, to open it again, or to read what was paid. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Empty } from "../ui/states.tsx";
import { Field } from "../ui/field.tsx";
import { AskHub } from "./ask_hub.tsx";
import { Cards } from "./cards.tsx";
import { findChecks, holdsNumber } from "./find.ts";
import type { Session } from "./session.ts";

interface FindBoxProps {
  readonly session: Session;
  readonly children: ComponentChildren; // shown while nothing is sought
}

export function FindBox({ session, children }: FindBoxProps) {
  const [typed, setTyped] = useState("");
  const sought = typed.trim();
  return (
    <>
      <div class="find">
        <Field
          label="Find a tab, also of earlier days"
          note="By number, name or table"
          value={typed}
          onInput={setTyped}
          maxLength={60}
        />
      </div>
      {sought === "" ? children : <Found key={sought} session={session} sought={sought} />}
    </>
  );
}

function Found({ session, sought }: { session: Session; sought: string }) {
  const all = session.checks.value;
  const found = findChecks(all, sought);
  const ask = !holdsNumber(all, sought) && <AskHub session={session} typed={sought} />;
  if (found.length > 0) {
    return (
      <>
        <Cards session={session} checks={found} />
        {ask}
      </>
    );
  }
  return (
    <Empty title="No such tab on this register">
      <p class="soft">Look at the number again. A tab of a register that is away comes here once that one is back.</p>
      {ask}
    </Empty>
  );
}
