/** What became of the last notices: sent, waiting, or why not. */
import { useEffect, useState } from "preact/hooks";
import { NoticesResponse, type NoticeView } from "../../shared/notice_api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { sayInstant } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { RelativeTime } from "../ui/relative_time.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { fateMark } from "./channel_words.ts";
import { now } from "./state.ts";

const SHOWN_FIRST = 8; // the rest on demand

export function NoticeList() {
  const [notices, setNotices] = useState<Loaded<NoticesResponse>>(LOADING);
  const [all, setAll] = useState(false);
  async function load() {
    setNotices(toLoaded(await request(NoticesResponse, "/api/notices")));
  }
  useEffect(() => void load(), []);
  return (
    <section class="detail-block" aria-labelledby="fates">
      <h3 id="fates">What became of notices</h3>
      {notices.kind === "loading" && <Loading what="the notices" />}
      {notices.kind === "failed" && <Failed what="the notices" message={notices.message} onRetry={load} />}
      {notices.kind === "ready" && notices.data.notices.length === 0 && (
        <p class="soft">No notice was made yet. The first one comes when something falls while a channel is on.</p>
      )}
      {notices.kind === "ready" && (
        <ul class="fates" aria-label="Notices">
          {notices.data.notices.slice(0, all ? undefined : SHOWN_FIRST).map((notice) => (
            <Fate key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {notices.kind === "ready" && !all && notices.data.notices.length > SHOWN_FIRST && (
        <Button
          kind="quiet"
          onPress={() => setAll(true)}
        >
          Show all {notices.data.notices.length}
        </Button>
      )}
    </section>
  );
}

function Fate({ notice }: { readonly notice: NoticeView }) {
  const { title, until, channel, said, at, madeAt } = notice;
  return (
    <li class="fate">
      <StateMark mark={fateMark(notice)} word={notice.fate} />
      <div>
        <p>{until === null ? title : `Over: ${title}`}</p>
        <p class="soft small">
          {channel} · {said} <RelativeTime at={Date.parse(at ?? madeAt)} now={now.value} say={sayInstant} />
        </p>
      </div>
    </li>
  );
}
