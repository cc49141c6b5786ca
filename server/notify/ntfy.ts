/** ntfy, the public service or one's own: a push message on a phone. Sent as JSON, since a header cannot carry a name like “Café”. */
import type { Message, Mood } from "../../shared/notice_text.ts";
import type { Outcome } from "./channel.ts";
import { post } from "./post.ts";

/** 3 is the usual; 4 and 5 ring longer and louder. */
const PRIORITIES: Record<Mood, number> = { fail: 4, warn: 3, over: 2, test: 3 };
/** ntfy shows these as little pictures. */
const TAGS: Record<Mood, string> = { fail: "rotating_light", warn: "warning", over: "white_check_mark", test: "bell" };

/** `url` is the topic's own; `token` is for topics that are not open to all. */
export async function sendNtfy(url: string, token: string | undefined, message: Message): Promise<Outcome> {
  const base = new URL(url);
  const parts = base.pathname.split("/").filter((part) => part !== "");
  const topic = parts.pop();
  if (topic === undefined) return { kind: "failed", said: "The address has no topic: it ends like ntfy.sh/my-topic." };
  base.pathname = `/${parts.join("/")}`;
  const { mood, title, text } = message;
  return await post({
    url: base.href,
    headers: token === undefined ? undefined : { authorization: `Bearer ${token}` },
    body: JSON.stringify({ topic, title, message: text, priority: PRIORITIES[mood], tags: [TAGS[mood]] }),
  });
}
