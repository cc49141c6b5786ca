/** Menu and taxes, for managers: one item at a time, or all of it as CSV with a look ahead. */
import { Hono } from "hono";
import { z } from "zod";
import { type MenuImport, type MenuResponse, TaxesRequest } from "../../shared/config_api.ts";
import { ITEMS_MAX, type Menu, MenuEntry } from "../../shared/menu.ts";
import { menuChanges } from "../../shared/menu_changes.ts";
import { readTable, type TableIssue, tableOf } from "../../shared/menu_table.ts";
import type { Hub } from "../hub.ts";
import type { ItemOutcome, MenuSettings } from "../menu.ts";
import type { Venue } from "../venue.ts";
import { type CsvReading, readCsv, SEPARATORS, writeCsv } from "./csv.ts";
import type { Env, Guard } from "./guard.ts";
import { body, query } from "./parse.ts";
import { Refusal } from "./refusal.ts";

export interface ConfigRoutesDeps {
  readonly hub: Hub;
  readonly venue: Venue;
  readonly menu: MenuSettings;
  readonly guard: Guard;
}

export function configRoutes({ hub, venue, menu, guard }: ConfigRoutesDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get("/menu", (c) => {
    guard.needManager(c);
    const { items, taxes } = menu.menu;
    const { configVersion: version, currencyDigits } = venue;
    return c.json({ version, currencyDigits, items: [...items], taxes: [...taxes] } satisfies MenuResponse);
  });

  routes.get("/menu.csv", (c) => {
    guard.needManager(c);
    const separator = query(c, "separator", z.enum(SEPARATORS).default(","));
    const style = { digits: venue.currencyDigits, decimal: separator === ";" ? "," : "." } as const;
    return c.body(writeCsv(tableOf(menu.menu, style), separator), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="menu.csv"',
      "cache-control": "no-store",
    });
  });

  routes.post("/menu", async (c) => {
    guard.needManager(c);
    const preview = query(c, "preview", z.enum(["true", "false"]).default("false")) === "true";
    const seen = query(c, "version", z.coerce.number().int().optional());
    const csv = readCsv(new Uint8Array(await c.req.arrayBuffer()));
    const before = menu.menu; // read after the wait, in which another may have changed it
    if (seen !== undefined && seen !== venue.configVersion) {
      throw new Refusal(409, "changed-meanwhile", "The settings were changed meanwhile. Look at the changes once more");
    }
    const items = itemsOf(csv, before, venue.currencyDigits);
    const version = venue.configVersion;
    if (!preview) {
      menu.replaceItems(items);
      hub.desk.announce();
    }
    return c.json<MenuImport>({ version, taken: !preview, ...menuChanges(before.items, items) });
  });

  routes.put("/menu/items/:sku", async (c) => {
    guard.needManager(c);
    const item = await body(c, MenuEntry);
    const outcome = menu.put(c.req.param("sku"), item);
    if (!outcome.ok) throw itemRefusal(outcome.reason, item.sku);
    hub.desk.announce();
    return c.json(item, outcome.done === "added" ? 201 : 200);
  });

  routes.delete("/menu/items/:sku", (c) => {
    guard.needManager(c);
    if (!menu.remove(c.req.param("sku"))) {
      throw new Refusal(404, "unknown-item", "No item of the menu has this SKU. It may be gone already");
    }
    hub.desk.announce();
    return c.body(null, 204);
  });

  routes.put("/taxes", async (c) => {
    guard.needManager(c);
    const outcome = menu.setTaxes((await body(c, TaxesRequest)).taxes);
    if (!outcome.ok) {
      const have = outcome.items === 1 ? "1 item has" : `${outcome.items} items have`;
      throw new Refusal(409, "tax-in-use", `${have} the tax “${outcome.tax}”. Take it off them first`);
    }
    hub.desk.announce();
    return c.json({ taxes: menu.taxes });
  });

  return routes;
}

/** The items of a CSV; a refusal that names every bad cell when there is one. */
function itemsOf(csv: CsvReading, before: Menu, digits: number): MenuEntry[] {
  if (!csv.ok) throw csvRefusal([csv.issue]);
  const read = readTable(csv.rows, before, digits);
  if (!read.ok) throw csvRefusal(read.issues);
  return read.items;
}

function csvRefusal(issues: readonly TableIssue[]): Refusal {
  const said = issues.map(({ row, column, message }) => ({
    path: [`row ${row}`, column].filter(Boolean).join(", "),
    message,
  }));
  const message = said.length === 1
    ? "One cell cannot be read, so nothing was taken"
    : `${said.length} cells cannot be read, so nothing was taken`;
  return new Refusal(422, "bad-csv", message, said);
}

function itemRefusal(reason: Extract<ItemOutcome, { ok: false }>["reason"], sku: string): Refusal {
  switch (reason) {
    case "sku-taken":
      return new Refusal(409, "sku-taken", `Another item has the SKU “${sku}” already`);
    case "unknown-tax":
      return new Refusal(409, "unknown-tax", "One of its taxes is gone meanwhile. Load the menu again");
    case "full":
      return new Refusal(409, "menu-full", `A menu has ${ITEMS_MAX} items at most`);
  }
}
