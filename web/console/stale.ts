/** What remains true of a view when the hub has gone quiet: names and the past. The present becomes unknown. */
import type { LayerView, View } from "../../shared/api.ts";

export function forgetPresent(view: View, verdict: string): View {
  return {
    ...view,
    verdict: { level: "unknown", text: verdict },
    router: forgetLayer(view.router),
    internet: forgetLayer(view.internet),
    links: [],
    registers: view.registers.map((register) => ({
      ...register,
      state: "unknown",
      cause: null,
      connected: false,
      foreground: null,
      rttMs: null,
      lossPercent: null,
      signalDbm: null,
      unsynced: null,
      behind: null,
    })),
  };
}

function forgetLayer(layer: LayerView): LayerView {
  return { ...layer, state: "unknown", text: "Not known while the hub is away.", rttMs: null };
}
