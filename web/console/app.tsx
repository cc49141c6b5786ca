/** Which page this is: the first run, the sign-in, or the venue. */
import { Toast } from "../ui/toast.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { Home } from "./home.tsx";
import { SetupForm } from "./setup_form.tsx";
import { SignInForm } from "./sign_in_form.tsx";
import { loadSession, session, toast } from "./state.ts";

export function App() {
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
      return (
        <main class="door">
          <Loading what="the venue" />
        </main>
      );
    case "failed":
      return (
        <main class="door">
          <Failed what="the venue" message={current.message} onRetry={loadSession} />
        </main>
      );
    case "ready":
      if (!current.data.setUp) return <SetupForm />;
      return current.data.signedIn ? <Home /> : <SignInForm venue={current.data.venue} />;
  }
}
