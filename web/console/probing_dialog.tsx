/** How the network is measured: whom the hub asks, how often, and how long it waits. */
import { useState } from "preact/hooks";
import { type Probing, ProbingView } from "../../shared/probing_api.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { draftOf, type ProbingDraft, type ProbingTrouble, readProbing } from "./probing_draft.ts";
import { showToast } from "./state.ts";
import { useLoaded } from "./use_loaded.ts";

const SETTINGS = "/api/probes/settings";

export function ProbingDialog({ onClose }: { readonly onClose: () => void }) {
  const [loaded, reload] = useLoaded(ProbingView, SETTINGS);
  return (
    <Dialog title="Measuring" onClose={onClose}>
      <p class="soft">
        By these the hub sees whether the internet is there. The usual ones are right for most shops. Name others where
        a firewall lets only some through, and wait longer where the line is slow, as by satellite.
      </p>
      {loaded.kind === "loading" && <Loading what="the settings" />}
      {loaded.kind === "failed" && <Failed what="the settings" message={loaded.message} onRetry={reload} />}
      {loaded.kind === "ready" && <ProbingForm view={loaded.data} onClose={onClose} />}
    </Dialog>
  );
}

function ProbingForm({ view, onClose }: { readonly view: ProbingView; readonly onClose: () => void }) {
  const [draft, setDraft] = useState<ProbingDraft>(draftOf(view.set ?? view.usual));
  const [trouble, setTrouble] = useState<ProbingTrouble>({});
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  async function save(set: Probing | null) {
    setBusy(true);
    const answer = await request(ProbingView, SETTINGS, { method: "PUT", body: { set } });
    setBusy(false);
    if (!answer.ok) return setRefused(answer.message);
    showToast(set === null ? "The network is measured as usual." : "Saved. It holds from the next round on.");
    onClose();
  }
  function submit(event: Event) {
    event.preventDefault();
    const read = readProbing(draft);
    setTrouble("trouble" in read ? read.trouble : {});
    if ("set" in read) void save(read.set);
  }
  const field = (name: keyof ProbingDraft, label: string, note?: string) => (
    <Field
      label={label}
      note={note}
      value={draft[name]}
      onInput={(typed) => setDraft({ ...draft, [name]: typed })}
      trouble={trouble[name]}
      inputMode={name.endsWith("Seconds") || name === "waitMs" ? "decimal" : "text"}
      maxLength={200}
    />
  );
  return (
    <form class="form form-dialog" onSubmit={submit} noValidate>
      {view.asksByFlag
        ? <p>Whom this hub asks was named when it was started, with --probe-targets. The times are set here.</p>
        : (
          <>
            {field("internet", "On the internet", "Two, of owners that do not share a fault. Empty: nobody is asked.")}
            {field("dns", "A public name server")}
            {field("dnsName", "A name to find", "Asked of the router and of that server.")}
            {field("portal", "A page that answers 204", "A sign-in page shows by what comes in its place.")}
            {field("time", "A time server", "Against it the hub's own clock is held.")}
          </>
        )}
      {field("roundSeconds", "Seconds from one round to the next", "A fault is told once two rounds agree.")}
      {field(
        "knockSeconds",
        "Seconds from one knock at the router to the next",
        "By it a dead router is seen at once.",
      )}
      {field("waitMs", "Seconds to wait for the internet", "A satellite answers in 0.7.")}
      {refused && <p class="form-trouble" role="alert">{refused}</p>}
      <div class="row">
        <Button kind="main" type="submit" busy={busy}>Save</Button>
        {view.set !== null && <Button busy={busy} onPress={() => save(null)}>As usual</Button>}
      </div>
    </form>
  );
}
