/** Microsoft Teams, by a workflow that starts “when a Teams webhook request is received”: an adaptive card in a message. */
import type { Message, Mood } from "../../shared/notice_text.ts";
import type { Outcome } from "./channel.ts";
import { post } from "./post.ts";

const COLOURS: Record<Mood, string> = { fail: "Attention", warn: "Warning", over: "Good", test: "Accent" };

export async function sendTeams(url: string, { mood, title, text }: Message): Promise<Outcome> {
  const block = (words: string, more = {}) => ({ type: "TextBlock", text: words, wrap: true, ...more });
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      block(title, { size: "Large", weight: "Bolder", color: COLOURS[mood] }),
      ...text.split("\n").map((line) => block(line)), // a card has no line breaks
    ],
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return await post({
    url,
    body: JSON.stringify({ type: "message", attachments: [{ contentType, contentUrl: null, content }] }),
  });
}
