/** Makes this device a register of the venue: a code from the manager's page, and a name. */
import { useState } from "preact/hooks";
import { EnrolResponse } from "../../shared/api.ts";
import { normalizeCode } from "../../shared/ids.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { useAction } from "./action.ts";
import { describeDevice } from "./device.ts";
import { codeTrouble, enrolTrouble } from "./enrol_words.ts";
import { HomeScreenHint } from "./home_screen_hint.tsx";
import type { Enrolment } from "./kept.ts";
import { TroubleNote } from "./trouble_note.tsx";
import { APP } from "./app_info.ts";

const NAME_IDEAS = ["Bar", "Till 1", "Till 2", "Terrace"];

interface EnrolPageProps {
  readonly code: string; // from the link, or ""
  readonly name: string; // what it was called before, or ""
  readonly onEnrolled: (enrolment: Enrolment) => Promise<void>;
  readonly onBack?: () => void;
}

export function EnrolPage({ code: fromLink, name: before, onEnrolled, onBack }: EnrolPageProps) {
  const [code, setCode] = useState(fromLink);
  const [name, setName] = useState(before);
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const codeWrong = asked ? codeTrouble(normalizeCode(code)) : undefined;
  const nameWrong = asked && name.trim() === "" ? "Give it a name, so that staff know which one it is." : undefined;

  const submit = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (codeTrouble(normalizeCode(code)) || name.trim() === "") return;
    action.run(async () => {
      const answer = await enrol(normalizeCode(code), name.trim());
      if (!answer.ok) return { ok: false, message: enrolTrouble(answer.code, answer.message) };
      await onEnrolled(answer.data);
      return { ok: true };
    });
  };

  return (
    <main class="page page-narrow">
      <h1>Make this a register</h1>
      <p class="soft">
        {fromLink ? "The code came with the link." : "A manager makes a code on the hub's page, under Registers."}{" "}
        Name this register after the place where it stands.
      </p>
      <HomeScreenHint code={fromLink} />
      <form class="stack" onSubmit={submit} noValidate>
        <Field
          label="Code"
          value={code}
          onInput={setCode}
          autoCapitalize="characters"
          maxLength={20}
          trouble={codeWrong}
          autoFocus={fromLink === ""}
        />
        <Field
          label="Name of this register"
          value={name}
          onInput={setName}
          autoCapitalize="words"
          maxLength={60}
          trouble={nameWrong}
          autoFocus={fromLink !== ""}
        />
        <div class="quick" role="group" aria-label="Names others use">
          {NAME_IDEAS.map((idea) => <Button key={idea} onPress={() => setName(idea)}>{idea}</Button>)}
        </div>
        <TroubleNote text={action.trouble} />
        <div class="row">
          <Button kind="main" type="submit" busy={action.busy}>Enrol this register</Button>
          {onBack && <Button kind="quiet" onPress={onBack}>Back</Button>}
        </div>
      </form>
    </main>
  );
}

function enrol(code: string, name: string) {
  const body = { code, name, device: describeDevice(navigator), app: APP };
  return request(EnrolResponse, "/api/registers", { method: "POST", body });
}
