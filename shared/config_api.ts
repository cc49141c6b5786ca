/** What a manager sends and gets to set menu, taxes and staff. */
import { z } from "zod";
import { MenuEntry, VenueTax, VenueTaxes } from "./menu.ts";
import { CHANGED_PARTS } from "./menu_changes.ts";
import { Pin, Role, StaffId, StaffName } from "./staff.ts";

export const MENU_BODY_MAX_BYTES = 1024 * 1024; // a CSV of 1,000 items with modifiers is under half of it

export const MenuResponse = z.object({
  version: z.number().int(), // of all settings
  currencyDigits: z.number().int(),
  items: z.array(MenuEntry),
  taxes: z.array(VenueTax),
});
export type MenuResponse = z.infer<typeof MenuResponse>;

/** All taxes of the venue. One without an id is new. */
export const TaxesRequest = z.object({ taxes: VenueTaxes });

const Named = z.object({ sku: z.string(), name: z.string() });

/** What a CSV changes; `taken` is false for a look ahead. */
export const MenuImport = z.object({
  version: z.number().int(), // of the settings it was compared with; given back with the taking
  taken: z.boolean(),
  added: z.array(Named),
  changed: z.array(Named.extend({ what: z.array(z.enum(CHANGED_PARTS)) })),
  removed: z.array(Named),
  order: z.enum(["same", "other"]),
});
export type MenuImport = z.infer<typeof MenuImport>;

export const StaffView = z.object({ id: StaffId, name: StaffName, role: Role });
export type StaffView = z.infer<typeof StaffView>;
export const TaxesResponse = z.object({ taxes: z.array(VenueTax) });
export const StaffResponse = z.object({ staff: z.array(StaffView) });

export const StaffRequest = z.object({ name: StaffName, role: Role, pin: Pin });
/** What is absent stays. */
export const StaffChange = StaffRequest.partial();
