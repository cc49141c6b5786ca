/** Diagnostics: who sells here and how they are, Get Updates, and what this register knows of itself. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sayDateAndClock } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { useAction } from "./action.ts";
import type { Aside, Books } from "./books.ts";
import { DamagedNote } from "./damaged_note.tsx";
import { ComplaintNote } from "./complaint_note.tsx";
import { changes } from "./mark_words.ts";
import { Without } from "./without.tsx";
import { NewerWord } from "./newer_word.tsx";
import { PeerList } from "./peer_list.tsx";
import type { Register } from "./register.ts";
import { BOARD } from "./route.ts";
import type { Session } from "./session.ts";
import { sessionWords } from "./session_words.ts";
import { keepingWords } from "./storage_words.ts";
import { SignalToken } from "./signal_token.tsx";
import { SyncWord } from "./sync_word.tsx";
import { TroubleNote } from "./trouble_note.tsx";
import { APP } from "./app_info.ts";
import { WalkSection } from "./walk_section.tsx";

interface DiagnosticsProps {
  readonly session: Session;
  readonly register: Register;
}

export function Diagnostics({ session, register }: DiagnosticsProps) {
  return (
    <div class="diagnostics">
      <header class="bar">
        <a class="back" href={BOARD}>Checks</a>
        <h1 class="bar-title" tabIndex={-1}>Diagnostics</h1>
        <SyncWord session={session} />
      </header>
      <main class="page">
        <ComplaintNote session={session} />
        <DamagedNote register={register} session={session} />
        <Updates session={session} />
        <Advice session={session} />
        <PeerList session={session} />
        <WalkSection walk={session.walk} />
        <OwnFacts session={session} register={register} />
        <SignalToken session={session} />
        <SetAside books={register.books} />
        <Without
          startsAlone={register.shell.startsAlone.value}
          keepsForGood={register.kept.keeping.value === "granted"}
          unsynced={session.unsynced.value}
        />
      </main>
    </div>
  );
}

function Updates({ session }: { session: Session }) {
  const action = useAction();
  const [told, setTold] = useState("");
  const fetch = () =>
    action.run(async () => {
      setTold("");
      const updates = await session.getUpdates();
      if (updates.ok) {
        setTold(updates.changed.length > 0 ? updates.changed.join(" ") : "Menu and settings are current.");
      }
      return updates;
    });
  return (
    <section class="stack" aria-label="Updates">
      <div class="row">
        <Button kind="main" onPress={fetch} busy={action.busy}>Get Updates</Button>
        <span class="soft">Fetches menu and settings, and compares changes with the hub at once.</span>
      </div>
      <p role="status">{told}</p>
      <TroubleNote text={action.trouble} />
    </section>
  );
}

/** What the hub has found about this register. */
function Advice({ session }: { session: Session }) {
  const findings = session.findings.value;
  if (findings.length === 0) return null;
  return (
    <section class="stack">
      <h2>To do</h2>
      <ul class="stack">
        {findings.map(({ code, severity, title, text }) => (
          <li key={code} class="flag">
            <StateMark mark={severity === "fail" ? "act" : severity === "warn" ? "look" : "unknown"} />
            <span>
              <strong>{title}</strong> {text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnFacts({ session, register }: DiagnosticsProps) {
  const { name, letter, venue, registerId } = session.enrolment.value;
  const config = session.config.value;
  const now = session.clock.value;
  const kept = session.unsynced.value;
  const since = session.awaySince.value ?? session.stateSince.value;
  return (
    <section class="stack">
      <h2>This register</h2>
      <dl class="facts">
        <Fact name="Name">{name}, letter {letter}, of {venue}</Fact>
        <Fact name="Hub">
          {location.origin}, {sessionWords(session.state.value)} {sayDateAndClock(since, now)}
        </Fact>
        <Fact name="Changes on this register only">{kept === 0 ? "none" : changes(kept)}</Fact>
        <Fact name="Menu and settings">{config ? `version ${config.version}` : "not here yet"}</Fact>
        <Fact name="App">
          version {APP.version} <NewerWord shell={register.shell} />
        </Fact>
        <Fact name="Screen">
          {register.screen.state().wakeLock ? "kept on by this page" : "goes off as the device is set"}
        </Fact>
        <Fact name="Storage">{keepingWords(register.kept.keeping.value)}</Fact>
        <Fact name="Register id">{registerId}</Fact>
        <Fact name="Writes as">{session.replicaId}</Fact>
      </dl>
      {session.state.value === "refused" && (
        <p>
          <a class="button" href="#code=">Enrol again</a>
        </p>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Changes made for another venue, which this one must not get. */
function SetAside({ books }: { books: Books }) {
  const [aside, setAside] = useState<readonly Aside[]>([]);
  useEffect(() => {
    books.aside().then(setAside, () => {});
  }, []);
  if (aside.length === 0) return null;
  return (
    <section class="stack">
      <h2>Kept for another venue</h2>
      <ul class="plain-list">
        {aside.map(({ venue, unsynced }) => (
          <li key={venue}>
            {changes(unsynced)} made at {venue} reached nobody. Enrol this device there again to hand them over.
          </li>
        ))}
      </ul>
    </section>
  );
}
