/** The picture's truth as a table. */
import type { LayerView, View } from "../../shared/api.ts";
import { StateMark } from "../ui/state_mark.tsx";
import type { Pair } from "./pairs.ts";
import { layerMark, NOT_KNOWN, registerMark, sayMs, sayPercent } from "./words.ts";

const LAYER_WORDS: Record<LayerView["state"], string> = { ok: "Up", down: "Down", unknown: "Unknown" };
const PATH_WORDS: Record<Pair["path"], string> = { direct: "direct", relay: "over the hub", none: "no link reported" };

export function PictureTable({ view, pairs }: { readonly view: View; readonly pairs: readonly Pair[] }) {
  return (
    <details class="more">
      <summary>The same as a table</summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Links as a table">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Between</th>
              <th scope="col">How</th>
              <th scope="col" class="number">Round trip</th>
              <th scope="col" class="number">Loss</th>
              <th scope="col">Measured</th>
            </tr>
          </thead>
          <tbody>
            <LayerRow name="Router and internet" layer={view.internet} />
            <LayerRow name="Hub and router" layer={view.router} />
            {view.registers.map((register) => (
              <tr key={register.id}>
                <th scope="row">
                  <StateMark mark={registerMark(register, view.findings)} /> Hub and {register.name}
                </th>
                <td>{register.connected ? "connected" : "not connected"}</td>
                <td class="number">{sayMs(register.rttMs)}</td>
                <td class="number">{sayPercent(register.lossPercent)}</td>
                <td>{register.cause ?? ""}</td>
              </tr>
            ))}
            {pairs.map((pair) => (
              <tr key={`${pair.a.id} ${pair.b.id}`}>
                <th scope="row">{pair.a.name} and {pair.b.name}</th>
                <td>{PATH_WORDS[pair.path]}</td>
                <td class="number">{sayMs(pair.rttMs)}</td>
                <td class="number">{sayPercent(pair.lossPercent)}</td>
                <td>{pair.why ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function LayerRow({ name, layer }: { readonly name: string; readonly layer: LayerView }) {
  return (
    <tr>
      <th scope="row">
        <StateMark mark={layerMark(layer)} /> {name}
      </th>
      <td>{LAYER_WORDS[layer.state]}</td>
      <td class="number">{sayMs(layer.rttMs)}</td>
      <td class="number">{NOT_KNOWN}</td>
      <td>{layer.text}</td>
    </tr>
  );
}
