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
      {view.registers.length > 0 && (
        <WalkTable
          walks={view.walks}
          sayWhen={(at) => sayInstant(at, now.value)}
          unwalked={unwalked(view)}
        />
      )}
    </section>
  );
}

function AskForm({ view }: { readonly view: InstallView }) {
  const [chosen, setChosen] = useState<string>();
  const [spot, setSpot] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [open] = unwalked(view);
  const register = chosen ?? (view.registers.find(({ name }) => name === open) ?? view.registers[0]!).id;
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

interface WalkTableProps {
  readonly walks: readonly WalkResult[];
  readonly sayWhen: (at: number) => string;
  readonly unwalked?: readonly string[]; // names of registers that nobody has walked with: their place is kept
}

export function WalkTable({ walks, sayWhen, unwalked = [] }: WalkTableProps) {
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Results of walk tests">
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
                  {[sayWhen(Date.parse(walk.at)), ...walk.why].join(" · ")}
                </span>
              </th>
              {WALK_COLUMNS.map(([name, read]) => <td key={name} class="number">{read(walk)}</td>)}
            </tr>
          ))}
          {unwalked.map((name) => (
            <tr key={name}>
              <th scope="row">
                <StateMark mark={MARKS.unmeasured} word={STATE_WORDS.unmeasured} /> {name}
                <span class="small soft walk-when">No walk test yet</span>
              </th>
              <td colSpan={WALK_COLUMNS.length} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function unwalked({ registers, walks }: InstallView): string[] {
  return registers.filter(({ id }) => !walks.some(({ register }) => register === id)).map(({ name }) => name);
}
