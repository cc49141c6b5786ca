/** Who is told: each channel with how sending goes, and a test to press. */
import { useState } from "preact/hooks";
import { type ChannelView, NoticeTest } from "../../shared/notice_api.ts";
import { request } from "../lib/http.ts";
import { sayInstant } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/states.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { channelMark, KIND_WORDS } from "./channel_words.ts";
import { now } from "./state.ts";
import { sayCount } from "./words.ts";

const TEST_WITHIN_MS = 45_000; // a mail server may think for a while

interface ChannelsProps {
  readonly channels: readonly ChannelView[];
  readonly onChoose: (id: string | null) => void;
  readonly onTested: () => void;
}

export function Channels({ channels, onChoose, onTested }: ChannelsProps) {
  return (
    <section class="detail-block" aria-labelledby="told">
      <h3 id="told">Who is told</h3>
      {channels.length === 0
        ? (
          <Empty title="Nobody is told yet">
            <p class="soft">
              This page shows and rings what is wrong. Add a channel, and a phone or a mailbox is told as well: when
              something falls, and when it is over.
            </p>
          </Empty>
        )
        : (
          <ul class="channels" aria-label="Channels">
            {channels.map((channel) => (
              <Channel key={channel.id} channel={channel} onChoose={onChoose} onTested={onTested} />
            ))}
          </ul>
        )}
      <Button kind={channels.length === 0 ? "main" : "plain"} onPress={() => onChoose(null)}>Add a channel</Button>
    </section>
  );
}

function Channel({ channel, onChoose, onTested }: { channel: ChannelView } & Omit<ChannelsProps, "channels">) {
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<NoticeTest>();
  const { id, name, kind, target } = channel;
  async function test() {
    setBusy(true);
    setTested(undefined);
    const path = `/api/notices/channels/${encodeURIComponent(id)}/test`;
    const answer = await request(NoticeTest, path, { method: "POST", body: {}, withinMs: TEST_WITHIN_MS });
    setBusy(false);
    setTested(answer.ok ? answer.data : { ok: false, said: answer.message });
    onTested();
  }
  return (
    <li class="channel">
      <button type="button" class="channel-words" onClick={() => onChoose(id)}>
        <span class="channel-name">
          <StateMark mark={channelMark(channel)} /> {name}
        </span>
        <span class="soft small">{KIND_WORDS[kind]} · {target}</span>
        <span class="small">{stateWords(channel)}</span>
      </button>
      <Button busy={busy} onPress={test} label={`Send a test to ${name}`}>Test</Button>
      <div class="channel-tested" role="status">
        {tested && <p class={tested.ok ? "tested tested-ok" : "tested tested-not"}>{testWords(tested)}</p>}
      </div>
    </li>
  );
}

function stateWords({ said, waiting, sentAt, nextTryAt }: ChannelView): string {
  const last = sentAt === null ? "" : ` Last sent ${sayInstant(Date.parse(sentAt), now.value)}.`;
  const next = nextTryAt === null ? "" : " It is tried again by itself.";
  return `${said}${waiting > 0 ? ` ${sayCount(waiting, "notice")} waiting.` : ""}${next}${last}`;
}

function testWords({ ok, said }: NoticeTest): string {
  return ok ? `The test is on its way: ${said}` : `The test did not get through. ${said}`;
}
