/** How an item is wanted, before it is on the check. */
import { useState } from "preact/hooks";
import type { MenuItem, ModifierGroup, ModifierOption } from "../../shared/menu.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useAction } from "./action.ts";
import { type Choice, chosenOf, countWords, missing, nothingChosen, priceOf, toggle } from "./modifier_choice.ts";

interface ModifierSheetProps {
  readonly item: MenuItem;
  readonly money: (amount: number) => string;
  readonly onAdd: (modifiers: ModifierOption[]) => Promise<unknown>;
  readonly onClose: () => void;
}

export function ModifierSheet({ item, money, onAdd, onClose }: ModifierSheetProps) {
  const groups = item.modifiers;
  const [choice, setChoice] = useState<Choice>(nothingChosen(groups));
  const action = useAction();
  const lacks = missing(groups, choice);
  const add = () =>
    action.run(async () => {
      await onAdd(chosenOf(groups, choice));
      onClose();
      return { ok: true };
    });
  return (
    <Dialog title={item.name} onClose={onClose}>
      {groups.map((group, index) => (
        <Group
          key={group.name}
          group={group}
          chosen={choice[index]!}
          money={money}
          onToggle={(option) => setChoice(toggle(groups, choice, index, option))}
        />
      ))}
      <div class="row">
        <Button kind="main" onPress={add} busy={action.busy} disabled={lacks !== undefined}>
          {lacks ? `Choose ${lacks.name}` : `Add ${money(priceOf(item, choice))}`}
        </Button>
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly group: ModifierGroup;
  readonly chosen: readonly number[];
  readonly money: (amount: number) => string;
  readonly onToggle: (option: number) => void;
}

function Group({ group, chosen, money, onToggle }: GroupProps) {
  return (
    <section class="modifiers" role="group" aria-label={group.name}>
      <h3>
        {group.name} <span class="soft modifiers-count">{countWords(group)}</span>
      </h3>
      <div class="modifier-options">
        {group.options.map((option, index) => (
          <button
            key={option.name}
            type="button"
            class="modifier"
            aria-pressed={chosen.includes(index) ? "true" : "false"}
            onClick={() => onToggle(index)}
          >
            <span>{option.name}</span>
            {option.price > 0 && <span class="modifier-price">+{money(option.price)}</span>}
          </button>
        ))}
      </div>
    </section>
  );
}
