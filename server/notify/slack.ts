/** Slack, by an incoming webhook. */
import type { Message } from "../../shared/notice_text.ts";
import type { Outcome } from "./channel.ts";
import { post } from "./post.ts";

const HEADER_MAX = 150; // characters, Slack's own limits
const SECTION_MAX = 3_000;

export async function sendSlack(url: string, { title, text }: Message): Promise<Outcome> {
  const blocks = [
    { type: "header", text: { type: "plain_text", text: title.slice(0, HEADER_MAX) } },
    { type: "section", text: { type: "mrkdwn", text: escaped(text).slice(0, SECTION_MAX) } },
  ];
  return await post({ url, body: JSON.stringify({ text: escaped(title), blocks }) }); // text: what a phone's banner shows
}

/** Slack reads <…> as a link or a call to everybody. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
