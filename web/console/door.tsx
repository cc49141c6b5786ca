/** A page with one form in the middle: setup and sign-in. */
import type { ComponentChildren } from "preact";

interface DoorProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}

export function Door({ title, lead, children }: DoorProps) {
  return (
    <main class="door">
      <img class="door-sign" src="/favicon.svg" alt="" width="48" height="48" />
      <h1 class="door-title">{title}</h1>
      <p class="soft">{lead}</p>
      {children}
    </main>
  );
}
