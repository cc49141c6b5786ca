/** What each kind of channel is called, and what its address is. */
import type { ChannelKind } from "../../shared/notice.ts";
import type { ChannelView, NoticeView } from "../../shared/notice_api.ts";
import type { Mark } from "../ui/state_mark.tsx";

export const KIND_WORDS: Record<ChannelKind, string> = {
  ntfy: "ntfy (push to a phone)",
  email: "E-mail",
  slack: "Slack",
  discord: "Discord",
  teams: "Microsoft Teams",
  webhook: "Webhook (for programs)",
};

export const ADDRESS_NOTES: Record<Exclude<ChannelKind, "email">, string> = {
  ntfy: "The topic's address, like https://ntfy.sh/bar-lola-4f9c1. Who knows it can read it: choose one hard to guess.",
  slack: "Of an incoming webhook, made in Slack for one channel.",
  discord: "Of a webhook, made in a Discord channel's settings under Integrations.",
  teams: "Of a workflow “when a Teams webhook request is received”.",
  webhook: "It gets each message as JSON. It may be a server in this network.",
};

export function channelMark({ on, state }: ChannelView): Mark {
  if (!on) return "unknown";
  switch (state) {
    case "ok":
      return "fine";
    case "trouble":
      return "act";
    case "untried":
      return "unknown";
  }
}

/** The mark of what became of a notice. One that was withheld on purpose asks for nothing. */
export function fateMark({ fate, why }: NoticeView): Mark {
  switch (fate) {
    case "sent":
      return "fine";
    case "waiting":
      return "look";
    case "dropped":
      return why === "expired" || why === "attempts" || why === "queue-full" ? "act" : "unknown";
  }
}
