/** Which page the address names. Everything stands behind the `#`, so that the hub need not answer for a page to change. */
import { OpId } from "../../shared/ids.ts";

export type Route =
  | { readonly page: "board" }
  | { readonly page: "check"; readonly id: OpId; readonly opens?: "pay" }
  | { readonly page: "shift" }
  | { readonly page: "diagnostics" }
  | { readonly page: "enrol"; readonly code: string };

export const BOARD = "#";
export const SHIFT = "#shift";
export const DIAGNOSTICS = "#diagnostics";

export function readRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  if (text === "diagnostics") return { page: "diagnostics" };
  if (text === "shift") return { page: "shift" };
  if (text.startsWith("code=")) return { page: "enrol", code: text.slice("code=".length) };
  const [, verb, rest] = /^(check|pay)\/(.*)$/.exec(text) ?? [];
  const id = OpId.safeParse(rest);
  if (!id.success) return { page: "board" };
  return verb === "pay" ? { page: "check", id: id.data, opens: "pay" } : { page: "check", id: id.data };
}

export function checkHash(id: OpId): string {
  return `#check/${id}`;
}

/** The check with its payment asked for at once. */
export function payHash(id: OpId): string {
  return `#pay/${id}`;
}
