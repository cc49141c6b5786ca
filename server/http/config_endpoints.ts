/** The endpoints by which managers set menu, taxes and staff. */
import { z } from "zod";
import {
  MENU_BODY_MAX_BYTES,
  MenuImport,
  MenuResponse,
  StaffChange,
  StaffRequest,
  StaffResponse,
  StaffView,
  TaxesRequest,
  TaxesResponse,
} from "../../shared/config_api.ts";
import { MenuEntry } from "../../shared/menu.ts";
import { SEPARATORS } from "./csv.ts";
import type { Endpoint, Refused } from "./endpoint.ts";

const ITEM = { sku: "The item's SKU" };
const PERSON = { id: "The person's id" };
const BAD_QUERY: Refused = [400, "bad-request"];
const NAME_TAKEN: Refused = [409, "name-taken"];
const UNKNOWN_STAFF: Refused = [404, "unknown-staff"];

const EXAMPLE_ITEM = {
  ...{ sku: "latte", name: "Latte", category: "Coffee", price: 450, taxes: [] },
  modifiers: [{ name: "Size", min: 1, max: 1, options: [{ name: "Small", price: 0 }, { name: "Large", price: 100 }] }],
};

export const CONFIG_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "get",
    path: "/api/menu",
    caller: "manager",
    says: "The menu as managers set it, items naming their taxes by id; prices are minor units.",
    answer: { status: 200, says: "Items in the order in which they are shown, and taxes", schema: MenuResponse },
  },
  {
    method: "get",
    path: "/api/menu.csv",
    caller: "manager",
    says: "The menu for a spreadsheet, one row an item. No cell begins a formula.",
    query: {
      separator: { says: "“;” comes with decimal commas", schema: z.enum(SEPARATORS).default(",") },
    },
    answer: { status: 200, says: "The file", media: "text/csv" },
    refused: [BAD_QUERY],
  },
  {
    method: "post",
    path: "/api/menu",
    caller: "manager",
    says: `Replaces all items by those of a CSV, which is the body (${MENU_BODY_MAX_BYTES / 1024} KiB at most). ` +
      "Nothing is taken unless every row is good.",
    query: {
      preview: { says: "Only say what would change", schema: z.enum(["true", "false"]).default("false") },
      version: { says: "Of the look ahead: refused if anything changed since", schema: z.coerce.number().optional() },
    },
    answer: { status: 200, says: "What changes", schema: MenuImport },
    refused: [BAD_QUERY, [409, "changed-meanwhile"], [413, "too-large"], [422, "bad-csv"]],
  },
  {
    method: "put",
    path: "/api/menu/items/{sku}",
    caller: "manager",
    says: "Puts an item in the place of the one with this SKU, or at the end of its category if there is none.",
    params: ITEM,
    body: MenuEntry,
    example: EXAMPLE_ITEM,
    answer: { status: 201, says: "It is new", schema: MenuEntry },
    also: { status: 200, says: "It was changed", schema: MenuEntry },
    refused: [[409, "sku-taken"], [409, "unknown-tax"], [409, "menu-full"]],
  },
  {
    method: "delete",
    path: "/api/menu/items/{sku}",
    caller: "manager",
    says: "Takes an item off the menu. Checks that have it keep it.",
    params: ITEM,
    answer: { status: 204, says: "It is off" },
    refused: [[404, "unknown-item"]],
  },
  {
    method: "put",
    path: "/api/taxes",
    caller: "manager",
    says: "Replaces the venue's taxes. Items that have one get its new rate; checks keep the old.",
    body: TaxesRequest,
    example: { taxes: [{ name: "Sales tax", rate: 887.5, mode: "exclusive" }] },
    answer: { status: 200, says: "The taxes, each with its id", schema: TaxesResponse },
    refused: [[409, "tax-in-use"]],
  },
  {
    method: "get",
    path: "/api/staff",
    caller: "manager",
    says: "Who works here. PINs are not told.",
    answer: { status: 200, says: "Everybody", schema: StaffResponse },
  },
  {
    method: "post",
    path: "/api/staff",
    caller: "manager",
    says: "Adds a person. From the first one on, registers ask for a PIN.",
    body: StaffRequest,
    example: { name: "Ana", role: "server", pin: "4711" },
    answer: { status: 201, says: "The person", schema: StaffView },
    refused: [NAME_TAKEN, [409, "staff-full"]],
  },
  {
    method: "patch",
    path: "/api/staff/{id}",
    caller: "manager",
    says: "Changes a name, a role or a PIN; what is absent stays.",
    params: PERSON,
    body: StaffChange,
    example: { pin: "0815" },
    answer: { status: 200, says: "The person", schema: StaffView },
    refused: [NAME_TAKEN, UNKNOWN_STAFF],
  },
  {
    method: "delete",
    path: "/api/staff/{id}",
    caller: "manager",
    says: "Removes a person: registers that are connected let them in no more at once, the others when they are back.",
    params: PERSON,
    answer: { status: 204, says: "Removed" },
    refused: [UNKNOWN_STAFF],
  },
];
