/** For a tab that is not on this register any more: the hub has those of earlier days, and gives one back by its number. */
import { Button } from "../ui/button.tsx";
import { numbersMeant, type RecallState } from "./recall.ts";
import type { Session } from "./session.ts";

interface AskHubProps {
  readonly session: Session;
  readonly typed: string;
}

export function AskHub({ session, typed }: AskHubProps) {
  const { recalls } = session;
  const letters = [session.enrolment.value.letter, ...session.peers.value.map(({ letter }) => letter)];
  const numbers = numbersMeant(typed, letters);
  if (numbers.length === 0) return <p class="soft">For a tab of an earlier day, type its number, such as B12.</p>;
  const asked = recalls.state.value;
  const own = asked?.numbers.join() === numbers.join() ? asked : undefined;
  const online = session.state.value === "online";
  return (
    <div class="stack find-ask">
      <p role="status" class="soft">{sayRecall(own?.kind, online)}</p>
      {recalls.understood.value && online && (
        <div class="row">
          <Button busy={own?.kind === "asking"} onPress={() => recalls.ask(numbers)}>Ask the hub</Button>
        </div>
      )}
    </div>
  );
}

export function sayRecall(kind: RecallState["kind"] | undefined, online: boolean): string {
  switch (kind) {
    case "asking":
      return "The hub is being asked.";
    case "found":
      return "The hub has it. It will be here in a moment.";
    case "none":
      return "The hub knows no tab with this number. Look at the number on the receipt again, with its letter.";
    case "unanswered":
      return online
        ? "The hub did not answer. Ask it again."
        : "The hub is away, and it alone has tabs of earlier days. Ask it once it is back.";
    case undefined:
      return online
        ? "Tabs of earlier days are on the hub."
        : "Tabs of earlier days are on the hub, and it is away. Ask it once it is back.";
  }
}
