/**
 * Every register in a row: how it is there, its day, its numbers. A table where there is room; the same cells stacked on a phone, with
 * the roles spelled out because a browser forgets them when a table is laid out as something else.
 */
import type { RegisterView, View } from "../../shared/api.ts";
import { sayInstant } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { RelativeTime } from "../ui/relative_time.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { StatusBars } from "../ui/status_bars.tsx";
import { go } from "./route.ts";
import { asOf, now } from "./state.ts";
import { NOT_KNOWN, registerMark, registerWord, sayDay, sayMs, saySignal } from "./words.ts";

const COLUMNS = 7;

export function Registers({ view }: { readonly view: View }) {
  return (
    <section class="area-registers" aria-labelledby="registers">
      <div class="section-head">
        <h2 id="registers">Registers</h2>
        {asOf.value && <span class="soft small">{asOf.value}</span>}
        <Button kind="quiet" onPress={() => go({ kind: "add" })}>Add a register</Button>
      </div>
      <table class="registers" role="table" aria-labelledby="registers">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader">Register</th>
            <th role="columnheader">Last 24 hours</th>
            <th role="columnheader" class="number">Round trip</th>
            <th role="columnheader" class="number">Signal</th>
            <th role="columnheader" class="number">Unsynced</th>
            <th role="columnheader" class="number">Version</th>
            <th role="columnheader" class="number">Heard</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {view.registers.map((register) => <RegisterRows key={register.id} register={register} view={view} />)}
        </tbody>
      </table>
    </section>
  );
}

/** Why it is late or silent has a row of its own: a sentence in a narrow column is a tower of words. */
function RegisterRows({ register, view }: { readonly register: RegisterView; readonly view: View }) {
  const cause = register.state === "ok" ? null : register.cause;
  return (
    <>
      <RegisterRow register={register} view={view} />
      {cause !== null && (
        <tr role="row" class="register-cause">
          <td role="cell" colSpan={COLUMNS} class="soft">{cause}</td>
        </tr>
      )}
    </>
  );
}

/** The name is the button; a press anywhere in the row does the same for a finger. */
function RegisterRow({ register, view }: { readonly register: RegisterView; readonly view: View }) {
  const open = () => go({ kind: "register", id: register.id });
  return (
    <tr role="row" class="register" onClick={open}>
      <td role="cell" class="register-who">
        <span class="register-mark">
          <StateMark mark={registerMark(register, view.findings)} />
        </span>
        <div>
          <button class="register-name" type="button" onClick={open}>
            {register.name} <span class="register-letter" title="Letter on its tabs">{register.letter}</span>
          </button>
          <p class="register-how soft small">{registerWord(register)}</p>
        </div>
      </td>
      <td role="cell" class="register-day">
        <StatusBars bars={register.day} label={sayDay(register.day)} />
      </td>
      <Value name="round trip" text={sayMs(register.rttMs)} />
      <Value name="signal" text={saySignal(register.signalDbm)} />
      <Value name="unsynced" text={register.unsynced === null ? NOT_KNOWN : String(register.unsynced)} />
      <Value name="version" text={register.app?.version ?? NOT_KNOWN} />
      <td role="cell" class="register-value number">
        <span class="register-label">heard</span>
        {register.lastHeard === null
          ? "never"
          : <RelativeTime at={Date.parse(register.lastHeard)} now={now.value} say={sayInstant} />}
      </td>
    </tr>
  );
}

/** The name is shown on a phone, where there is no head. */
function Value({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <td role="cell" class="register-value number">
      <span class="register-label">{name}</span>
      {text}
    </td>
  );
}
