/** What this page does without, on Diagnostics; over plain http, where to get it. */
import { useEffect, useState } from "preact/hooks";
import { TrustResponse } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { missingWords, movingWords } from "./missing.ts";
import { Screen } from "./screen.ts";

interface WithoutProps {
  readonly startsAlone: boolean;
  readonly keepsForGood: boolean;
  readonly unsynced: number;
}

export function Without({ startsAlone, keepsForGood, unsynced }: WithoutProps) {
  const words = missingWords({ startsAlone, staysAwake: Screen.canStayAwake(), keepsForGood });
  return (
    <section class="stack">
      <h2>What this page does without</h2>
      {words.length === 0 && <p>Nothing: it starts with the hub off, keeps the screen on and keeps its storage.</p>}
      <ul class="plain-list">{words.map((each) => <li key={each}>{each}</li>)}</ul>
      {location.protocol === "http:" && <Moving unsynced={unsynced} />}
    </section>
  );
}

/** The way to https, if the hub speaks it. */
function Moving({ unsynced }: { unsynced: number }) {
  const [secure, setSecure] = useState<string | null>(null);
  useEffect(() => {
    request(TrustResponse, "/api/trust").then((answer) => answer.ok && setSecure(answer.data.url));
  }, []);
  if (secure === null) return null;
  return (
    <>
      <p>{movingWords(unsynced)}</p>
      <div class="row">
        <a class="button" href="/trust">Trust the hub</a>
        <a class="button button-quiet" href={`${secure}/register`}>{secure}/register</a>
      </div>
    </>
  );
}
