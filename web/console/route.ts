/** What is open over the page, kept in the address, so that Back closes it and a link can open it. */
import { signal } from "@preact/signals";

export type Route =
  | { readonly kind: "home" }
  | { readonly kind: "register"; readonly id: string }
  | { readonly kind: "guide"; readonly id: string }
  | { readonly kind: "incident"; readonly id: string }
  | { readonly kind: "add" }
  | { readonly kind: "settings" }
  | { readonly kind: "hours" }
  | { readonly kind: "maintenance" }
  | { readonly kind: "probing" }
  | { readonly kind: "notices" }
  | { readonly kind: "menu" }
  | { readonly kind: "staff" };

export const route = signal<Route>({ kind: "home" });

/** Follows the address from now on. */
export function startRouting(): void {
  const read = () => route.value = parseRoute(location.hash);
  addEventListener("hashchange", read);
  read();
}

export function go(to: Route): void {
  location.hash = addressOf(to);
}

export function goHome(): void {
  go({ kind: "home" });
}

export function parseRoute(hash: string): Route {
  const [kind, id] = hash.replace(/^#\/?/, "").split("/");
  if ((kind === "register" || kind === "incident" || kind === "guide") && id) return { kind, id };
  if (kind === "menu" || kind === "staff" || kind === "notices" || kind === "probing") return { kind };
  if (kind === "add" || kind === "settings" || kind === "hours" || kind === "maintenance") return { kind };
  return { kind: "home" };
}

export function addressOf(to: Route): string {
  if (to.kind === "home") return "#/";
  return "id" in to ? `#/${to.kind}/${to.id}` : `#/${to.kind}`;
}
