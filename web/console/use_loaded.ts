/** Something of the hub that is asked for when a part of the page opens, and again every minute while it stays open. */
import { useEffect, useState } from "preact/hooks";
import type { z } from "zod";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";

const REFRESH_MS = 60_000;

/** What was there stays until the new is here, so that nothing jumps; the second value asks at once. */
export function useLoaded<T>(schema: z.ZodType<T>, path: string): [Loaded<T>, () => void] {
  const [answer, setAnswer] = useState<{ readonly path: string; readonly loaded: Loaded<T> }>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    const load = async () => {
      const loaded = toLoaded(await request(schema, path));
      if (!wanted) return;
      setAnswer((old) =>
        loaded.kind === "failed" && old?.path === path && old.loaded.kind === "ready" ? old : { path, loaded }
      );
    };
    void load();
    const timer = setInterval(load, REFRESH_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [path, round]);
  return [answer?.path === path ? answer.loaded : LOADING, () => setRound(round + 1)];
}
