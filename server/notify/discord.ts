/** Discord, by a channel's webhook. */
import type { Message, Mood } from "../../shared/notice_text.ts";
import type { Outcome } from "./channel.ts";
import { post } from "./post.ts";

const TITLE_MAX = 256; // characters, Discord's own limits
const DESCRIPTION_MAX = 4_096;
const COLOURS: Record<Mood, number> = { fail: 0xb3261e, warn: 0x925a00, over: 0x1e7a4c, test: 0x1c5d7d };

export async function sendDiscord(url: string, { mood, title, text, at }: Message): Promise<Outcome> {
  const embed = {
    title: title.slice(0, TITLE_MAX),
    description: text.slice(0, DESCRIPTION_MAX),
    color: COLOURS[mood],
    timestamp: new Date(at).toISOString(),
  };
  // Nobody is called by name, whatever a register is named.
  return await post({ url, body: JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } }) });
}
