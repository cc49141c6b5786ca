/** A small drawing of what is to be done by hand. It says nothing that the sentence beside it does not. */
import type { Next } from "../../../shared/install/next.ts";

export function Drawing({ kind }: { readonly kind: Next["kind"] }) {
  return (
    <svg class="drawing" viewBox="0 0 96 72" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5">
      <Lines kind={kind} />
    </svg>
  );
}

function Lines({ kind }: { readonly kind: Next["kind"] }) {
  switch (kind) {
    case "register":
      return (
        <>
          <Tablet x={14} />
          <path class="drawing-accent" d="M70 26v20M60 36h20" />
        </>
      );
    case "mend":
    case "look":
      return (
        <>
          <Router x={10} />
          <Waves x={48} />
          <Tablet x={62} small />
        </>
      );
    case "answer":
      return (
        <>
          <Router x={12} />
          <path class="drawing-accent" d="M64 27c0-6 4-9 9-9s9 3 9 8c0 7-9 7-9 14" />
          <path class="drawing-accent" d="M73 50v3" />
        </>
      );
    case "walk":
      return (
        <>
          <Router x={6} />
          <path class="drawing-accent" d="M44 54h6M56 54h6M68 54h6" />
          <Waves x={40} />
          <Tablet x={66} small />
        </>
      );
    case "report":
      return (
        <>
          <path d="M28 8h30l12 12v44H28z" />
          <path d="M38 28h22M38 37h22" />
          <path class="drawing-accent" d="M38 52c4-6 7 4 11 0s6 2 11-2" />
        </>
      );
  }
}

function Tablet({ x, small }: { readonly x: number; readonly small?: boolean }) {
  const [width, height] = small ? [24, 32] : [34, 46];
  const y = (72 - height) / 2;
  return (
    <>
      <rect x={x} y={y} width={width} height={height} rx="4" />
      <path d={`M${x + width / 2 - 3} ${y + height - 4}h6`} />
    </>
  );
}

function Router({ x }: { readonly x: number }) {
  return (
    <>
      <rect x={x} y="40" width="32" height="14" rx="3" />
      <path d={`M${x + 8} 40V24M${x + 24} 40V24`} />
      <path d={`M${x + 7} 47h2M${x + 14} 47h2`} />
    </>
  );
}

function Waves({ x }: { readonly x: number }) {
  return <path class="drawing-accent" d={`M${x} 30q6 6 0 12M${x + 6} 26q9 10 0 20`} />;
}
