/** What the venue sells, by category. A tap puts one on the check. */
import { useRef, useState } from "preact/hooks";
import { categoriesOf, type MenuItem, type ModifierOption } from "../../shared/menu.ts";
import { formatMoney } from "../../shared/money.ts";
import { Empty } from "../ui/states.tsx";
import { DIAGNOSTICS } from "./route.ts";
import { ModifierSheet } from "./modifier_sheet.tsx";
import type { Session } from "./session.ts";

interface MenuProps {
  readonly session: Session;
  readonly onAdd: (item: MenuItem, modifiers: ModifierOption[]) => Promise<unknown>;
}

export function Menu({ session, onAdd }: MenuProps) {
  const config = session.config.value;
  const categories = categoriesOf(config?.menu ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState<MenuItem | null>(null); // how this one is wanted
  const money = (amount: number) => formatMoney(amount, config?.currencyDigits);
  const add = async (item: MenuItem) => item.modifiers.length > 0 ? setAsking(item) : await onAdd(item, []);
  const category = categories.find(({ name }) => name === chosen) ?? categories[0];
  if (!category) return <NoMenu />;
  return (
    <div class="menu">
      <div class="categories" role="group" aria-label="Category">
        {categories.map(({ name }) => (
          <button
            key={name}
            type="button"
            class="category"
            aria-pressed={name === category.name ? "true" : "false"}
            onClick={() => setChosen(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <ul class="items">
        {category.items.map((item) => (
          <li key={item.sku}>
            <ItemButton item={item} price={money(item.price)} onAdd={add} />
          </li>
        ))}
      </ul>
      {asking && (
        <ModifierSheet
          key={asking.sku}
          item={asking}
          money={money}
          onAdd={(modifiers) => onAdd(asking, modifiers)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

interface ItemButtonProps {
  readonly item: MenuItem;
  readonly price: string;
  readonly onAdd: (item: MenuItem) => Promise<unknown>;
}

/** Busy until the line is safe in storage. It is not disabled meanwhile: that would take the focus away. */
function ItemButton({ item, price, onAdd }: ItemButtonProps) {
  const inFlight = useRef(false);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    if (inFlight.current) return;
    inFlight.current = true;
    setBusy(true);
    await onAdd(item);
    inFlight.current = false;
    setBusy(false);
  };
  return (
    <button type="button" class="item" onClick={add} aria-busy={busy ? "true" : undefined}>
      <span class="item-name">{item.name}</span>
      <span class="item-price">{price}</span>
    </button>
  );
}

function NoMenu() {
  return (
    <Empty title="The menu is not here yet">
      <p class="soft">
        It comes from the hub with the first connection. Open <a href={DIAGNOSTICS}>Diagnostics</a> and tap Get Updates.
      </p>
    </Empty>
  );
}
