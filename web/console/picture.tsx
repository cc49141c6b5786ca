/**
 * The venue as a drawing: the way to the internet, and the registers around the hub with the links between them. A press on a line
 * tells about it; the table below tells the same of all of them, for those who cannot see or press a line.
 */
import { useRef, useState } from "preact/hooks";
import type { RegisterView, View } from "../../shared/api.ts";
import { MarkShape } from "../ui/state_mark.tsx";
import { layOut, type PictureLayout, type Point } from "./picture_layout.ts";
import { PictureTable } from "./picture_table.tsx";
import { type Pair, pairsOf } from "./pairs.ts";
import { sayPair } from "./say_pair.ts";
import { awaySince } from "./state.ts";
import { useWidth } from "./use_width.ts";
import { layerMark, registerMark, registerWord, sayMs, saySignal } from "./words.ts";

const MARK = 18; // side of a mark in the drawing
const LIFT = 48; // px that a label at the very top or bottom would be lifted away from its lines
const UPPER = 80; // px below the hub; on a phone, labels of registers above that stand over them
const NAME_MAX = 14; // letters of a name beside a mark; the table has the whole

export function Picture({ view }: { readonly view: View }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [chosen, setChosen] = useState<string | null>(null);
  const pairs = pairsOf(view);
  const told = pairs.find((pair) => keyOf(pair) === chosen);
  return (
    <section class="area-picture" aria-labelledby="picture">
      <div class="section-head">
        <h2 id="picture">Network</h2>
        <span class="legend soft small" aria-hidden="true">
          <LegendLine kind="direct" /> direct <LegendLine kind="relay" /> over the hub
        </span>
      </div>
      <div ref={box} class="picture-box">
        {width > 0 && (
          <Drawing view={view} pairs={pairs} layout={layOut(width, view.registers.length)} onChoose={setChosen} />
        )}
      </div>
      <p class="picture-told soft small" aria-live="polite">
        {told ? sayPair(told) : hintOf(pairs)}
      </p>
      <PictureTable view={view} pairs={pairs} />
    </section>
  );
}

interface DrawingProps {
  readonly view: View;
  readonly pairs: readonly Pair[];
  readonly layout: PictureLayout;
  readonly onChoose: (key: string) => void;
}

function Drawing({ view, pairs, layout, onChoose }: DrawingProps) {
  const { internet, router, hub } = layout;
  const wide = layout.shape === "wide";
  const at = new Map(view.registers.map((register, index) => [register.id, layout.registers[index]!]));
  return (
    <svg
      class={`picture picture-${layout.shape}`}
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="img"
      aria-label="Drawing of the network; the table after it says the same"
    >
      <Line from={internet} to={router} kind={view.internet.state} />
      <Line from={router} to={hub} kind={view.router.state} />
      {view.registers.map((register) => (
        <Line
          key={register.id}
          from={hub}
          to={at.get(register.id)!}
          kind={register.connected ? "session" : "unknown"}
        />
      ))}
      {pairs.filter(({ path }) => path !== "none").map((pair) => (
        <PairLine key={keyOf(pair)} pair={pair} from={at.get(pair.a.id)!} to={at.get(pair.b.id)!} onChoose={onChoose} />
      ))}
      <Node at={internet} mark={layerMark(view.internet)} name="internet" note={noteOf(view.internet)} place="below" />
      <Node
        at={router}
        mark={layerMark(view.router)}
        name="router"
        note={noteOf(view.router)}
        place={wide ? "below" : "beside"}
      />
      <Node
        at={hub}
        mark={awaySince.value === null ? "fine" : "unknown"}
        name="hub"
        note=""
        place={wide ? "below" : "beside"}
      />
      {view.registers.map((register) => (
        <Node
          key={register.id}
          at={at.get(register.id)!}
          mark={registerMark(register, view.findings)}
          name={short(register.name)}
          note={registerNote(register)}
          place={wide ? "beside" : at.get(register.id)!.y < hub.y + UPPER ? "above" : "below"}
          lift={wide ? Math.round((at.get(register.id)!.y - hub.y) / layout.height * LIFT) : 0}
        />
      ))}
    </svg>
  );
}

type LineKind = "ok" | "down" | "unknown" | "session";

function Line({ from, to, kind }: { readonly from: Point; readonly to: Point; readonly kind: LineKind }) {
  return <line class={`line line-${kind}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />;
}

interface PairLineProps {
  readonly pair: Pair;
  readonly from: Point;
  readonly to: Point;
  readonly onChoose: (key: string) => void;
}

/** Two strokes make the double line of a direct link; a third, unseen, is wide enough for a finger. */
function PairLine({ pair, from, to, onChoose }: PairLineProps) {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  return (
    <g class={`pair pair-${pair.path}`} onClick={() => onChoose(keyOf(pair))}>
      <title>{sayPair(pair)}</title>
      <line class="pair-outer" {...ends} />
      {pair.path === "direct" && <line class="pair-inner" {...ends} />}
      <line class="pair-touch" {...ends} />
    </g>
  );
}

interface NodeProps {
  readonly at: Point;
  readonly mark: Parameters<typeof MarkShape>[0]["mark"];
  readonly name: string;
  readonly note: string;
  readonly place: "above" | "below" | "beside";
  readonly lift?: number; // px away from the middle, where lines leave the mark
}

function Node({ at, mark, name, note, place, lift = 0 }: NodeProps) {
  const text = {
    above: { x: at.x, y: at.y - 33 },
    below: { x: at.x, y: at.y + 27 },
    beside: { x: at.x + 18, y: at.y + lift + (note ? -2 : 5) },
  }[place];
  return (
    <g class={`node node-${place}`}>
      <circle class="node-paper" cx={at.x} cy={at.y} r={MARK / 2 + 4} />
      <svg
        x={at.x - MARK / 2}
        y={at.y - MARK / 2}
        width={MARK}
        height={MARK}
        viewBox="0 0 16 16"
        class={`mark-${mark}`}
      >
        <MarkShape mark={mark} />
      </svg>
      <text class="node-name" x={text.x} y={text.y}>{name}</text>
      {note && <text class="node-note" x={text.x} y={text.y + 17}>{note}</text>}
    </g>
  );
}

function LegendLine({ kind }: { readonly kind: "direct" | "relay" }) {
  const ends = { x1: 0, y1: 4, x2: 24, y2: 4 };
  return (
    <svg class={`legend-line pair-${kind}`} width="24" height="8">
      <line class="pair-outer" {...ends} />
      {kind === "direct" && <line class="pair-inner" {...ends} />}
    </svg>
  );
}

function hintOf(pairs: readonly Pair[]): string {
  return pairs.some(({ path }) => path !== "none")
    ? "Press a line to read about it."
    : "No links between registers are reported.";
}

function keyOf({ a, b }: Pair): string {
  return `${a.id} ${b.id}`;
}

function short(name: string): string {
  return name.length <= NAME_MAX ? name : `${name.slice(0, NAME_MAX - 1)}…`;
}

function noteOf({ state, rttMs }: View["router"]): string {
  switch (state) {
    case "ok":
      return rttMs === null ? "answers" : sayMs(rttMs);
    case "down":
      return "down";
    case "unknown":
      return "not known";
  }
}

function registerNote(register: RegisterView): string {
  if (register.state !== "ok") return registerWord(register);
  if (register.foreground === false) return "hidden";
  return register.signalDbm === null
    ? sayMs(register.rttMs)
    : `${sayMs(register.rttMs)} · ${saySignal(register.signalDbm)}`;
}
