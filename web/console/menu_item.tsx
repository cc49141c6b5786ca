/** One item of the menu: change it, add it, take it off. */
import { useState } from "preact/hooks";
import type { MenuResponse } from "../../shared/config_api.ts";
import { MenuEntry } from "../../shared/menu.ts";
import { NOTHING, request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { TextArea } from "../ui/text_area.tsx";
import { type DraftField, draftOf, type ItemDraft, readDraft, skuFrom } from "./item_draft.ts";
import { showToast } from "./state.ts";

const MODIFIERS_NOTE =
  "One line a group, as in “Size: Small | Large +1.50;”. After its name: ? for one or none, * for any number, + for at least one.";

interface ItemFormProps {
  readonly menu: MenuResponse;
  readonly sku: string | null;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

export function ItemForm({ menu, sku, onBack, onChanged }: ItemFormProps) {
  const before = menu.items.find((item) => item.sku === sku);
  const [draft, setDraft] = useState<ItemDraft>(draftOf(before, menu.currencyDigits, menu.taxes.map(({ id }) => id)));
  const [asked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const typed = before || draft.sku !== "" ? draft : { ...draft, sku: skuFrom(draft.name) };
  const read = readDraft(typed, menu.currencyDigits);
  const troubles = asked && !read.ok ? read.troubles : {};
  const set = (field: DraftField) => (value: string) => setDraft({ ...draft, [field]: value });

  async function save(event: Event) {
    event.preventDefault();
    setAsked(true);
    if (!read.ok) return;
    if (!before && menu.items.some((item) => item.sku === read.item.sku)) {
      return setTrouble(`Another item has the SKU “${read.item.sku}” already.`);
    }
    setBusy(true);
    const answer = await request(MenuEntry, pathOf(sku ?? read.item.sku), { method: "PUT", body: read.item });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.message);
    showToast(`${read.item.name} is saved. Registers get it now.`);
    onChanged();
  }

  return (
    <form class="form form-dialog" onSubmit={save} noValidate>
      <Field label="Name" value={draft.name} onInput={set("name")} trouble={troubles.name} maxLength={60} autoFocus />
      <div class="pair">
        <Field
          label="Category"
          value={draft.category}
          onInput={set("category")}
          trouble={troubles.category}
          maxLength={40}
          options={[...new Set(menu.items.map(({ category }) => category))]}
        />
        <Field label="Price" value={draft.price} onInput={set("price")} trouble={troubles.price} inputMode="decimal" />
      </div>
      <Taxes menu={menu} chosen={draft.taxes} onChange={(taxes) => setDraft({ ...draft, taxes })} />
      <TextArea
        label="Modifiers"
        note={MODIFIERS_NOTE}
        value={draft.modifiers}
        onInput={set("modifiers")}
        trouble={troubles.modifiers}
      />
      <Field
        label="SKU"
        note="A short name of its own, by which spreadsheets and reports know it."
        value={typed.sku}
        onInput={set("sku")}
        trouble={troubles.sku}
        maxLength={40}
      />
      {trouble && <p class="form-trouble" role="alert">{trouble}</p>}
      <div class="row">
        <Button kind="main" type="submit" busy={busy}>Save</Button>
        <Button onPress={onBack}>Back</Button>
        {before && <TakeOff item={before} onGone={onChanged} />}
      </div>
    </form>
  );
}

interface TaxesProps {
  readonly menu: MenuResponse;
  readonly chosen: readonly string[];
  readonly onChange: (taxes: string[]) => void;
}

function Taxes({ menu, chosen, onChange }: TaxesProps) {
  if (menu.taxes.length === 0) return null;
  return (
    <fieldset class="ticks">
      <legend class="field-label">Taxes</legend>
      {menu.taxes.map(({ id, name }) => (
        <label key={id} class="tick">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={() => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function TakeOff({ item, onGone }: { readonly item: MenuEntry; readonly onGone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  async function remove() {
    const answer = await request(NOTHING, pathOf(item.sku), { method: "DELETE" });
    if (!answer.ok) return setTrouble(answer.message);
    showToast(`${item.name} is off the menu.`);
    onGone();
  }
  if (!asking) return <Button kind="danger" onPress={() => setAsking(true)}>Take off the menu</Button>;
  return (
    <div class="confirm" role="alert">
      <p>{item.name} goes from every register. Checks that have it keep it.</p>
      {trouble && <p class="field-trouble">{trouble}</p>}
      <div class="row">
        <Button kind="danger" onPress={remove}>Take it off</Button>
        <Button onPress={() => setAsking(false)}>Keep it</Button>
      </div>
    </div>
  );
}

function pathOf(sku: string): string {
  return `/api/menu/items/${encodeURIComponent(sku)}`;
}
