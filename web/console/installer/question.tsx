/** One question in the list: its options or distances, and, folded away, who says so, a note and a photo. */
import { useState } from "preact/hooks";
import type { Question } from "../../../shared/install/questions.ts";
import type { Answer, Distance } from "../../../shared/install/survey.ts";
import type { InstallView } from "../../../shared/install_api.ts";
import { sayInstant } from "../../lib/time.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text_area.tsx";
import { now, showToast } from "../state.ts";
import { smallPhoto } from "./photo.ts";
import { change, installer, keepName } from "./state.ts";

const NOBODY = "the installer"; // until somebody has said who is here

interface QuestionProps {
  readonly question: Question;
  readonly view: InstallView;
  readonly settled: boolean; // measured already
}

export function QuestionForm({ question, view, settled }: QuestionProps) {
  const answers = view.answers.filter((answer) => answer.question === question.id);
  const form = (
    <div class="question" id={`question-${question.id}`} tabIndex={-1}>
      <p class="question-ask">{question.ask}</p>
      <p class="small soft">{question.note}</p>
      {question.kind === "choice"
        ? <Options question={question} answer={answers[0]} />
        : view.registers.map(({ id, name }) => (
          <DistanceRow
            key={id}
            question={question.id}
            register={id}
            name={name}
            answer={answers.find(({ register }) => register === id)}
          />
        ))}
    </div>
  );
  if (!settled) return form;
  return (
    <details class="more">
      <summary>Answer it all the same</summary>
      {form}
    </details>
  );
}

function Options({ question, answer }: {
  readonly question: Extract<Question, { kind: "choice" }>;
  readonly answer: Answer | undefined;
}) {
  return (
    <>
      <Choice
        label={question.ask}
        options={question.options}
        value={answer?.choice ?? ""}
        onChoose={(choice) => void put({ question: question.id, choice, note: answer?.note })}
      />
      {answer && <Beside key={answer.at} answer={answer} />}
    </>
  );
}

function DistanceRow({ question, register, name, answer }: {
  readonly question: string;
  readonly register: string;
  readonly name: string;
  readonly answer: Answer | undefined;
}) {
  const [typed, setTyped] = useState<string>();
  const [unit, setUnit] = useState<Distance["unit"]>(answer?.distance?.unit ?? "m");
  const [trouble, setTrouble] = useState<string>();
  const save = (event: Event) => {
    event.preventDefault();
    const amount = Number((typed ?? "").replace(",", "."));
    if (typed === undefined || typed.trim() === "" || !(amount >= 0 && amount <= 1_000)) {
      return setTrouble("A number from 0 to 1000, such as 6.");
    }
    setTrouble(undefined);
    void put({ question, register, distance: { amount, unit }, note: answer?.note });
  };
  return (
    <form class="distance" onSubmit={save} noValidate>
      <Field
        label={`${name} to the router`}
        value={typed ?? (answer?.distance ? String(answer.distance.amount) : "")}
        onInput={setTyped}
        inputMode="decimal"
        maxLength={6}
        trouble={trouble}
      />
      <Choice label={`Unit for ${name}`} options={UNITS} value={unit} onChoose={setUnit} />
      <Button type="submit" label={`Save the distance of ${name}`}>Save</Button>
    </form>
  );
}

const UNITS = [{ value: "m", text: "m" }, { value: "ft", text: "ft" }] as const;

/** Who said it and when, with a note and a photo where they help. */
function Beside({ answer }: { readonly answer: Answer }) {
  const [note, setNote] = useState(answer.note);
  const [by, setBy] = useState(installer.value);
  const [trouble, setTrouble] = useState<string>();
  const base = { question: answer.question, choice: answer.choice ?? undefined };
  const addPhoto = async (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    const photo = file && await smallPhoto(file);
    if (photo) await put({ ...base, note, photo });
    else if (file) setTrouble("This picture cannot be read. Take another one, as JPEG or PNG.");
  };
  const save = async (event: Event) => {
    event.preventDefault();
    keepName(by.trim());
    await put({ ...base, note });
  };
  return (
    <details class="more">
      <summary>By {answer.by}, {sayInstant(Date.parse(answer.at), now.value)}: note and photo</summary>
      <form class="beside" onSubmit={save} noValidate>
        <Field label="Who says so" value={by} onInput={setBy} maxLength={60} autoCapitalize="words" />
        <TextArea label="Note" value={note} onInput={setNote} rows={2} />
        <label class="field">
          <span class="field-label">Photo</span>
          <input class="photo-input" type="file" accept="image/*" onChange={addPhoto} />
        </label>
        {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
        {answer.photo && (
          <img
            class="photo"
            src={`/api/install/photos/${answer.photo}`}
            alt={`Photo: ${answer.note || answer.question}`}
          />
        )}
        <Button type="submit">Save</Button>
      </form>
    </details>
  );
}

interface Given {
  readonly question: string;
  readonly register?: string;
  readonly choice?: string;
  readonly distance?: Distance;
  readonly note?: string;
  readonly photo?: string;
}

async function put(given: Given): Promise<void> {
  const trouble = await change("/api/install/survey", "PUT", { ...given, by: installer.value || NOBODY });
  showToast(trouble ?? "The answer is kept.");
}
