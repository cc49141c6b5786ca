/** Does the internet answer? Two addresses of different owners by TCP: open or refused proves it, and only silence from all speaks against. */
import type { Rung } from "../../shared/rules/network.ts";
import type { ProbeTargets } from "./settings.ts";
import type { Connect, TcpResult } from "./tcp.ts";

const NOT_ASKED: Rung = { how: "The internet was not asked, as this hub was told" };

/** `hasRoute`: there is a default route, so "no way to that network" was said by the router and not by this hub. */
export async function probeInternet(
  targets: ProbeTargets["internet"],
  { connect, ms, hasRoute }: { connect: Connect; ms: number; hasRoute: Promise<boolean> },
): Promise<Rung> {
  if (targets.length === 0) return NOT_ASKED;
  const enough = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(ms), enough.signal]);
  const names = targets.map(({ address, port }) => `${address}:${port}`);
  const attempts = targets.map(({ address, port }) => connect(address, port, signal));
  try {
    return await Promise.any(attempts.map(async (attempt, i): Promise<Rung> => {
      const result = await attempt;
      if (result.kind !== "open" && result.kind !== "refused") throw result; // so that the first answer wins
      return { ok: true, rttMs: result.rttMs, how: `The internet answers (${names[i]}, ${result.kind})` };
    }));
  } catch {
    return judgeInternet(names, await Promise.all(attempts), await hasRoute);
  } finally {
    enough.abort();
  }
}

/** None of them answered. */
export function judgeInternet(names: readonly string[], results: readonly TcpResult[], hasRoute: boolean): Rung {
  const broken = results.find((result) => result.kind === "unknown" || (result.kind === "no-network" && !hasRoute));
  if (broken && "why" in broken) return { how: `The internet was not measured: ${broken.why}` };
  return { ok: false, how: `None of ${names.join(" and ")} answers` };
}
