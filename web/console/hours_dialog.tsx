/** When the venue is open, day by day. Outside of it a register that is switched off is as it should be. */
import { useState } from "preact/hooks";
import { Settings, type View } from "../../shared/api.ts";
import { type OpeningHours, OPENINGS_MAX } from "../../shared/hours_api.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { showToast } from "./state.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const USUAL = { opens: "10:00", closes: "22:00" };

type Opening = OpeningHours["week"][number];

export function HoursDialog({ view, onClose }: { readonly view: View; readonly onClose: () => void }) {
  const before = view.venue.settings.openingHours;
  const [zone, setZone] = useState(before?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [week, setWeek] = useState<readonly Opening[]>(before?.week ?? []);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function save(openingHours: OpeningHours | null) {
    setBusy(true);
    const answer = await request(Settings, "/api/settings", { method: "PATCH", body: { openingHours } });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.message);
    showToast(openingHours === null ? "The venue counts as always open." : "Opening hours are saved.");
    onClose();
  }
  function submit(event: Event) {
    event.preventDefault();
    if (week.some(({ opens, closes }) => opens === "" || closes === "")) return setTrouble("Each needs both times.");
    void save({ timeZone: zone.trim(), week: week.map((opening) => ({ ...opening })) });
  }
  const change = (at: number, part: Partial<Opening>) =>
    setWeek(week.map((opening, index) => index === at ? { ...opening, ...part } : opening));
  return (
    <Dialog title="Opening hours" onClose={onClose}>
      <p class="soft">
        {before === null
          ? "None are set: the venue counts as always open, and every silent register is told."
          : "While the venue is closed, and in the first quarter of an hour, nobody is told of a register that is not heard."}
      </p>
      <form class="form form-dialog" onSubmit={submit} noValidate>
        {DAYS.map((name, day) => (
          <fieldset key={day} class="hours-day">
            <legend>{name}</legend>
            {week.map((opening, index) =>
              opening.day === day && (
                <OpeningRow
                  key={index}
                  opening={opening}
                  onChange={(part) => change(index, part)}
                  onRemove={() => setWeek(week.toSpliced(index, 1))}
                />
              )
            )}
            {!week.some((opening) => opening.day === day) && <span class="soft hours-closed">Closed</span>}
            <Button
              kind="quiet"
              label={`Add hours on ${name}`}
              disabled={week.length >= OPENINGS_MAX}
              onPress={() => setWeek([...week, { ...week.at(-1) ?? USUAL, day }])}
            >
              Add hours
            </Button>
          </fieldset>
        ))}
        <p class="soft small">An end before the start is on the next morning.</p>
        <Field
          label="Time zone"
          value={zone}
          onInput={setZone}
          trouble={trouble}
          maxLength={60}
          note="By its clock the hours are meant."
        />
        <div class="row">
          <Button kind="main" type="submit" busy={busy}>Save hours</Button>
          {before !== null && <Button busy={busy} onPress={() => save(null)}>Always open</Button>}
        </div>
      </form>
    </Dialog>
  );
}

interface OpeningRowProps {
  readonly opening: Opening;
  readonly onChange: (part: Partial<Opening>) => void;
  readonly onRemove: () => void;
}

function OpeningRow({ opening: { day, opens, closes }, onChange, onRemove }: OpeningRowProps) {
  const name = DAYS[day]!;
  return (
    <div class="hours-row">
      <Field label="Opens" type="time" value={opens} onInput={(next) => onChange({ opens: next })} />
      <Field label="Closes" type="time" value={closes} onInput={(next) => onChange({ closes: next })} />
      <Button label={`Take away ${opens} to ${closes} on ${name}`} onPress={onRemove}>Take away</Button>
    </div>
  );
}
