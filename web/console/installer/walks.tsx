/** Walk tests: ask a register for one where it stands, watch it, and see what each spot came to. */
import { useState } from "preact/hooks";
import type { WalkResult } from "../../../shared/install/walk.ts";
import type { InstallView, WalkNow } from "../../../shared/install_api.ts";
import { sayInstant } from "../../lib/time.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { StateMark } from "../../ui/state_mark.tsx";
import { now } from "../state.ts";
import { change } from "./state.ts";
import { MARKS, STATE_WORDS, WALK_COLUMNS } from "./words.ts";

export function Walks({ view }: { readonly view: InstallView }) {
  return (
    <section id="walks" tabIndex={-1} aria-labelledby="walks-title">
      <div class="section-head">
        <h2 id="walks-title">Walk tests</h2>
      </div>
      {view.registers.length > 0 && <AskForm view={view} />}
      <div class="walk-now" role="status">
        {view.walking
          ? <Under walk={view.walking} />
          : <p class="soft">{view.lost?.text ?? "20 seconds at each spot where a register will stand."}</p>}
      </div>
      {view.walks.length > 0 && <WalkTable walks={view.walks} />}
    </section>
  );
}

function AskForm({ view }: { readonly view: InstallView }) {
  const [chosen, setChosen] = useState<string>();
  const [spot, setSpot] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const unwalked = view.registers.find(({ id }) => !view.walks.some(({ register }) => register === id));
  const register = chosen ?? unwalked?.id ?? view.registers[0]!.id;
  const ask = async (event: Event) => {
    event.preventDefault();
    if (spot.trim() === "") return setTrouble("Name the spot first, such as “Terrace, by the door”.");
    setBusy(true);
    setTrouble(await change("/api/install/walks", "POST", { register, spot: spot.trim() }) ?? undefined);
    setBusy(false);
  };
  return (
    <form class="walk-ask" onSubmit={ask} noValidate>
      <Select
        label="Register"
        options={view.registers.map(({ id, name }) => ({ value: id, text: name }))}
        value={register}
        onChoose={setChosen}
      />
      <Field label="Spot" value={spot} onInput={setSpot} maxLength={60} autoCapitalize="words" />
      <Button type="submit" busy={busy || view.walking !== null}>Walk test</Button>
      {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
    </form>
  );
}

function Under({ walk }: { readonly walk: WalkNow }) {
  if (walk.phase === "asked") return <p>{walk.name} was asked to begin at {walk.spot}.</p>;
  const share = Math.min(1, (now.value - Date.parse(walk.since)) / walk.forMs);
  return (
    <>
      <p>{walk.name} is being tested at {walk.spot}: {walk.pings} pings so far.</p>
      <progress class="walk-progress" max={1} value={share} aria-label="Walk test" />
    </>
  );
}

export function WalkTable({ walks }: { readonly walks: readonly WalkResult[] }) {
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Walk tests, by register and spot">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Register and spot</th>
            {WALK_COLUMNS.map(([name]) => <th key={name} class="number" scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {walks.map((walk) => (
            <tr key={walk.id}>
              <th scope="row">
                <StateMark mark={MARKS[walk.verdict]} word={STATE_WORDS[walk.verdict]} /> {walk.name}, {walk.spot}
                <span class="small soft walk-when">
                  {[sayInstant(Date.parse(walk.at), now.value), ...walk.why].join(" · ")}
                </span>
              </th>
              {WALK_COLUMNS.map(([name, read]) => <td key={name} class="number">{read(walk)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
