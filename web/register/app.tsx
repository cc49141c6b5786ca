/** Which page is shown: by the phase of the register, the state of its session, and the address. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Loading } from "../ui/states.tsx";
import { Board } from "./board.tsx";
import type { Tab } from "./board_view.ts";
import { CheckPage } from "./check_page.tsx";
import { Diagnostics } from "./diagnostics.tsx";
import { EnrolPage } from "./enrol_page.tsx";
import type { Enrolment } from "./kept.ts";
import type { Register } from "./register.ts";
import { readRoute, type Route } from "./route.ts";
import type { Session } from "./session.ts";
import { ShiftPage } from "./shift_page.tsx";
import { SignInPage } from "./sign_in_page.tsx";
import { EnrolledAlready, Outdated, Plain, Refused, Replaced } from "./standstill.tsx";

const tab = signal<Tab>("all");
const route = signal<Route>({ page: "board" });
const code = signal<string | null>(null); // of an enrolment link that was opened, until it is used or put aside

function follow(): void {
  const next = readRoute(location.hash);
  if (next.page === "enrol") {
    code.value = next.code;
    history.replaceState(null, "", location.pathname); // it is a secret, and good for once
  }
  route.value = next;
  scrollTo(0, 0);
}

follow();
addEventListener("hashchange", follow);

export function App({ register }: { readonly register: Register }) {
  const phase = register.phase.value;
  switch (phase.kind) {
    case "starting":
      return <Loading what="this register" />;
    case "unable":
      return (
        <Plain title="Checks cannot be kept here">
          <p>{phase.message}</p>
        </Plain>
      );
    case "new":
      return (
        <EnrolPage
          key={code.value}
          code={code.value ?? ""}
          name=""
          onEnrolled={(enrolment) => enrolled(register, enrolment)}
        />
      );
    case "working": {
      const { session } = phase;
      return <Working key={session.enrolment.value.registerId} register={register} session={session} />;
    }
  }
}

function Working({ register, session }: { register: Register; session: Session }) {
  const [enrolling, setEnrolling] = useState(false);
  const [alone, setAlone] = useState(false); // staff chose to go on without the hub
  const enrol = () => setEnrolling(true);
  const goOn = () => {
    setEnrolling(false);
    code.value = null;
  };
  const refused = session.state.value === "refused";
  if (enrolling || (refused && code.value !== null)) {
    return (
      <EnrolPage
        key={code.value}
        code={code.value ?? ""}
        name={session.enrolment.value.name}
        onBack={goOn}
        onEnrolled={(enrolment) => enrolled(register, enrolment)}
      />
    );
  }
  if (code.value !== null) return <EnrolledAlready session={session} onEnrol={enrol} onGoOn={goOn} />;
  switch (session.state.value) {
    case "replaced":
      return <Replaced session={session} />;
    case "outdated":
      return <Outdated session={session} shell={register.shell} />;
    case "refused":
      return alone
        ? <Page register={register} session={session} />
        : <Refused session={session} onEnrol={enrol} onGoOn={() => setAlone(true)} />;
    default:
      return <Page register={register} session={session} />;
  }
}

async function enrolled(register: Register, enrolment: Enrolment): Promise<void> {
  await register.enrolled(enrolment);
  code.value = null;
}

function Page({ register, session }: { register: Register; session: Session }) {
  const page = route.value;
  const duty = session.duty.state.value;
  if (duty.kind === "locked" && page.page !== "diagnostics") return <SignInPage session={session} staff={duty.staff} />;
  useEffect(() => document.querySelector("h1")?.focus(), [page]); // a reader hears where it is; the keyboard goes on from there
  switch (page.page) {
    case "check":
      return <CheckPage key={page.id} session={session} id={page.id} opens={page.opens} />;
    case "shift":
      return <ShiftPage session={session} />;
    case "diagnostics":
      return <Diagnostics session={session} register={register} />;
    case "board":
    case "enrol":
      return <Board session={session} tab={tab} register={register} />;
  }
}
