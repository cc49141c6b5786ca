/** The button that asks the network who hands out addresses. What came of it is in the row that it stands in. */
import { useState } from "preact/hooks";
import { DhcpAnswer } from "../../../shared/probe_api.ts";
import { request } from "../../lib/http.ts";
import { Button } from "../../ui/button.tsx";
import { load } from "./state.ts";

const ASKING_MS = 15_000; // the hub listens for five seconds, and its machine may be slow

export function AskDhcp({ isAsked }: { readonly isAsked: boolean }) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const ask = async () => {
    setBusy(true);
    const answer = await request(DhcpAnswer, "/api/probes/dhcp", { method: "POST", withinMs: ASKING_MS });
    setSaid(answer.ok ? sayAnswer(answer.data) : answer.message);
    await load();
    setBusy(false);
  };
  const word = isAsked ? "Ask again" : "Ask now";
  return (
    <div class="ask" id="ask-dhcp">
      <Button busy={busy} onPress={() => void ask()} label={`${word}: who hands out addresses`}>
        {word}
      </Button>
      <p class="small soft" role="status">
        {busy ? "Asking. It takes five seconds." : said ?? "Asks for an address, as a new device would. None is taken."}
      </p>
    </div>
  );
}

function sayAnswer(answer: DhcpAnswer): string {
  if (answer.kind === "unknown") {
    return "The hub could not ask. On its own computer, “sudo deno task doctor --dhcp” can.";
  }
  switch (answer.servers.length) {
    case 0:
      return "Nobody answered.";
    case 1:
      return "One machine answered.";
    default:
      return `${answer.servers.length} machines answered.`;
  }
}
