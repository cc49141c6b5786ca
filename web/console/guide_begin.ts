/** Begins a guide, or goes back to the one that somebody is at, and opens it. */
import { RunbookView } from "../../shared/runbook_api.ts";
import type { RunbookKind } from "../../shared/runbook/kind.ts";
import { request } from "../lib/http.ts";
import { go } from "./route.ts";
import { loadView, showToast } from "./state.ts";

export async function beginGuide(kind: RunbookKind, subject: string): Promise<void> {
  const answer = await request(RunbookView, "/api/runbooks", { method: "POST", body: { kind, subject } });
  if (!answer.ok) return showToast(answer.message);
  await loadView();
  go({ kind: "guide", id: answer.data.id });
}
