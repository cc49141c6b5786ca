/** Making the report: sign it with a name; and the reports that were signed before. */
import { useState } from "preact/hooks";
import { type InstallView, ReportResponse } from "../../../shared/install_api.ts";
import { request } from "../../lib/http.ts";
import { sayDateAndClock } from "../../lib/time.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text_area.tsx";
import { now } from "../state.ts";
import { installer, keepName, load } from "./state.ts";
import { sayTotals } from "./words.ts";

export function Reports({ view }: { readonly view: InstallView }) {
  const [by, setBy] = useState(installer.value);
  const [note, setNote] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const sign = async (event: Event) => {
    event.preventDefault();
    if (by.trim() === "") return setTrouble("A report is signed with a name.");
    setBusy(true);
    const signed = await request(ReportResponse, "/api/install/reports", {
      method: "POST",
      body: { by: by.trim(), note },
    });
    setBusy(false);
    if (!signed.ok) return setTrouble(signed.message);
    keepName(by.trim());
    location.hash = `#/report/${signed.data.report.id}`;
    void load();
  };
  return (
    <section id="reports" tabIndex={-1} aria-labelledby="reports-title">
      <div class="section-head">
        <h2 id="reports-title">Report</h2>
      </div>
      <form class="sign" onSubmit={sign} noValidate>
        <Field label="Signed by" value={by} onInput={setBy} trouble={trouble} maxLength={60} autoCapitalize="words" />
        <TextArea label="Note" value={note} onInput={setNote} rows={2} />
        <Button type="submit" kind="main" busy={busy}>Make the report</Button>
      </form>
      <ul>
        {view.reports.map((report) => (
          <li key={report.id} class="report-line">
            <a href={`#/report/${report.id}`}>{sayDateAndClock(Date.parse(report.at), now.value)}, {report.by}</a>
            <span class="small soft">{sayTotals(report.totals)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
