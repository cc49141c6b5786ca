/** Why changes reach a register the way they do, for the installer: what happened, and what to look at where something can be done. */
import type { RelayWhy, Switch } from "./link.ts";

/** What a heartbeat says of a path that is not direct. */
export type ToldWhy = RelayWhy | "missed-beats" | "opened";

const REASONS: Readonly<Record<ToldWhy, true>> = {
  "missed-beats": true,
  "opened": true,
  "not-tried": true,
  "peer-away": true,
  "no-answer": true,
  "no-route": true,
  "quiet": true,
  "closed": true,
  "replaced": true,
  "garbage": true,
  "suspect": true,
  "wrong-identity": true,
  "other-version": true,
  "unsupported": true,
  "peer-unsupported": true,
  "refused": true,
};

/** The reason behind the words, or behind its own name, as an app of another make may send it. Undefined: other words. */
export function reasonOf(said: string): ToldWhy | undefined {
  return (Object.keys(REASONS) as ToldWhy[]).find((why) => said === why || said === whyText(why));
}

export function whyText(why: Switch["why"] | ToldWhy): string {
  switch (why) {
    case "not-tried":
      return "A direct link has not been tried yet.";
    case "peer-away":
      return "The other register is not there to be asked for a direct link.";
    case "no-answer":
      return "The other register did not answer the offer of a direct link. Is its app in front?";
    case "no-route":
      return "The two cannot reach each other directly. Does the Wi-Fi keep its devices apart, or are they on different networks?";
    case "quiet":
      return "The direct link stopped answering.";
    case "closed":
      return "The direct link was closed at the other end.";
    case "replaced":
      return "The other register had lost the direct link and began it anew.";
    case "garbage":
      return "The other register sent what this one cannot read, so the direct link was closed.";
    case "suspect":
      return "The other register kept sending changes that do not fit those held here, so the direct link was closed.";
    case "wrong-identity":
      return "What answered is not the register it should be, so the direct link was closed.";
    case "other-version":
      return "The other register runs another version of the app.";
    case "unsupported":
      return "This device cannot make direct links.";
    case "peer-unsupported":
      return "The other device cannot make direct links.";
    case "refused":
      return "The offer of a direct link was not passed on. It is tried again later.";
    case "proven":
      return "The direct link answers.";
    case "steady":
      return "The direct link has answered steadily again.";
    case "opened":
      return "A direct link is open again. It counts once it has answered for a few seconds.";
    case "missed-beats":
      return "The direct link did not answer twice.";
  }
}
