/** Pages that stand in the way because a person has to decide: let go by the hub, open elsewhere, too old. */
import type { ComponentChildren } from "preact";
import { Button } from "../ui/button.tsx";
import { leftBehind } from "./enrol_words.ts";
import { changes } from "./mark_words.ts";
import type { Session } from "./session.ts";
import type { Shell } from "./shell.ts";

interface PlainProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Plain({ title, children }: PlainProps) {
  return (
    <main class="page page-narrow stack">
      <h1>{title}</h1>
      {children}
    </main>
  );
}

interface RefusedProps {
  readonly session: Session;
  readonly onEnrol: () => void;
  readonly onGoOn: () => void;
}

export function Refused({ session, onEnrol, onGoOn }: RefusedProps) {
  const { name, venue } = session.enrolment.value;
  return (
    <Plain title={`${venue} has let this register go`}>
      <p>The hub does not know {name} any more: a manager took it off the list, or the hub was set up anew.</p>
      <p>{leftBehind(session.unsynced.value)}</p>
      <div class="row">
        <Button kind="main" onPress={onEnrol}>Enrol again</Button>
        <Button kind="quiet" onPress={onGoOn}>Go on without the hub</Button>
      </div>
    </Plain>
  );
}

export function Replaced({ session }: { readonly session: Session }) {
  return (
    <Plain title="This register is open in another tab">
      <p>One tab at a time is in touch with the hub. What was done here is safe and shows there too.</p>
      <div class="row">
        <Button kind="main" onPress={() => session.useHere()}>Use it here</Button>
      </div>
    </Plain>
  );
}

export function Outdated({ session, shell }: { readonly session: Session; readonly shell: Shell }) {
  const kept = session.unsynced.value;
  return (
    <Plain title="The hub has a newer version">
      <p>This page is older than the hub and cannot talk to it. Load it again to get the new one.</p>
      {kept > 0 && <p>{changes(kept)} made here wait on this register, and are handed over after that.</p>}
      <div class="row">
        <Button kind="main" onPress={() => shell.take()}>Load the page again</Button>
      </div>
    </Plain>
  );
}

interface EnrolledAlreadyProps {
  readonly session: Session;
  readonly onEnrol: () => void;
  readonly onGoOn: () => void;
}

/** An enrolment link was opened on a device that is a register already. */
export function EnrolledAlready({ session, onEnrol, onGoOn }: EnrolledAlreadyProps) {
  const { name, venue } = session.enrolment.value;
  return (
    <Plain title={`This is ${name} already`}>
      <p>
        This device is enrolled at {venue} as{" "}
        {name}. A code is good for one register: keep it for another device, or use it here to begin again under a new
        name.
      </p>
      <div class="row">
        <Button kind="main" onPress={onGoOn}>Go on as {name}</Button>
        <Button onPress={onEnrol}>Enrol again</Button>
      </div>
    </Plain>
  );
}
