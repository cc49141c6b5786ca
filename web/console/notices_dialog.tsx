/** All about notices: the sound of this device, who is told when something is wrong, and what became of the last ones. */
import { useEffect, useState } from "preact/hooks";
import { type ChannelView, NoticeSettings } from "../../shared/notice_api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { audible, chooseSound, hear, sound } from "./alarm.ts";
import { ChannelForm } from "./channel_form.tsx";
import { Channels } from "./channels.tsx";
import { NoticeList } from "./notice_list.tsx";

type Place = { readonly kind: "list" } | { readonly kind: "channel"; readonly id: string | null };
const LIST: Place = { kind: "list" };
const SOUND_OPTIONS = [{ value: "on", text: "On" }, { value: "off", text: "Off" }] as const;

export function NoticesDialog({ onClose }: { readonly onClose: () => void }) {
  const [settings, setSettings] = useState<Loaded<NoticeSettings>>(LOADING);
  const [place, setPlace] = useState<Place>(LIST);
  async function load() {
    setSettings(toLoaded(await request(NoticeSettings, "/api/notices/channels")));
  }
  async function changed() {
    await load();
    setPlace(LIST);
  }
  useEffect(() => void load(), []);
  const channels: readonly ChannelView[] = settings.kind === "ready" ? settings.data.channels : [];
  const channel = place.kind === "channel" ? channels.find(({ id }) => id === place.id) : undefined;
  return (
    <Dialog title={place.kind === "list" ? "Notices" : channel?.name ?? "New channel"} onClose={onClose}>
      {place.kind === "list" && <SoundSetting />}
      {settings.kind === "loading" && <Loading what="the channels" />}
      {settings.kind === "failed" && <Failed what="the channels" message={settings.message} onRetry={load} />}
      {settings.kind === "ready" && place.kind === "list" && (
        <>
          <Channels channels={channels} onChoose={(id) => setPlace({ kind: "channel", id })} onTested={load} />
          <NoticeList />
        </>
      )}
      {settings.kind === "ready" && place.kind === "channel" && (
        <ChannelForm
          key={place.id}
          channel={channel}
          others={channels.filter(({ id }) => id !== place.id)}
          onBack={() => setPlace(LIST)}
          onChanged={changed}
        />
      )}
    </Dialog>
  );
}

function SoundSetting() {
  return (
    <section class="setting" aria-labelledby="sound">
      <h3 id="sound">Sound on this device</h3>
      <p class="soft">{soundWords()}</p>
      <div class="row">
        <Choice label="Sound" options={SOUND_OPTIONS} value={sound.value} onChoose={chooseSound} />
        <Button onPress={hear}>Hear it</Button>
      </div>
    </section>
  );
}

function soundWords(): string {
  if (sound.value === "off") return "This page stays silent here. The bell still shows how much fails.";
  if (!audible.value) return "This page rings when something begins to fail, once somebody has tapped on it.";
  return "This page rings when something begins to fail, for as long as it is open.";
}
