/** What the hub did not take of this register, on the board and on Diagnostics, for as long as it lasts. */
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import type { Session } from "./session.ts";
import { complaintWords } from "./session_words.ts";

export function ComplaintNote({ session }: { readonly session: Session }) {
  const complaint = session.complaint.value;
  if (complaint === null) return null;
  return (
    <div class="flag" role="status">
      <StateMark mark="act" />
      <span>
        <strong>The hub does not take what this register sends.</strong> {complaintWords(complaint)}
      </span>
      <Button onPress={() => location.reload()}>Load the page again</Button>
    </div>
  );
}
