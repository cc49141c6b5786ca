/** One message to one target, by the way of its kind. */
import type { Message } from "../../shared/notice_text.ts";
import type { Outcome, Target } from "./channel.ts";
import { sendDiscord } from "./discord.ts";
import { sendEmail } from "./email.ts";
import { sendNtfy } from "./ntfy.ts";
import { sendSlack } from "./slack.ts";
import { sendTeams } from "./teams.ts";
import { sendWebhook } from "./webhook.ts";

export function send(target: Target, message: Message): Promise<Outcome> {
  switch (target.kind) {
    case "webhook":
      return sendWebhook(target.url, target.secret, message);
    case "ntfy":
      return sendNtfy(target.url, target.secret, message);
    case "slack":
      return sendSlack(target.url, message);
    case "discord":
      return sendDiscord(target.url, message);
    case "teams":
      return sendTeams(target.url, message);
    case "email":
      return sendEmail(target, message);
  }
}
