/** Which page the address names. Everything stands behind the `#`, so that the hub need not answer for a page to change. */
import { OpId } from "../../shared/ids.ts";

export type Route =
  | { readonly page: "board" }
  | { readonly page: "check"; readonly id: OpId }
  | { readonly page: "diagnostics" }
  | { readonly page: "enrol"; readonly code: string };

export const BOARD = "#";
export const DIAGNOSTICS = "#diagnostics";

export function readRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  if (text === "diagnostics") return { page: "diagnostics" };
  if (text.startsWith("code=")) return { page: "enrol", code: text.slice("code=".length) };
  const id = OpId.safeParse(text.replace(/^check\//, ""));
  return text.startsWith("check/") && id.success ? { page: "check", id: id.data } : { page: "board" };
}

export function checkHash(id: OpId): string {
  return `#check/${id}`;
}
