/** A reason, which is also the confirmation: one tap on it does the thing. */
import { Button } from "../ui/button.tsx";

interface ReasonsProps {
  readonly title: string;
  readonly reasons: readonly string[];
  readonly busy: boolean;
  readonly onChoose: (reason: string) => void;
}

export function Reasons({ title, reasons, busy, onChoose }: ReasonsProps) {
  return (
    <section class="stack">
      <h3>{title}</h3>
      <div class="reasons">
        {reasons.map((reason) => <Button key={reason} onPress={() => onChoose(reason)} busy={busy}>{reason}</Button>)}
      </div>
    </section>
  );
}
