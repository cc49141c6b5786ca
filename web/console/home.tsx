/** The venue on one page: the verdict first, then the picture, what to do, the registers, and what happened. */
import type { View } from "../../shared/api.ts";
import { sayClock } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { AddRegister } from "./add_register.tsx";
import { Bell } from "./bell.tsx";
import { HoursDialog } from "./hours_dialog.tsx";
import { ProbingDialog } from "./probing_dialog.tsx";
import { IncidentDetail } from "./incident_detail.tsx";
import { Guide } from "./guide.tsx";
import { Incidents } from "./incidents.tsx";
import { MaintenanceDialog } from "./maintenance_dialog.tsx";
import { MenuDialog } from "./menu_dialog.tsx";
import { NoticesDialog } from "./notices_dialog.tsx";
import { Picture } from "./picture.tsx";
import { RegisterDetail } from "./register_detail.tsx";
import { Registers } from "./registers.tsx";
import { go, goHome, route } from "./route.ts";
import { SettingsDialog } from "./settings.tsx";
import { StaffDialog } from "./staff_dialog.tsx";
import { connection, loadView, now, shown } from "./state.ts";
import { Todo } from "./todo.tsx";
import { Uptime } from "./uptime.tsx";
import { Verdict } from "./verdict.tsx";

export function Home() {
  const current = shown.value;
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
          <Failed what="the venue" message={current.message} onRetry={loadView} />
        </main>
      );
    case "ready":
      return <Venue view={current.data} />;
  }
}

function Venue({ view }: { readonly view: View }) {
  return (
    <div class="page">
      <header class="top">
        <h1 class="top-venue">{view.venue.name}</h1>
        <Clock />
        <Bell view={view} />
        <Button kind="quiet" onPress={() => go({ kind: "settings" })}>Settings</Button>
      </header>
      {view.registers.length === 0 ? <First view={view} /> : <Running view={view} />}
      <footer class="foot small soft">
        <span>Hub {view.hub.version}</span>
        <a href="/install">Installer’s list and report</a>
        {view.hub.urls.map((url) => <span key={url}>{url}</span>)}
      </footer>
      <Over view={view} />
    </div>
  );
}

/** It stands still when the hub is away: a clock that goes on would say that all is well. */
function Clock() {
  const away = connection.value.kind === "lost";
  return <p class="top-clock">{away ? "––:––" : sayClock(now.value)}</p>;
}

function Running({ view }: { readonly view: View }) {
  return (
    <main class="home">
      <Verdict view={view} />
      <div class="column column-left">
        <Picture view={view} />
        <Todo view={view} />
      </div>
      <div class="column column-right">
        <Registers view={view} />
        <Incidents view={view} />
        <Uptime />
      </div>
    </main>
  );
}

/** A venue without registers has one thing to do, and shows nothing that would be empty. */
function First({ view }: { readonly view: View }) {
  return (
    <main class="home home-first">
      <Verdict view={view} />
      <FirstRegister />
      {view.findings.length > 0 && <Todo view={view} />}
      {view.incidents.length > 0 && <Incidents view={view} />}
    </main>
  );
}

function FirstRegister() {
  return (
    <section aria-label="First register">
      <Empty title="No register is enrolled yet">
        <p class="soft">
          Add the first one: this page shows a code, and the register is here as soon as the code is typed or scanned on
          it.
        </p>
        <Button kind="main" onPress={() => go({ kind: "add" })}>Add a register</Button>
      </Empty>
    </section>
  );
}

/** What is open over the page. */
function Over({ view }: { readonly view: View }) {
  const open = route.value;
  switch (open.kind) {
    case "home":
      return null;
    case "guide":
      return <Guide key={open.id} run={view.runbooks.find(({ id }) => id === open.id)} onClose={goHome} />;
    case "add":
      return <AddRegister view={view} onClose={goHome} />;
    case "settings":
      return <SettingsDialog view={view} onClose={goHome} />;
    case "notices":
      return <NoticesDialog onClose={goHome} />;
    case "menu":
      return <MenuDialog onClose={() => go({ kind: "settings" })} />;
    case "hours":
      return <HoursDialog view={view} onClose={() => go({ kind: "settings" })} />;
    case "probing":
      return <ProbingDialog onClose={() => go({ kind: "settings" })} />;
    case "maintenance":
      return <MaintenanceDialog onClose={goHome} />;
    case "incident":
      return <IncidentDetail key={open.id} id={open.id} onClose={goHome} />;
    case "staff":
      return <StaffDialog view={view} onClose={() => go({ kind: "settings" })} />;
    case "register": {
      const register = view.registers.find(({ id }) => id === open.id);
      return register ? <RegisterDetail key={open.id} register={register} view={view} onClose={goHome} /> : null;
    }
  }
}
