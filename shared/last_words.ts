/**
 * What a register says when it goes: its page was hidden, or is being closed. A page on its way out can no longer wait for an answer, so it
 * is sent as a beacon, which carries no header: the token is in the body, and the body is plain text, so that no browser asks first.
 */
import { z } from "zod";

export const LAST_WORDS_MAX_BYTES = 1024; // a token, two words and a time are a fifth of it
const IDLE_MAX_S = 7 * 24 * 60 * 60;

export const LastWordsKind = z.enum(["hidden", "closing"]);
export type LastWordsKind = z.infer<typeof LastWordsKind>;

export const IdleSeconds = z.number().min(0).max(IDLE_MAX_S);

export const LastWordsRequest = z.object({
  token: z.string().min(1).max(200),
  kind: LastWordsKind.describe("The page was hidden, or is being closed"),
  sentAt: z.iso.datetime({ offset: true }).describe("By the register's own clock: what it said later counts more"),
  idleSeconds: IdleSeconds.optional().describe("Since somebody last touched the screen"),
});
export type LastWordsRequest = z.infer<typeof LastWordsRequest>;
