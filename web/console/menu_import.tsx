/** A CSV, looked at before it is taken: what it adds, changes and removes, or which of its cells cannot be read. */
import { useEffect, useState } from "preact/hooks";
import { MenuImport } from "../../shared/config_api.ts";
import type { ChangedPart } from "../../shared/menu_changes.ts";
import { type Answer, request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Loading } from "../ui/states.tsx";
import { showToast } from "./state.ts";
import { sayCount, sayList } from "./words.ts";

const PART_WORDS: Record<ChangedPart, string> = {
  name: "name",
  category: "category",
  price: "price",
  taxes: "tax",
  modifiers: "modifiers",
};

interface MenuImportPageProps {
  readonly file: File;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

export function MenuImportPage({ file, onBack, onChanged }: MenuImportPageProps) {
  const [ahead, setAhead] = useState<Answer<MenuImport>>();
  const [busy, setBusy] = useState(false);
  const send = (query: string) => request(MenuImport, `/api/menu?${query}`, { method: "POST", file });
  const look = async () => setAhead(await send("preview=true"));
  useEffect(() => void look(), [file]);
  async function take(version: number) {
    setBusy(true);
    const answer = await send(`version=${version}`);
    setBusy(false);
    if (!answer.ok) return setAhead(answer);
    showToast("The menu is taken. Registers get it now.");
    onChanged();
  }
  if (!ahead) return <Loading what={file.name} />;
  if (!ahead.ok) return <Refused answer={ahead} file={file} onBack={onBack} onRetry={look} />;
  const { added, changed, removed, order, version } = ahead.data;
  const nothing = added.length + changed.length + removed.length === 0 && order === "same";
  return (
    <>
      <p>
        {nothing
          ? `${file.name} is the menu as it is. Nothing would change.`
          : `This is what ${file.name} would change.`}
      </p>
      <Changes title={`${sayCount(added.length, "item")} added`} names={added.map(({ name }) => name)} />
      <Changes title={`${sayCount(changed.length, "item")} changed`} names={changed.map(sayChanged)} />
      <Changes
        title={`${sayCount(removed.length, "item")} taken off the menu`}
        names={removed.map(({ name }) => name)}
      />
      {order === "other" && <p>Items stand in another order.</p>}
      {!nothing && <p class="soft">Checks keep what was ordered, at the price at which it was ordered.</p>}
      <div class="row">
        {!nothing && <Button kind="main" busy={busy} onPress={() => take(version)}>Take this menu</Button>}
        <Button onPress={onBack}>{nothing ? "Back" : "Leave the menu as it is"}</Button>
      </div>
    </>
  );
}

function Changes({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <section class="menu-changes">
      <h3>{title}</h3>
      <ul>{names.map((name) => <li key={name}>{name}</li>)}</ul>
    </section>
  );
}

interface RefusedProps {
  readonly answer: Extract<Answer<MenuImport>, { ok: false }>;
  readonly file: File;
  readonly onBack: () => void;
  readonly onRetry: () => void;
}

function Refused({ answer, file, onBack, onRetry }: RefusedProps) {
  const issues = answer.issues ?? [];
  return (
    <>
      <p class="form-trouble" role="alert">{answer.message}.</p>
      {issues.length > 0 && (
        <>
          <p>Correct what is named here in {file.name} and bring it back.</p>
          <ul class="issues">
            {issues.map(({ path, message }) => (
              <li key={path + message}>
                <b>{path}</b> {message}
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="row">
        {issues.length === 0 && <Button onPress={onRetry}>Look again</Button>}
        <Button onPress={onBack}>Back to the menu</Button>
      </div>
    </>
  );
}

function sayChanged({ name, what }: MenuImport["changed"][number]): string {
  return `${name}: ${sayList(what.map((part) => PART_WORDS[part]))}`;
}
