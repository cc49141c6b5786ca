/** One channel: where it leads, what it is told, and taking it away. What opens it is typed and never shown again. */
import { useState } from "preact/hooks";
import { type ChannelRequest, type ChannelView, NoticeSettings } from "../../shared/notice_api.ts";
import { CHANNEL_KINDS } from "../../shared/notice.ts";
import { request } from "../lib/http.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { type ChannelDraft, draftOf, type DraftTroubles, keeping, NEW_CHANNEL, requestOf } from "./channel_draft.ts";
import { ChannelTarget } from "./channel_target.tsx";
import { KIND_WORDS } from "./channel_words.ts";
import { showToast } from "./state.ts";

const KIND_OPTIONS = ["ntfy", "email", ...CHANNEL_KINDS.filter((kind) => kind !== "ntfy" && kind !== "email")].map(
  (value) => ({ value, text: KIND_WORDS[value as ChannelDraft["kind"]] }),
);
const TELLS_OPTIONS = [{ value: "fail", text: "Failures" }, { value: "all", text: "Warnings too" }] as const;
const WHEN_OPTIONS = [{ value: "any-time", text: "Any time" }, {
  value: "opening-hours",
  text: "Opening hours",
}] as const;
const ON_OPTIONS = [{ value: "on", text: "On" }, { value: "off", text: "Off" }] as const;

interface ChannelFormProps {
  readonly channel: ChannelView | undefined; // undefined: a new one
  readonly others: readonly ChannelView[];
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

export function ChannelForm({ channel, others, onBack, onChanged }: ChannelFormProps) {
  const [draft, setDraft] = useState<ChannelDraft>(channel ? draftOf(channel) : NEW_CHANNEL);
  const [troubles, setTroubles] = useState<DraftTroubles>({});
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<ChannelDraft>) => setDraft((before) => ({ ...before, ...part }));

  async function put(channels: readonly ChannelRequest[], done: string) {
    setBusy(true);
    const answer = await request(NoticeSettings, "/api/notices/channels", { method: "PUT", body: { channels } });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.message);
    showToast(done);
    onChanged();
  }

  function save(event: Event) {
    event.preventDefault();
    const outcome = requestOf(draft);
    setTroubles("troubles" in outcome ? outcome.troubles : {});
    if ("troubles" in outcome) return;
    const { request } = outcome;
    void put([...others.map(keeping), request], `${request.name} is saved. Send a test to see whether it arrives.`);
  }

  return (
    <form class="form form-dialog" onSubmit={save} noValidate>
      <Select
        label="Kind"
        options={KIND_OPTIONS}
        value={draft.kind}
        onChoose={(kind) => change({ kind: kind as ChannelDraft["kind"] })}
        disabled={channel !== undefined}
      />
      <Field
        label="Name"
        note="As this list calls it: “Ana's phone”."
        value={draft.name}
        onInput={(name) => change({ name })}
        trouble={troubles["name"]}
        maxLength={60}
      />
      <ChannelTarget draft={draft} channel={channel} troubles={troubles} onChange={change} />
      <div class="field">
        <span class="field-label">It is told of</span>
        <Choice
          label="It is told of"
          options={TELLS_OPTIONS}
          value={draft.tells}
          onChoose={(tells) => change({ tells })}
        />
      </div>
      <div class="field">
        <span class="field-label">When</span>
        <Choice label="When" options={WHEN_OPTIONS} value={draft.when} onChoose={(when) => change({ when })} />
        <p class="field-note">What is still wrong when the venue opens is told then.</p>
      </div>
      <div class="field">
        <span class="field-label">Channel</span>
        <Choice
          label="Channel"
          options={ON_OPTIONS}
          value={draft.on ? "on" : "off"}
          onChoose={(on) => change({ on: on === "on" })}
        />
      </div>
      {trouble && <p class="form-trouble" role="alert">{trouble}</p>}
      <div class="row">
        <Button kind="main" type="submit" busy={busy}>Save</Button>
        <Button onPress={onBack}>Back</Button>
        {channel && (
          <Remove
            name={channel.name}
            onRemove={() => put(others.map(keeping), `${channel.name} is removed.`)}
          />
        )}
      </div>
    </form>
  );
}

function Remove({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <Button kind="danger" onPress={() => setAsking(true)}>Remove</Button>;
  return (
    <div class="confirm" role="alert">
      <p>{name} is told nothing any more, and what waits for it is dropped.</p>
      <div class="row">
        <Button kind="danger" onPress={onRemove}>Remove {name}</Button>
        <Button onPress={() => setAsking(false)}>Keep</Button>
      </div>
    </div>
  );
}
