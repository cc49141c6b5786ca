/** Why something was not done, and what to do, where it was tried. */
import { StateMark } from "../ui/state_mark.tsx";

export function TroubleNote({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p class="trouble" role="alert">
      <StateMark mark="act" word="" />
      <span>{text}</span>
    </p>
  );
}
