/** Which of the installer's pages this is: the door, the list, or a signed report. */
import { Failed, Loading } from "../../ui/states.tsx";
import { Toast } from "../../ui/toast.tsx";
import { SignInForm } from "../sign_in_form.tsx";
import { loadSession, session, toast } from "../state.ts";
import { ListPage } from "./list_page.tsx";
import { ReportPage } from "./report_page.tsx";
import { install, load, openReport } from "./state.ts";

export function InstallerApp() {
  return (
    <>
      <Page />
      <Toast text={toast.value} />
    </>
  );
}

function Page() {
  const current = session.value;
  switch (current.kind) {
    case "loading":
      return <Door what="the venue" />;
    case "failed":
      return <Door what="the venue" message={current.message} onRetry={loadSession} />;
    case "ready":
      if (!current.data.setUp) return <NotSetUp />;
      if (!current.data.signedIn) return <SignInForm venue={current.data.venue} />;
      return openReport.value === null ? <List /> : <ReportPage key={openReport.value} id={openReport.value} />;
  }
}

function List() {
  const current = install.value;
  switch (current.kind) {
    case "loading":
      return <Door what="the list" />;
    case "failed":
      return <Door what="the list" message={current.message} onRetry={load} />;
    case "ready":
      return <ListPage view={current.data} />;
  }
}

function Door({ what, message, onRetry }: {
  readonly what: string;
  readonly message?: string;
  readonly onRetry?: () => void;
}) {
  return (
    <main class="door">
      {message === undefined ? <Loading what={what} /> : <Failed what={what} message={message} onRetry={onRetry} />}
    </main>
  );
}

function NotSetUp() {
  return (
    <main class="door">
      <h1 class="door-title">This hub is new</h1>
      <p>Set the venue up first. Then come back here.</p>
      <p>
        <a class="button button-main" href="/">Set up the venue</a>
      </p>
    </main>
  );
}
