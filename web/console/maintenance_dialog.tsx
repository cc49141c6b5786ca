/** Planned work: a time in which things may be down without anybody being told. */
import { useState } from "preact/hooks";
import { MaintenanceResponse, MaintenanceWindow } from "../../shared/hours_api.ts";
import { NOTHING, request } from "../lib/http.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { fromLocal, toLocal } from "./local_time.ts";
import { now, showToast } from "./state.ts";
import { useLoaded } from "./use_loaded.ts";

const HOUR_MS = 60 * 60_000;
const PAST_SHOWN = 5;

export function MaintenanceDialog({ onClose }: { readonly onClose: () => void }) {
  const [plan, reload] = useLoaded(MaintenanceResponse, "/api/maintenance");
  return (
    <Dialog title="Maintenance" onClose={onClose}>
      <p class="soft">
        While it is on, everything is measured and kept, and nobody is told. What is still wrong at its end is told
        then.
      </p>
      {plan.kind === "loading" && <Loading what="the plan" />}
      {plan.kind === "failed" && <Failed what="the plan" message={plan.message} onRetry={reload} />}
      {plan.kind === "ready" && <Windows windows={plan.data.windows} onChanged={reload} />}
      <PlanForm onPlanned={reload} />
    </Dialog>
  );
}

interface WindowsProps {
  readonly windows: readonly MaintenanceWindow[];
  readonly onChanged: () => void;
}

function Windows({ windows, onChanged }: WindowsProps) {
  const isPast = ({ endsAt }: MaintenanceWindow) => Date.parse(endsAt) <= now.value;
  const shown = [...windows.filter((each) => !isPast(each)), ...windows.filter(isPast).slice(0, PAST_SHOWN)];
  if (shown.length === 0) return <p class="soft">Nothing is planned.</p>;
  return (
    <ul class="windows" aria-label="Planned">
      {shown.map((each) => <WindowRow key={each.id} window={each} onChanged={onChanged} />)}
    </ul>
  );
}

function WindowRow({ window, onChanged }: { readonly window: MaintenanceWindow; readonly onChanged: () => void }) {
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [from, until] = [Date.parse(window.startsAt), Date.parse(window.endsAt)];
  const state = until <= now.value ? "over" : from <= now.value ? "on now" : "to come";
  async function cancel() {
    setBusy(true);
    const answer = await request(NOTHING, `/api/maintenance/${encodeURIComponent(window.id)}`, { method: "DELETE" });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.message);
    showToast(state === "on now" ? "Maintenance has ended." : "It is no longer planned.");
    onChanged();
  }
  return (
    <li class="window">
      <div class="window-words">
        <p>{window.words}</p>
        <p class="soft small">{sayDateAndClock(from, now.value)} to {sayDateAndClock(until, now.value)} · {state}</p>
        {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
      </div>
      {state !== "over" && (
        <Button busy={busy} onPress={cancel} label={`${state === "on now" ? "End now" : "Take away"}: ${window.words}`}>
          {state === "on now" ? "End now" : "Take away"}
        </Button>
      )}
    </li>
  );
}

function PlanForm({ onPlanned }: { readonly onPlanned: () => void }) {
  const [from, setFrom] = useState(() => toLocal(now.value));
  const [until, setUntil] = useState(() => toLocal(now.value + HOUR_MS));
  const [words, setWords] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: Event) {
    event.preventDefault();
    const [startsAt, endsAt] = [fromLocal(from), fromLocal(until)];
    if (startsAt === undefined || endsAt === undefined) return setTrouble("It needs a day and a time for both ends.");
    if (endsAt <= startsAt) return setTrouble("The end has to come after the start.");
    if (words.trim() === "") {
      return setTrouble("Say in a few words what is done; those who read it later will be glad.");
    }
    setBusy(true);
    const body = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString(), words };
    const answer = await request(MaintenanceWindow, "/api/maintenance", { method: "POST", body });
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.message);
    if (!answer.ok) return;
    showToast("Planned.");
    setWords("");
    onPlanned();
  }
  return (
    <form class="form form-dialog" onSubmit={submit} noValidate>
      <h3>Plan one</h3>
      <div class="pair-even">
        <Field label="From" type="datetime-local" value={from} onInput={setFrom} />
        <Field label="Until" type="datetime-local" value={until} onInput={setUntil} />
      </div>
      <Field
        label="What is done"
        value={words}
        onInput={setWords}
        trouble={trouble}
        maxLength={200}
        autoCapitalize="sentences"
      />
      <div class="row">
        <Button kind="main" type="submit" busy={busy}>Plan it</Button>
      </div>
    </form>
  );
}
