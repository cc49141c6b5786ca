/** A quiet word where nothing is being paid: a newer version of this page is ready, and starts with a tap or the next time. */
import { Button } from "../ui/button.tsx";
import type { Shell } from "./shell.ts";

export function NewerWord({ shell }: { readonly shell: Shell }) {
  if (!shell.newer.value) return null;
  return (
    <span class="newer">
      <Button kind="quiet" onPress={() => shell.take()}>A new version is ready</Button>
    </span>
  );
}
