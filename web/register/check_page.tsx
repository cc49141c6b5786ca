/** One check: what is on it, the menu to add from, and the way to pay. */
import { useState } from "preact/hooks";
import type { Check, Line } from "../../shared/check/check.ts";
import type { OpId } from "../../shared/ids.ts";
import type { MenuItem, ModifierOption } from "../../shared/menu.ts";
import { formatMoney } from "../../shared/money.ts";
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { useAction } from "./action.ts";
import { figureOf, guestWords, whereOf } from "./board_view.ts";
import { DetailsSheet } from "./details_sheet.tsx";
import { flagSentences, type Told } from "./flag_words.ts";
import { LineSheet } from "./line_sheet.tsx";
import { Lines, TotalsList } from "./lines.tsx";
import { Menu } from "./menu.tsx";
import { namesFrom } from "./names.ts";
import { closeCheck, PaySheet } from "./pay_sheet.tsx";
import { BOARD } from "./route.ts";
import type { Session } from "./session.ts";
import { Story } from "./story.tsx";
import { SyncWord } from "./sync_word.tsx";
import { TroubleNote } from "./trouble_note.tsx";

type Sheet = { readonly kind: "pay" } | { readonly kind: "details" } | { readonly kind: "line"; readonly id: OpId };
type Side = "lines" | "menu"; // which of the two a narrow screen shows

interface CheckPageProps {
  readonly session: Session;
  readonly id: OpId;
}

export function CheckPage({ session, id }: CheckPageProps) {
  const check = session.check(id);
  if (check && check.state !== "awaited") return <CheckView session={session} check={check} />;
  return (
    <div class="page page-narrow">
      <main class="stack">
        <h1>{check ? "Not all of this check is here" : "This check is not on this register"}</h1>
        <p>
          {check
            ? "Its first part is on another register and comes as soon as that one is in sync. Nothing of it is lost."
            : "It comes as soon as the register that holds it is in sync. Diagnostics shows which ones are."}
        </p>
        <div class="row">
          <a class="button" href={BOARD}>Back to the checks</a>
          <a class="button button-quiet" href="#diagnostics">Diagnostics</a>
        </div>
      </main>
    </div>
  );
}

function CheckView({ session, check }: { session: Session; check: Check }) {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [side, setSide] = useState<Side>(check.lines.length === 0 ? "menu" : "lines");
  const [said, setSaid] = useState(""); // for screen readers, what a tap did
  const [trouble, setTrouble] = useState<string | null>(null);
  const own = session.enrolment.value;
  const nameOf = namesFrom({ id: own.registerId, name: own.name }, session.peers.value);
  const told: Told = { nameOf, money: (amount) => formatMoney(amount, session.config.value?.currencyDigits) };
  const open = check.state === "open";
  const line = sheet?.kind === "line" ? check.lines.find((each) => each.id === sheet.id) : undefined;

  const add = async ({ sku, name, price, taxes }: MenuItem, modifiers: ModifierOption[]) => {
    const body = { kind: "line.add", check: check.id, sku, name, price, quantity: 1, taxes } as const;
    const outcome = await session.write({ ...body, taxes: [...taxes], ...(modifiers.length > 0 ? { modifiers } : {}) });
    setTrouble(outcome.ok ? null : outcome.message);
    if (outcome.ok) setSaid(`${name} added.`);
  };
  const close = () => setSheet(null);
  const toBoard = () => (location.hash = BOARD);

  return (
    <div class={`check check-shows-${open ? side : "lines"} ${open ? "" : "check-closed"}`}>
      <header class="bar">
        <a class="back" href={BOARD}>
          <span class="back-word">Checks</span>
        </a>
        <h1 class="bar-title" tabIndex={-1}>
          <span class="spoken">Check</span> {check.number}
        </h1>
        <button type="button" class="who" onClick={() => setSheet({ kind: "details" })}>
          <span class="spoken">Table, name and guests:</span> {whoWords(check)}
        </button>
        <SyncWord session={session} />
      </header>
      <main class="check-main">
        <section class="check-lines" aria-label="On this check">
          <div class="check-scroll">
            <Flags check={check} told={told} />
            <Lines check={check} told={told} onChoose={({ id }: Line) => setSheet({ kind: "line", id })} />
            <TotalsList check={check} told={told} />
            <Story check={check} told={told} now={session.clock.value} />
          </div>
        </section>
        {open && (
          <section class="check-menu" aria-label="Menu">
            <Menu session={session} onAdd={add} />
          </section>
        )}
      </main>
      <footer class="check-foot">
        <TroubleNote text={trouble} />
        {open && <Sides side={side} count={standing(check)} onChoose={setSide} />}
        <Foot session={session} check={check} told={told} onPay={() => setSheet({ kind: "pay" })} onClosed={toBoard} />
      </footer>
      <span class="spoken" role="status">{said}</span>
      {sheet?.kind === "pay" && <PaySheet session={session} check={check} onClose={close} onSettled={toBoard} />}
      {sheet?.kind === "details" && <DetailsSheet session={session} check={check} onClose={close} />}
      {line && <LineSheet session={session} check={check} line={line} nameOf={nameOf} onClose={close} />}
    </div>
  );
}

function Flags({ check, told }: { check: Check; told: Told }) {
  return check.flags.map((flag) => (
    <p key={flag.code} class="flag">
      <StateMark mark="look" />
      <span>{flagSentences(flag, check, told)}</span>
    </p>
  ));
}

function Sides({ side, count, onChoose }: { side: Side; count: number; onChoose: (side: Side) => void }) {
  return (
    <div class="sides" role="group" aria-label="Show">
      <button type="button" class="tab" aria-pressed={side === "lines"} onClick={() => onChoose("lines")}>
        On the check <span class="tab-count">{count}</span>
      </button>
      <button type="button" class="tab" aria-pressed={side === "menu"} onClick={() => onChoose("menu")}>Menu</button>
    </div>
  );
}

interface FootProps {
  readonly session: Session;
  readonly check: Check;
  readonly told: Told;
  readonly onPay: () => void;
  readonly onClosed: () => void;
}

function Foot({ session, check, told, onPay, onClosed }: FootProps) {
  const action = useAction();
  const figure = figureOf(check);
  const closing = async () => {
    if (await action.run(() => closeCheck(session, check.id))) onClosed();
  };
  return (
    <>
      <TroubleNote text={action.trouble} />
      <div class="pay">
        <p class="pay-due">
          <span class="soft">{figure.name}</span>
          <span class="figure">{told.money(figure.amount)}</span>
        </p>
        {check.due > 0 && <Button kind="main" onPress={onPay}>Pay {told.money(check.due)}</Button>}
        {check.due <= 0 && check.state === "open" && (
          <Button kind={check.lines.length > 0 ? "main" : "plain"} onPress={closing} busy={action.busy}>
            Close check
          </Button>
        )}
      </div>
    </>
  );
}

function standing(check: Check): number {
  return check.lines.reduce((sum, line) => sum + (line.voided ? 0 : line.quantity), 0);
}

function whoWords(check: Check): string {
  return [whereOf(check), guestWords(check.guests)].filter(Boolean).join(" · ") || "Add table or name";
}
