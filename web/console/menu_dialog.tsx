/** The menu and the venue's taxes: a list by category, and one thing at a time to change in it. */
import { useEffect, useState } from "preact/hooks";
import { MenuResponse } from "../../shared/config_api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { MenuImportPage } from "./menu_import.tsx";
import { ItemForm } from "./menu_item.tsx";
import { MenuList } from "./menu_list.tsx";
import type { MenuPlace } from "./menu_place.ts";
import { TaxesForm } from "./taxes_form.tsx";

const LIST: MenuPlace = { kind: "list" };

export function MenuDialog({ onClose }: { readonly onClose: () => void }) {
  const [menu, setMenu] = useState<Loaded<MenuResponse>>(LOADING);
  const [place, setPlace] = useState<MenuPlace>(LIST);
  async function load() {
    setMenu(toLoaded(await request(MenuResponse, "/api/menu")));
  }
  async function changed() {
    await load();
    setPlace(LIST);
  }
  useEffect(() => void load(), []);
  return (
    <Dialog title={titleOf(place)} size="wide" onClose={onClose}>
      {menu.kind === "loading" && <Loading what="the menu" />}
      {menu.kind === "failed" && <Failed what="the menu" message={menu.message} onRetry={load} />}
      {menu.kind === "ready" && (
        <Place
          menu={menu.data}
          place={place}
          onGo={setPlace}
          onBack={() => setPlace(LIST)}
          onChanged={changed}
        />
      )}
    </Dialog>
  );
}

interface PlaceProps {
  readonly menu: MenuResponse;
  readonly place: MenuPlace;
  readonly onGo: (place: MenuPlace) => void;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

function Place({ menu, place, onGo, onBack, onChanged }: PlaceProps) {
  switch (place.kind) {
    case "list":
      return <MenuList menu={menu} onGo={onGo} />;
    case "item":
      return <ItemForm key={place.sku} menu={menu} sku={place.sku} onBack={onBack} onChanged={onChanged} />;
    case "taxes":
      return <TaxesForm menu={menu} onBack={onBack} onChanged={onChanged} />;
    case "import":
      return <MenuImportPage file={place.file} onBack={onBack} onChanged={onChanged} />;
  }
}

function titleOf(place: MenuPlace): string {
  switch (place.kind) {
    case "list":
      return "Menu";
    case "item":
      return place.sku === null ? "New item" : "Item";
    case "taxes":
      return "Taxes";
    case "import":
      return "Menu from a file";
  }
}
