/** What became of a notice, in words for a manager. */
import type { Drop, Notice } from "./notice.ts";

export function sayFate({ fate, kind, until, trouble }: Notice): string {
  switch (fate.kind) {
    case "sent":
      return "Sent.";
    case "dropped":
      return sayDrop(fate.why, trouble);
    case "waiting":
      if (trouble !== undefined) return `Waits for the next try. ${trouble}`;
      if (kind === "recovery") return "Waits until it has held for five minutes.";
      return until === undefined ? "Waits its turn." : "Waits to be sent, with its end.";
  }
}

function sayDrop(why: Drop, trouble: string | undefined): string {
  switch (why) {
    case "effect":
      return "Not sent: it is the effect of something else that is told.";
    case "muted":
      return "Not sent: it is muted.";
    case "quiet-hours":
      return "Not sent: the venue was closed.";
    case "over-already":
      return "Not sent: it was over within half a minute.";
    case "venue-closed":
      return "Not sent: the venue closed, and whether it is over was not seen.";
    case "gone":
      return "Not sent: what it is about was taken off the list.";
    case "unmeasured":
      return "Not sent: it is not measured any more, and whether it is over is not known.";
    case "milder":
      return "Not sent: it became less grave than this channel is told.";
    case "fell-again":
      return "Not sent: it came back at once.";
    case "expired":
      return `Not sent: nothing could be sent for a day.${trouble ? ` ${trouble}` : ""}`;
    case "queue-full":
      return "Not sent: too many others waited.";
    case "attempts":
      return `Given up after many tries. ${trouble ?? ""}`.trim();
    case "channel-off":
      return "Not sent: the channel was switched off or removed.";
  }
}
