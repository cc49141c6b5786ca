/** What a manager sees of notices: each channel with how sending goes, and what became of each notice. Nothing here opens a channel. */
import type { Notice } from "../shared/notice.ts";
import {
  type ChannelRequest,
  type ChannelView,
  NOTICES_SHOWN,
  type NoticeSettings,
  type NoticeTest,
  type NoticeView,
} from "../shared/notice_api.ts";
import { sayFate } from "../shared/notice_fate.ts";
import type { ChannelSettings, ReplaceOutcome } from "./channels.ts";
import type { Notices } from "./notices.ts";
import type { Channel, Target } from "./notify/channel.ts";

export interface NoticeDeskDeps {
  readonly notices: Notices;
  readonly channels: ChannelSettings;
  readonly sayTarget: (target: Target) => string;
  readonly now: () => number;
}

export class NoticeDesk {
  readonly #deps: NoticeDeskDeps;

  constructor(deps: NoticeDeskDeps) {
    this.#deps = deps;
  }

  settings(): NoticeSettings {
    return { channels: this.#deps.channels.all.map((channel) => this.#channelView(channel)) };
  }

  replace(requests: readonly ChannelRequest[]): ReplaceOutcome {
    const outcome = this.#deps.channels.replace(requests);
    if (outcome.ok) this.#deps.notices.changed();
    return outcome;
  }

  /** Undefined: there is no such channel. */
  test(channel: string): Promise<NoticeTest | undefined> {
    return this.#deps.notices.test(channel);
  }

  recent(): NoticeView[] {
    const names = new Map(this.#deps.channels.all.map(({ id, name }) => [id, name]));
    return this.#deps.notices.recent(NOTICES_SHOWN).map((notice) => viewOf(notice, names));
  }

  #channelView(channel: Channel): ChannelView {
    const { notices, sayTarget, now } = this.#deps;
    const { id, name, on, severities, when, target } = channel;
    const { state, sentAt, nextTryAt } = notices.line(id);
    const waiting = notices.waiting(id);
    return {
      ...{ id, name, on, severities: severities.filter((severity) => severity !== "info"), when, kind: target.kind },
      ...{ target: sayTarget(target), hasSecret: "secret" in target && target.secret !== undefined },
      mail: target.kind === "email" ? mailOf(target) : null,
      ...{ state, said: this.#said(channel, waiting), waiting, sentAt: instant(sentAt) },
      nextTryAt: on && waiting > 0 && nextTryAt > now() ? instant(nextTryAt) : null,
    };
  }

  #said(channel: Channel, waiting: number): string {
    const { notices } = this.#deps;
    const { state, said } = notices.line(channel.id);
    if (!channel.on) return "Switched off. Nothing is sent here.";
    if (notices.holds(channel) && waiting > 0) return "Waits until the internet is back.";
    return state === "untried" ? "Nothing was sent here since the hub started." : said;
  }
}

function mailOf({ host, port, security, user, from, to }: Extract<Target, { kind: "email" }>): ChannelView["mail"] {
  return { host, port, security, user, from, to: [...to] };
}

function viewOf(notice: Notice, names: ReadonlyMap<string, string>): NoticeView {
  const { id, channel, kind, severity, title, since, until, madeAt, fate } = notice;
  return {
    ...{ id, channel: names.get(channel) ?? channel, kind, severity, title },
    since: new Date(since).toISOString(),
    until: instant(until),
    madeAt: new Date(madeAt).toISOString(),
    fate: fate.kind,
    why: fate.kind === "dropped" ? fate.why : null,
    said: sayFate(notice),
    at: fate.kind === "waiting" ? null : instant(fate.at),
  };
}

function instant(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
