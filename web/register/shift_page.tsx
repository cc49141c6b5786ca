/** The shift of this register: begun with a float, ended with the cash that was counted. */
import { useState } from "preact/hooks";
import { cashExpected, type Shift } from "../../shared/check/shift.ts";
import { sayDateAndClock } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { useAction } from "./action.ts";
import { parseAmount } from "./amount.ts";
import { type Guard, shiftGuards } from "./guards.ts";
import { useLeaves } from "./leave.ts";
import { ManagerPin } from "./manager_pin.tsx";
import { BOARD } from "./route.ts";
import type { Session } from "./session.ts";
import { SyncWord } from "./sync_word.tsx";
import { differenceWords } from "./shift_words.ts";
import { toldOf } from "./told_of.ts";
import { TroubleNote } from "./trouble_note.tsx";

const DIGITS = 2; // until the hub has told

export function ShiftPage({ session }: { readonly session: Session }) {
  const shift = session.shift.value;
  return (
    <div class="diagnostics">
      <header class="bar">
        <a class="back" href={BOARD}>Checks</a>
        <h1 class="bar-title" tabIndex={-1}>Shift</h1>
        <SyncWord session={session} />
      </header>
      <main class="page page-form">
        {shift ? <CloseShift key={shift.id} session={session} shift={shift} /> : <OpenShift session={session} />}
      </main>
    </div>
  );
}

function OpenShift({ session }: { session: Session }) {
  const [float, setFloat] = useState("");
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const amount = float.trim() === "" ? 0 : parseAmount(float, session.config.value?.currencyDigits ?? DIGITS);
  const open = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (amount !== undefined) action.run(() => session.write({ kind: "shift.open", float: amount }));
  };
  return (
    <form class="stack" onSubmit={open} noValidate>
      <p>
        No shift is open on this register. Selling works all the same; a shift tells at its end what the drawer should
        hold.
      </p>
      <Field
        label="Cash in the drawer now"
        value={float}
        onInput={setFloat}
        inputMode="decimal"
        note="Change that was put in before the first guest. Empty: none."
        trouble={asked && amount === undefined ? "Write an amount, or leave it empty." : undefined}
      />
      <TroubleNote text={action.trouble} />
      <div class="row">
        <Button kind="main" type="submit" busy={action.busy}>Open the shift</Button>
      </div>
    </form>
  );
}

function CloseShift({ session, shift }: { session: Session; shift: Shift }) {
  const [counted, setCounted] = useState("");
  const [manager, setManager] = useState("");
  const [asked, setAsked] = useState(false);
  const action = useAction();
  const { money } = toldOf(session);
  const now = session.clock.value;
  const expected = cashExpected(shift, session.checks.value);
  const amount = parseAmount(counted, session.config.value?.currencyDigits ?? DIGITS);
  const facts = { unsynced: session.unsynced.value, checks: session.checks.value, viewer: session.who.viewer, now };
  const guards = shiftGuards(facts);
  const leaves = useLeaves(session);
  const named = session.who.role === undefined ? manager.trim() || undefined : session.who.name; // else who allowed it
  const close = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    const guarded = guards.length > 0;
    if (amount === undefined || (guarded && named === undefined)) return;
    leaves.run(guarded ? { kind: "close-shift" } : undefined, "Close the shift all the same", async ({ allowedBy }) => {
      const despite = guarded ? { despite: allowedBy ?? named } : {};
      if (await action.run(() => session.write({ kind: "shift.close", counted: amount, ...despite }))) {
        location.hash = BOARD;
      }
    });
  };
  return (
    <form class="stack" onSubmit={close} noValidate>
      <dl class="totals">
        <div class="total">
          <dt>Open since</dt>
          <dd>{sayDateAndClock(shift.openedAt.ms, now)}</dd>
        </div>
        <div class="total">
          <dt>In the drawer at the beginning</dt>
          <dd>{money(shift.float)}</dd>
        </div>
        <div class="total">
          <dt>Taken in cash, less what went back</dt>
          <dd>{money(expected - shift.float)}</dd>
        </div>
        <div class="total total-strong">
          <dt>Should be in the drawer</dt>
          <dd>{money(expected)}</dd>
        </div>
      </dl>
      <Field
        label="Cash counted"
        value={counted}
        onInput={setCounted}
        inputMode="decimal"
        trouble={asked && amount === undefined ? `Write what is in the drawer, such as ${money(expected)}.` : undefined}
      />
      <p role="status">{amount !== undefined && differenceWords(amount - expected, money)}</p>
      <Guards session={session} guards={guards} manager={manager} asked={asked} onManager={setManager} />
      <TroubleNote text={action.trouble} />
      <div class="row">
        <Button kind="main" type="submit" busy={action.busy}>
          {guards.length > 0 ? "Close it all the same" : "Close the shift"}
        </Button>
      </div>
      <ManagerPin session={session} leaves={leaves} />
    </form>
  );
}

interface GuardsProps {
  readonly session: Session;
  readonly guards: readonly Guard[];
  readonly manager: string;
  readonly asked: boolean;
  readonly onManager: (name: string) => void;
}

/** Why the shift is not closed just so, and who may close it all the same. */
function Guards({ session, guards, manager, asked, onManager }: GuardsProps) {
  if (guards.length === 0) return null;
  const hasStaff = session.who.role !== undefined; // then a manager's PIN says who
  return (
    <section class="stack" aria-label="Before the shift is closed">
      {guards.map(({ code, text }) => (
        <p key={code} class="flag">
          <StateMark mark="look" />
          <span>{text}</span>
        </p>
      ))}
      {!hasStaff && (
        <Field
          label="Manager who closes it all the same"
          value={manager}
          onInput={onManager}
          maxLength={60}
          autoCapitalize="words"
          trouble={asked && manager.trim() === "" ? "A manager's name is needed, and stays in the shift." : undefined}
        />
      )}
    </section>
  );
}
