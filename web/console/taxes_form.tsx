/** The venue's taxes: name, rate in percent, and whether prices contain it. */
import { useState } from "preact/hooks";
import { type MenuResponse, TaxesResponse } from "../../shared/config_api.ts";
import type { VenueTax } from "../../shared/menu.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { showToast } from "./state.ts";
import { readRate, writeRate } from "./tax_rate.ts";

const MODES = [{ value: "exclusive", text: "On top" }, { value: "inclusive", text: "In the price" }] as const;

interface Draft {
  readonly id?: string; // absent: new
  readonly name: string;
  readonly rate: string;
  readonly mode: VenueTax["mode"];
}

interface TaxesFormProps {
  readonly menu: MenuResponse;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

export function TaxesForm({ menu, onBack, onChanged }: TaxesFormProps) {
  const [drafts, setDrafts] = useState<readonly Draft[]>(
    menu.taxes.map(({ id, name, rate, mode }) => ({ id, name, rate: writeRate(rate), mode })),
  );
  const [asked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (at: number, next: Partial<Draft>) =>
    setDrafts(drafts.map((draft, index) => index === at ? { ...draft, ...next } : draft));

  async function save(event: Event) {
    event.preventDefault();
    setAsked(true);
    const taxes = drafts.map((draft) => ({ ...draft, name: draft.name.trim(), rate: readRate(draft.rate) }));
    if (taxes.some(({ name, rate }) => name === "" || rate === undefined)) return;
    setBusy(true);
    const answer = await request(TaxesResponse, "/api/taxes", { method: "PUT", body: { taxes } });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.issues?.[0]?.message ?? answer.message);
    showToast("Taxes are saved. Checks that are open keep the old ones.");
    onChanged();
  }

  return (
    <form class="form form-dialog" onSubmit={save} noValidate>
      {drafts.length === 0 && <p class="soft">There are no taxes: a price is what a guest pays.</p>}
      {drafts.map((draft, at) => (
        <fieldset key={draft.id ?? `new-${at}`} class="tax">
          <legend class="spoken">{draft.name || "New tax"}</legend>
          <Field
            label="Name"
            value={draft.name}
            onInput={(name) => change(at, { name })}
            trouble={asked && draft.name.trim() === "" ? "It needs a name." : undefined}
            maxLength={30}
          />
          <Field
            label="Percent"
            value={draft.rate}
            onInput={(rate) => change(at, { rate })}
            trouble={asked && readRate(draft.rate) === undefined ? "A number from 0 to 100, as 8.875." : undefined}
            inputMode="decimal"
            maxLength={8}
          />
          <Choice label="How it counts" options={MODES} value={draft.mode} onChoose={(mode) => change(at, { mode })} />
          <Button
            kind="quiet"
            label={`Remove ${draft.name || "this tax"}`}
            onPress={() => setDrafts(drafts.filter((_, index) => index !== at))}
          >
            Remove
          </Button>
        </fieldset>
      ))}
      {trouble && <p class="form-trouble" role="alert">{trouble}</p>}
      <div class="row">
        <Button kind="main" type="submit" busy={busy}>Save taxes</Button>
        <Button onPress={() => setDrafts([...drafts, { name: "", rate: "", mode: "exclusive" }])}>Add a tax</Button>
        <Button onPress={onBack}>Back</Button>
      </div>
    </form>
  );
}
