/** Checks as cards that stay where they are. */
import { useRef } from "preact/hooks";
import type { Check } from "../../shared/check/check.ts";
import { sayDateAndClock, saySpan } from "../lib/time.ts";
import { StateMark } from "../ui/state_mark.tsx";
import { figureOf, guestWords, whereOf } from "./board_view.ts";
import { FlagNotes } from "./flag_notes.tsx";
import { flagWord } from "./flag_words.ts";
import { LAG_MS } from "./mark_words.ts";
import { cardHere } from "./here_words.ts";
import { keepPlaces } from "./places.ts";
import { checkHash, payHash } from "./route.ts";
import { cardSeen } from "./seen_words.ts";
import type { Session } from "./session.ts";
import { flagsToTell } from "./settle.ts";
import { toldOf } from "./told_of.ts";

const SEEN_AFTER_MS = 15_000; // others say what they hold every few seconds: sooner a word would only flicker

interface CardsProps {
  readonly session: Session;
  readonly checks: readonly Check[];
}

/** Mounted anew for each look at a tab, so that places that were left standing close up then and not before. */
function usePlaces({ session, checks }: CardsProps): { check: Check; gone: boolean }[] {
  const stood = useRef<string[]>([]);
  stood.current = keepPlaces(stood.current, checks.map((check) => check.id));
  const shown = new Set(checks.map((check) => check.id));
  return stood.current.flatMap((id) => {
    const check = session.check(id);
    return check ? [{ check, gone: !shown.has(id) }] : [];
  });
}

export function Cards(props: CardsProps) {
  return (
    <ul class="cards">
      {usePlaces(props).map(({ check, gone }) => (
        <li key={check.id}>
          <Card session={props.session} check={check} gone={gone} />
        </li>
      ))}
    </ul>
  );
}

/** What needs attention: each check with its questions and their answers. */
export function Questions(props: CardsProps) {
  const { session } = props;
  return (
    <ul class="questions">
      {usePlaces(props).map(({ check, gone }) => (
        <li key={check.id} class="question">
          <Card session={session} check={check} gone={gone} />
          <div class="stack">
            <FlagNotes session={session} check={check} onPay={() => (location.hash = payHash(check.id))} />
            {gone && <p class="soft" role="status">Settled.</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Card({ session, check, gone }: { session: Session; check: Check; gone: boolean }) {
  const { money, nameOf } = toldOf(session);
  const ended = check.state === "closed" || check.state === "void";
  const where = whereOf(check) ?? (check.state === "awaited" ? "Not all here yet" : undefined);
  const facts = [
    guestWords(check.guests),
    check.owner,
    ended ? ending(check, session.clock.value) : age(check, session.clock.value),
  ].filter(Boolean);
  return (
    <a class={gone ? "card card-gone" : "card"} href={checkHash(check.id)}>
      <span class="card-head">
        <span class="card-number">{check.number}</span>
        <span class="card-due">{money(check.due < 0 ? check.due : figureOf(check).amount)}</span>
      </span>
      {where && <span class="card-where">{where}</span>}
      <Facts
        usual={facts.join(" · ")}
        here={cardHere(session.othersIn(check.id), nameOf)}
        guests={guestWords(check.guests)}
      />
      <CardMarks session={session} check={check} />
    </a>
  );
}

/** Who is here stands over the usual facts, in their place: nothing moves when somebody comes or goes. */
function Facts({ usual, here, guests }: { usual: string; here: string | undefined; guests: string | undefined }) {
  return (
    <span class="card-facts soft">
      <span class={here && "card-facts-under"}>{usual}</span>
      {here && <span class="card-here">{[here, guests].filter(Boolean).join(" · ")}</span>}
    </span>
  );
}

function CardMarks({ session, check }: { session: Session; check: Check }) {
  const age = session.clock.value - check.changedAt.ms;
  const alone = session.unsyncedOf(check.id);
  const speaks = alone > 0 ? session.state.value !== "online" || age > LAG_MS : age > SEEN_AFTER_MS;
  const seen = speaks && check.state !== "void" ? cardSeen(session.seenBy(check.id), alone) : undefined;
  return (
    <>
      {flagsToTell(check).map((flag) => (
        <span key={flag.code} class="card-mark card-look">
          <StateMark mark="look" word="" /> {flagWord(flag)}
        </span>
      ))}
      {seen && (
        <span class="card-mark soft">
          <StateMark mark="unknown" word="" /> {seen}
        </span>
      )}
    </>
  );
}

function age(check: Check, now: number): string {
  const ms = now - (check.openedAt?.ms ?? check.changedAt.ms);
  return ms < 60_000 ? "just now" : saySpan(ms);
}

function ending(check: Check, now: number): string {
  const verb = check.state === "void" ? "voided" : "closed";
  return `${verb} ${sayDateAndClock(check.closedAt?.ms ?? check.changedAt.ms, now)}`;
}
