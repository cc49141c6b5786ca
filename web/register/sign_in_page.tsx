/** Who is here? A name, then its PIN. Works without the hub. */
import { useState } from "preact/hooks";
import type { StaffMember } from "../../shared/staff.ts";
import { Button } from "../ui/button.tsx";
import { PinPad } from "./pin_pad.tsx";
import type { Session } from "./session.ts";
import { StaffNames } from "./staff_names.tsx";
import { SyncWord } from "./sync_word.tsx";
import { waitWords } from "./wait_words.ts";

interface SignInPageProps {
  readonly session: Session;
  readonly staff: readonly StaffMember[];
}

export function SignInPage({ session, staff }: SignInPageProps) {
  const [id, setId] = useState<string | null>(null);
  const { name, venue } = session.enrolment.value;
  const person = staff.find((each) => each.id === id);
  return (
    <div class="board">
      <header class="bar">
        <h1 class="bar-title">
          {name} <span class="soft bar-venue">{venue}</span>
        </h1>
        <SyncWord session={session} />
      </header>
      <main class="sign-in">
        {person
          ? <Pin key={person.id} session={session} person={person} onBack={() => setId(null)} />
          : <Names staff={staff} onChoose={setId} />}
      </main>
    </div>
  );
}

function Names({ staff, onChoose }: { staff: readonly StaffMember[]; onChoose: (id: string) => void }) {
  return (
    <>
      <h2 class="sign-in-title">Who is here?</h2>
      <StaffNames staff={staff} onChoose={onChoose} />
    </>
  );
}

function Pin({ session, person, onBack }: { session: Session; person: StaffMember; onBack: () => void }) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const wait = session.duty.waitMs(session.clock.value);
  const enter = async (pin: string) => {
    setBusy(true);
    const outcome = await session.duty.signIn(person.id, pin);
    setBusy(false);
    if (outcome === "wrong") setSaid(`That is not ${person.name}'s PIN.`);
    if (outcome === "gone") onBack();
  };
  return (
    <>
      <h2 class="sign-in-title">{person.name}</h2>
      <p class="sign-in-said" role="alert">{wait > 0 ? waitWords(wait) : said}</p>
      <PinPad busy={busy} blocked={wait > 0} onEnter={enter} />
      <Button kind="quiet" onPress={onBack}>Somebody else</Button>
    </>
  );
}
