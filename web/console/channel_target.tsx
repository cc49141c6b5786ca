/** Where a channel leads, and what opens it: an address and a key, or a mail server. */
import type { ChannelView } from "../../shared/notice_api.ts";
import { Choice } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import type { ChannelDraft, DraftTroubles } from "./channel_draft.ts";
import { ADDRESS_NOTES } from "./channel_words.ts";

const SECURITY_OPTIONS = [
  { value: "tls", text: "TLS" },
  { value: "starttls", text: "STARTTLS" },
  { value: "none", text: "None" },
] as const;
const USUAL_PORTS: Record<ChannelDraft["security"], string> = { tls: "465", starttls: "587", none: "25" };

interface ChannelTargetProps {
  readonly draft: ChannelDraft;
  readonly channel: ChannelView | undefined;
  readonly troubles: DraftTroubles;
  readonly onChange: (part: Partial<ChannelDraft>) => void;
}

export function ChannelTarget(props: ChannelTargetProps) {
  const { draft, channel, troubles, onChange } = props;
  if (draft.kind === "email") return <MailServer {...props} />;
  const kept = channel ? ` Leave it empty to keep ${channel.target}.` : "";
  return (
    <>
      <Field
        label="Address"
        note={`${ADDRESS_NOTES[draft.kind]}${kept}`}
        value={draft.url}
        onInput={(url) => onChange({ url })}
        trouble={troubles["url"]}
        maxLength={1_000}
      />
      {draft.kind === "ntfy" && (
        <Secret {...props} label="Access token" note="Only for a topic that is not open to all." />
      )}
      {draft.kind === "webhook" && (
        <Secret
          {...props}
          label="Signing key"
          note="With one, each message is signed, so that its receiver can trust it."
        />
      )}
    </>
  );
}

function MailServer(props: ChannelTargetProps) {
  const { draft, troubles, onChange } = props;
  return (
    <>
      <Field
        label="To"
        note="Several with commas between them."
        value={draft.to}
        onInput={(to) => onChange({ to })}
        trouble={troubles["to"]}
      />
      <Field label="From" value={draft.from} onInput={(from) => onChange({ from })} trouble={troubles["from"]} />
      <div class="field">
        <span class="field-label">Encryption</span>
        <Choice
          label="Encryption"
          options={SECURITY_OPTIONS}
          value={draft.security}
          onChoose={(security) => onChange({ security, port: USUAL_PORTS[security] })}
        />
      </div>
      <div class="pair">
        <Field
          label="Mail server"
          value={draft.host}
          onInput={(host) => onChange({ host })}
          trouble={troubles["host"]}
        />
        <Field
          label="Port"
          value={draft.port}
          onInput={(port) => onChange({ port })}
          trouble={troubles["port"]}
          inputMode="numeric"
          maxLength={5}
        />
      </div>
      <Field
        label="User"
        note="Empty where the server asks for none."
        value={draft.user}
        onInput={(user) => onChange({ user })}
      />
      <Secret {...props} label="Password" note="Some mail services want one made for apps." />
    </>
  );
}

function Secret({ draft, channel, onChange, label, note }: ChannelTargetProps & { label: string; note: string }) {
  return (
    <Field
      label={label}
      type="password"
      note={channel?.hasSecret ? "Leave it empty to keep the one that is set." : note}
      value={draft.secret}
      onInput={(secret) => onChange({ secret })}
      maxLength={500}
    />
  );
}
