/** What a manager may set: whether registers sync, when a day begins, which app version is the latest, and how this page looks. */
import { useState } from "preact/hooks";
import { z } from "zod";
import { Settings, type SettingsRequest, type View } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { chooseTheme, readTheme, type Theme } from "../lib/theme.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { DayBegins } from "./day_begins.tsx";
import { go, goHome } from "./route.ts";
import { loadSession, showToast } from "./state.ts";
import { sayList } from "./words.ts";

const THEME_OPTIONS = [
  { value: "auto", text: "As the system" },
  { value: "light", text: "Light" },
  { value: "dark", text: "Dark" },
] as const;

interface SettingsProps {
  readonly view: View;
  readonly onClose: () => void;
}

export function SettingsDialog({ view, onClose }: SettingsProps) {
  return (
    <Dialog title="Settings" onClose={onClose}>
      <section class="setting" aria-labelledby="sold">
        <h3 id="sold">What registers get from here</h3>
        <div class="row">
          <Button onPress={() => go({ kind: "menu" })}>Menu and taxes</Button>
          <Button onPress={() => go({ kind: "staff" })}>Staff and PINs</Button>
        </div>
      </section>
      <section class="setting" aria-labelledby="times">
        <h3 id="times">When somebody is told</h3>
        <div class="row">
          <Button onPress={() => go({ kind: "hours" })}>Opening hours</Button>
          <Button onPress={() => go({ kind: "maintenance" })}>Maintenance</Button>
        </div>
      </section>
      <section class="setting" aria-labelledby="measured">
        <h3 id="measured">How the network is measured</h3>
        <p class="soft">Whom the hub asks whether the internet is there, and how often.</p>
        <Button onPress={() => go({ kind: "probing" })}>Measuring</Button>
      </section>
      <SyncSetting view={view} />
      <DayBegins begins={view.venue.settings.dayBegins} />
      <VersionSetting latest={view.venue.settings.latestVersion} />
      <section class="setting" aria-labelledby="notices">
        <h3 id="notices">Notices</h3>
        <p class="soft">Who is told when something is wrong, and whether this device rings.</p>
        <Button onPress={() => go({ kind: "notices" })}>Notices</Button>
      </section>
      <ThemeSetting />
      <SignOut />
    </Dialog>
  );
}

function SyncSetting({ view }: { readonly view: View }) {
  const on = view.venue.settings.sync;
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const openShifts = view.registers.filter((register) => register.shiftOpen).map(({ name }) => name);
  async function change() {
    setBusy(true);
    setTrouble(await save({ sync: !on }));
    setBusy(false);
    setAsking(false);
  }
  return (
    <section class="setting" aria-labelledby="sync">
      <h3 id="sync">Sync is {on ? "on" : "off"}</h3>
      <p class="soft">
        {on ? "Registers share their open checks." : "Each register keeps its checks to itself. Nothing is shared."}
      </p>
      {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
      {!asking
        ? <Button onPress={() => setAsking(true)}>{on ? "Switch sync off" : "Switch sync on"}</Button>
        : (
          <div class="confirm" role="alert">
            <p>{sayShifts(openShifts)}</p>
            {on && <p>Until it is on again, a check is on the register where it was opened, and only there.</p>}
            <div class="row">
              <Button kind={openShifts.length > 0 || on ? "danger" : "main"} busy={busy} onPress={change}>
                {on ? "Switch off" : "Switch on"}
              </Button>
              <Button onPress={() => setAsking(false)}>Leave it</Button>
            </div>
          </div>
        )}
    </section>
  );
}

/** The article's own warning: close all shifts before sync is switched either way. */
function sayShifts(names: readonly string[]): string {
  if (names.length === 0) return "No register has an open shift, as far as is known. This is a good moment.";
  const has = names.length === 1 ? "has an open shift" : "have open shifts";
  return `${sayList(names)} ${has}. Close ${
    names.length === 1 ? "it" : "them"
  } first: switching now can end the app in the middle of a sale.`;
}

function VersionSetting({ latest }: { readonly latest: string | null }) {
  const [version, setVersion] = useState(latest ?? "");
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function submit(event: Event) {
    event.preventDefault();
    setBusy(true);
    setTrouble(await save({ latestVersion: version.trim() === "" ? null : version.trim() }));
    setBusy(false);
  }
  return (
    <form class="inline-form" onSubmit={submit} noValidate>
      <Field
        label="Latest version of the app"
        note="Registers on an older one are named under To do. Leave it empty to not compare."
        value={version}
        onInput={setVersion}
        trouble={trouble}
        maxLength={40}
      />
      <Button type="submit" busy={busy} disabled={version.trim() === (latest ?? "")}>Save</Button>
    </form>
  );
}

function ThemeSetting() {
  const [theme, setTheme] = useState<Theme>(readTheme());
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <section class="setting" aria-labelledby="look">
      <h3 id="look">Look of this page</h3>
      <Choice label="Look" options={THEME_OPTIONS} value={theme} onChoose={choose} />
    </section>
  );
}

function SignOut() {
  const [trouble, setTrouble] = useState<string>();
  async function leave() {
    const answer = await request(z.unknown(), "/api/sign-out", { method: "POST", body: {} });
    if (!answer.ok) return setTrouble(answer.message);
    goHome();
    await loadSession();
  }
  return (
    <section class="setting">
      {trouble && <p class="field-trouble" role="alert">{trouble}</p>}
      <Button kind="quiet" onPress={leave}>Sign out</Button>
    </section>
  );
}

/** Returns what went wrong, in words, or nothing. */
async function save(settings: z.infer<typeof SettingsRequest>): Promise<string | undefined> {
  const answer = await request(Settings, "/api/settings", { method: "PATCH", body: settings });
  if (!answer.ok) return answer.message;
  showToast("Saved.");
}
