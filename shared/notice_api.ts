/**
 * Channels and notices as a manager's page sends and gets them. What opens a channel (an address with a token in it, a key, a password)
 * goes in and never comes out: an answer says of an address only where it leads.
 */
import { z } from "zod";
import { CHANNEL_KINDS, DROPS } from "./notice.ts";

export const CHANNELS_MAX = 10; // more than one for everybody who works here would read
export const NOTICES_SHOWN = 100; // the newest
const URL_MAX = 1_000; // characters; a Teams address has some 300
const SECRET_MAX = 500; // characters
const RECIPIENTS_MAX = 10;

export const ChannelKind = z.enum(CHANNEL_KINDS);

const ChannelUrl = z.string().trim().max(URL_MAX).refine(isChannelUrl, {
  message: "An address begins with https:// or http://, and has no name and password before the host",
});
const Secret = z.string().trim().max(SECRET_MAX);
const MailAddress = z.email({ message: "This is not an e-mail address" }).max(200);

const Common = {
  id: z.string().max(40).optional().describe("Absent: a new channel"),
  name: z.string().trim().min(1, { message: "A channel needs a name" }).max(60),
  on: z.boolean(),
  severities: z.array(z.enum(["warn", "fail"])).min(1).max(2).describe("What it is told of"),
  when: z.enum(["any-time", "opening-hours"]).describe("Outside opening hours the second is told nothing"),
};
const Url = { url: ChannelUrl.optional().describe("Absent: as it was. Never told again") };
const Key = { secret: Secret.nullable().optional().describe("Absent: as it was; null: none. Never told again") };

/** A channel as a manager sends it. */
export const ChannelRequest = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), ...Common, ...Url, ...Key }),
  z.object({ kind: z.literal("ntfy"), ...Common, ...Url, ...Key }),
  z.object({ kind: z.literal("slack"), ...Common, ...Url }),
  z.object({ kind: z.literal("discord"), ...Common, ...Url }),
  z.object({ kind: z.literal("teams"), ...Common, ...Url }),
  z.object({
    kind: z.literal("email"),
    ...Common,
    ...Key,
    host: z.string().trim().min(1, { message: "The name of the mail server is missing" }).max(200),
    port: z.number().int().min(1).max(65_535),
    security: z.enum(["tls", "starttls", "none"]).describe("tls: from the first byte, usually port 465"),
    user: z.string().trim().max(200).describe("Empty: without signing in"),
    from: MailAddress,
    to: z.array(MailAddress).min(1, { message: "Nobody is named to send to" }).max(RECIPIENTS_MAX),
  }),
]);
export type ChannelRequest = z.infer<typeof ChannelRequest>;

/** All channels: one that is not among them is gone. */
export const NoticeSettingsRequest = z.object({ channels: z.array(ChannelRequest).max(CHANNELS_MAX) });

const Mail = ChannelRequest.options[5].pick({
  host: true,
  port: true,
  security: true,
  user: true,
  from: true,
  to: true,
});

export const ChannelView = z.object({
  ...Common,
  id: z.string(),
  kind: ChannelKind,
  target: z.string().describe("Where it leads, without what opens it: “hooks.slack.com/…/x9Qz”"),
  hasSecret: z.boolean(),
  mail: Mail.nullable(),
  state: z.enum(["untried", "ok", "trouble"]).describe("By the last attempt since the hub started"),
  said: z.string().describe("What came of it, in words"),
  waiting: z.number().int().describe("Notices that wait to be sent"),
  sentAt: z.iso.datetime().nullable(),
  nextTryAt: z.iso.datetime().nullable(),
});
export type ChannelView = z.infer<typeof ChannelView>;
export const NoticeSettings = z.object({ channels: z.array(ChannelView) });
export type NoticeSettings = z.infer<typeof NoticeSettings>;

export const NoticeTest = z.object({ ok: z.boolean(), said: z.string().describe("What happened, in words") });
export type NoticeTest = z.infer<typeof NoticeTest>;

export const NoticeView = z.object({
  id: z.string(),
  channel: z.string().describe("Its name; the id of one that is gone"),
  kind: z.enum(["fall", "worse", "recovery"]),
  severity: z.enum(["info", "warn", "fail"]),
  title: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  madeAt: z.iso.datetime(),
  fate: z.enum(["waiting", "sent", "dropped"]),
  why: z.enum(DROPS).nullable(),
  said: z.string().describe("Its fate in words"),
  at: z.iso.datetime().nullable().describe("When its fate was known"),
});
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticesResponse = z.object({ notices: z.array(NoticeView) });
export type NoticesResponse = z.infer<typeof NoticesResponse>;

/** Plain or secure http, and no credentials in it, which would be sent to wherever a name leads. */
function isChannelUrl(text: string): boolean {
  return /^https?:\/\/[^\s/@?#]+(?:[/?#][^\s]*)?$/i.test(text);
}
