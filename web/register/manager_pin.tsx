/** Asks for a manager's PIN on the spot, for the one act that waits for it. Works without the hub, and nobody is signed out. */
import { useState } from "preact/hooks";
import type { StaffMember } from "../../shared/staff.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { Leaves } from "./leave.ts";
import { PinPad } from "./pin_pad.tsx";
import type { Session } from "./session.ts";
import { StaffNames } from "./staff_names.tsx";
import { waitWords } from "./wait_words.ts";

interface ManagerPinProps {
  readonly session: Session;
  readonly leaves: Leaves;
}

export function ManagerPin({ session, leaves }: ManagerPinProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { waiting } = leaves;
  if (waiting === null) return null;
  const { managers } = session.duty;
  const only = managers.length === 1 ? managers[0] : undefined;
  const manager = only ?? managers.find(({ id }) => id === chosen);
  const close = () => {
    setChosen(null);
    leaves.done();
  };
  const allow = (by: string) => {
    close();
    waiting.act({ allowedBy: by });
  };
  return (
    <Dialog title="A manager's PIN" onClose={close}>
      <p class="manager-what">
        <strong>{waiting.what}</strong>
        <span class="soft">A manager allows this once. {session.who.name} stays signed in.</span>
      </p>
      {managers.length === 0 && (
        <p>No manager is named among the staff. Name one on the hub's page, under Staff, then tap Get Updates.</p>
      )}
      {managers.length > 0 && !manager && <StaffNames staff={managers} onChoose={setChosen} />}
      {manager && <Pin key={manager.id} session={session} manager={manager} onAllowed={allow} onGone={close} />}
      {manager && !only && <Button kind="quiet" onPress={() => setChosen(null)}>Another manager</Button>}
    </Dialog>
  );
}

interface PinProps {
  readonly session: Session;
  readonly manager: StaffMember;
  readonly onAllowed: (by: string) => void;
  readonly onGone: () => void;
}

function Pin({ session, manager, onAllowed, onGone }: PinProps) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const wait = session.duty.waitMs(session.clock.value);
  const enter = async (pin: string) => {
    setBusy(true);
    const leave = await session.duty.allow(manager.id, pin);
    setBusy(false);
    if (leave.ok) return onAllowed(leave.by);
    if (leave.why === "wrong") setSaid(`That is not ${manager.name}'s PIN.`);
    if (leave.why === "gone") onGone();
  };
  return (
    <div class="manager-pin">
      <h3>{manager.name}</h3>
      <p class="sign-in-said" role="alert">{wait > 0 ? waitWords(wait) : said}</p>
      <PinPad busy={busy} blocked={wait > 0} verb="Allow it" onEnter={enter} />
    </div>
  );
}
