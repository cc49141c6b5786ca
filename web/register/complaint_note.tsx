/** What the hub did not take of this register, on the board and on Diagnostics, for as long as it lasts. */
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import type { Session } from "./session.ts";
import { complaintWords } from "./session_words.ts";

export function ComplaintNote({ session }: { readonly session: Session }) {
  const complaint = session.complaint.value;
  if (complaint === null) return null;
  return (
    <section class="flag-note" role="status">
      <p>
        <StateMark mark="act" word="" /> <strong>The hub does not take what this register sends.</strong>{" "}
        {complaintWords(complaint)}
      </p>
      <div class="row">
        <Button onPress={() => location.reload()}>Load the page again</Button>
      </div>
    </section>
  );
}
