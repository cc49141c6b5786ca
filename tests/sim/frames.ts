/** Messages as the text that a frame carries, and back, as strictly as a run asks for; what no frame may be is named. */
import { MESSAGE_MAX_BYTES, parseMessage, SyncMessage } from "../../shared/wire.ts";

export type Say = (sentence: string) => void;

export function framed(message: SyncMessage, say: Say): string {
  const text = JSON.stringify(message);
  if (text.length > MESSAGE_MAX_BYTES) say(`frame-size: a ${message.type} of ${text.length} characters`);
  return text;
}

/** Held against the schema, as the product does; a run that does not ask for it is faster. */
export function unframed(text: string, say: Say): SyncMessage {
  const parsed = parseMessage(SyncMessage, text);
  if (parsed.ok) return parsed.message;
  say(`frame-valid: a frame was refused: ${parsed.why}`);
  return JSON.parse(text);
}
