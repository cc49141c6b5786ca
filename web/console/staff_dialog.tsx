/** Who works here: name, role, PIN; and how large a discount may be without a manager. */
import { useEffect, useState } from "preact/hooks";
import type { View } from "../../shared/api.ts";
import { StaffResponse, type StaffView } from "../../shared/config_api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { DiscountLimit } from "./discount_limit.tsx";
import { ROLE_WORDS } from "./role_words.ts";
import { StaffForm } from "./staff_form.tsx";

type Place = { readonly kind: "list" } | { readonly kind: "person"; readonly id: string | null };
const LIST: Place = { kind: "list" };

export function StaffDialog({ view, onClose }: { readonly view: View; readonly onClose: () => void }) {
  const [staff, setStaff] = useState<Loaded<readonly StaffView[]>>(LOADING);
  const [place, setPlace] = useState<Place>(LIST);
  async function load() {
    const answer = toLoaded(await request(StaffResponse, "/api/staff"));
    setStaff(answer.kind === "ready" ? { kind: "ready", data: answer.data.staff } : answer);
  }
  async function changed() {
    await load();
    setPlace(LIST);
  }
  useEffect(() => void load(), []);
  const people = staff.kind === "ready" ? staff.data : [];
  const person = place.kind === "person" ? people.find(({ id }) => id === place.id) : undefined;
  return (
    <Dialog title={place.kind === "list" ? "Staff" : person?.name ?? "New person"} onClose={onClose}>
      {staff.kind === "loading" && <Loading what="the staff" />}
      {staff.kind === "failed" && <Failed what="the staff" message={staff.message} onRetry={load} />}
      {staff.kind === "ready" && place.kind === "list" && (
        <>
          <People people={people} onChoose={(id) => setPlace({ kind: "person", id })} />
          {people.length > 0 && <DiscountLimit percent={view.venue.settings.discountPercent} />}
        </>
      )}
      {staff.kind === "ready" && place.kind === "person" && (
        <StaffForm
          key={place.id}
          person={person}
          onBack={() => setPlace(LIST)}
          onChanged={changed}
        />
      )}
    </Dialog>
  );
}

function People({ people, onChoose }: { people: readonly StaffView[]; onChoose: (id: string | null) => void }) {
  return (
    <>
      {people.length === 0 && (
        <Empty title="Nobody is named">
          <p class="soft">
            Registers open for everybody now. From the first person on, each register asks for a name and a PIN, and
            what is done on it carries that name.
          </p>
        </Empty>
      )}
      {people.length > 0 && (
        <ul aria-label="Staff">
          {people.map(({ id, name, role }) => (
            <li key={id}>
              <button type="button" class="menu-item" onClick={() => onChoose(id)}>
                <span class="menu-item-words">{name}</span>
                <span class="soft">{ROLE_WORDS[role]}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <Button kind="main" onPress={() => onChoose(null)}>Add a person</Button>
      </div>
    </>
  );
}
