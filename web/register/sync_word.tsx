/** The sync mark: a quiet word in the corner that leads to Diagnostics. */
import { StateMark } from "../ui/state_mark.tsx";
import { DIAGNOSTICS } from "./route.ts";
import type { Session } from "./session.ts";

export function SyncWord({ session }: { readonly session: Session }) {
  const { mark, text, aloud } = session.mark.value;
  return (
    <>
      <a class={`sync sync-${mark}`} href={DIAGNOSTICS} aria-label={`Diagnostics: ${text}`}>
        <StateMark mark={mark} word="" />
        <span class="sync-text">{text}</span>
      </a>
      <span class="spoken" role="status">{aloud ? text : ""}</span>
    </>
  );
}
