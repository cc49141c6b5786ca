/** What cannot be right about a check, in plain words, with the answers to it: one tap each. */
import type { Check, Flag } from "../../shared/check/check.ts";
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { useAction } from "./action.ts";
import { flagSentences } from "./flag_words.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import type { Session } from "./session.ts";
import { type Answer, answersTo, flagsToTell, type Preview } from "./settle.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

interface FlagNotesProps {
  readonly session: Session;
  readonly check: Check;
  readonly onPay: () => void;
}

export function FlagNotes({ session, check, onPay }: FlagNotesProps) {
  return flagsToTell(check).map((flag) => (
    <FlagNote key={flag.code} session={session} check={check} flag={flag} onPay={onPay} />
  ));
}

function FlagNote({ session, check, flag, onPay }: FlagNotesProps & { flag: Flag }) {
  const action = useAction();
  const told = toldOf(session);
  const preview: Preview = (bodies) => session.preview(() => bodies).get(check.id) ?? check;
  const answers = answersTo(flag, check, told, preview);
  const leaves = useLeaves(session);
  const give = (answer: Answer) => {
    if (answer.kind === "pay") return onPay();
    const needed = answer.needs === "nothing" ? undefined : { kind: answer.needs };
    leaves.run(
      needed,
      `${answer.text}, check ${check.number}`,
      (allowed) => action.run(() => session.writeAll(() => answer.bodies.map((body) => ({ ...body, ...allowed })))),
    );
  };
  return (
    <section class="flag-note">
      <p>
        <StateMark mark="look" /> {flagSentences(flag, check, told)}
      </p>
      <div class="row">
        {answers.map((answer, at) => (
          <Button
            key={answer.text}
            kind={at === 0 ? "main" : "plain"}
            busy={action.busy}
            onPress={() => give(answer)}
          >
            {answer.text}
          </Button>
        ))}
      </div>
      <TroubleNote text={action.trouble} />
      <ManagerPin session={session} leaves={leaves} />
    </section>
  );
}
