/** The sync mark: a quiet word in the corner that leads to Diagnostics. */
import { StateMark } from "../ui/state_mark.tsx";
import { DIAGNOSTICS } from "./route.ts";
import type { Session } from "./session.ts";
import { StaffWord } from "./staff_word.tsx";

export function SyncWord({ session }: { readonly session: Session }) {
  const { mark, text, aloud } = session.mark.value;
  const [head, ...rest] = text.split(", "); // a narrow screen shows the head only
  return (
    <>
      <a class={`sync sync-${mark}`} href={DIAGNOSTICS} aria-label={`Diagnostics: ${text}`}>
        <StateMark mark={mark} word="" />
        <span class="sync-text">
          {head}
          {rest.length > 0 && <span class="sync-rest">, {rest.join(", ")}</span>}
        </span>
      </a>
      <StaffWord session={session} />
      <span class="spoken" role="status">{aloud ? text : ""}</span>
    </>
  );
}
