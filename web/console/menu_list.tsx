/** Everything that is sold, by category, with its price; and the file to take it to a spreadsheet and back. */
import type { MenuResponse } from "../../shared/config_api.ts";
import { categoriesOf, type MenuEntry } from "../../shared/menu.ts";
import { formatMoney } from "../../shared/money.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/states.tsx";
import type { MenuPlace } from "./menu_place.ts";
import { sayCount } from "./words.ts";

interface MenuListProps {
  readonly menu: MenuResponse;
  readonly onGo: (place: MenuPlace) => void;
}

export function MenuList({ menu, onGo }: MenuListProps) {
  return (
    <>
      <div class="row">
        <Button kind="main" onPress={() => onGo({ kind: "item", sku: null })}>Add an item</Button>
        <Button onPress={() => onGo({ kind: "taxes" })}>{`Taxes (${menu.taxes.length})`}</Button>
      </div>
      {menu.items.length === 0 && (
        <Empty title="Nothing is on the menu">
          <p class="soft">Add an item, or take a whole menu from a file.</p>
        </Empty>
      )}
      {categoriesOf(menu.items).map(({ name, items }) => (
        <section key={name} class="menu-category" aria-label={name}>
          <h3>
            {name} <span class="soft menu-count">{sayCount(items.length, "item")}</span>
          </h3>
          <ul>
            {items.map((item) => (
              <li key={item.sku}>
                <Item item={item} digits={menu.currencyDigits} onChoose={() => onGo({ kind: "item", sku: item.sku })} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Files onFile={(file) => onGo({ kind: "import", file })} />
    </>
  );
}

function Item({ item, digits, onChoose }: { item: MenuEntry; digits: number; onChoose: () => void }) {
  return (
    <button type="button" class="menu-item" onClick={onChoose}>
      <span class="menu-item-words">
        {item.name}
        {item.modifiers.length > 0 && (
          <span class="soft small menu-item-note">{item.modifiers.map(({ name }) => name).join(", ")}</span>
        )}
      </span>
      <span class="menu-item-price">{formatMoney(item.price, digits)}</span>
    </button>
  );
}

function Files({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <section class="setting" aria-labelledby="spreadsheet">
      <h3 id="spreadsheet">In a spreadsheet</h3>
      <p class="soft">
        Download the menu, change it, and bring it back. What would change is shown before anything is taken.
      </p>
      <div class="row">
        <a class="button" href="/api/menu.csv" download="menu.csv">Download CSV</a>
        <a class="button" href="/api/menu.csv?separator=%3B" download="menu.csv">Download CSV with semicolons</a>
        <label class="button file-button">
          <input
            class="spoken"
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) onFile(file);
            }}
          />
          Bring a CSV back
        </label>
      </div>
      <p class="soft small">Where prices are written 4,50, Excel wants semicolons.</p>
    </section>
  );
}
