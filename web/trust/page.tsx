/** How a device comes to trust the hub: whether it does already, its own steps, and the fingerprint to compare. */
import { useEffect, useState } from "preact/hooks";
import { TrustResponse } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { Qr } from "../lib/qr.tsx";
import { Button } from "../ui/button.tsx";
import { StateMark } from "../ui/state_mark.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { asksOverHttps, type Trusted } from "./ask.ts";
import { Fingerprint } from "./fingerprint.tsx";
import { PLATFORM_NAMES, platformOf, PLATFORMS } from "./platform.ts";
import { StepList } from "./step_list.tsx";

export function TrustPage() {
  const [answer, setAnswer] = useState<Loaded<TrustResponse>>(LOADING);
  const load = async () => setAnswer(toLoaded(await request(TrustResponse, "/api/trust")));
  useEffect(() => void load(), []);
  return (
    <main class="trust">
      {answer.kind === "loading" && <Loading what="what this hub can do" />}
      {answer.kind === "failed" && <Failed what="this page" message={answer.message} onRetry={load} />}
      {answer.kind === "ready" && <Ready trust={answer.data} />}
    </main>
  );
}

function Ready({ trust: { url, name, fingerprint } }: { trust: TrustResponse }) {
  if (url === null || name === null || fingerprint === null) return <HttpsOff />;
  return <Steps url={url} name={name} fingerprint={fingerprint} />;
}

function HttpsOff() {
  return (
    <>
      <h1>This hub does not speak https</h1>
      <p>
        Registers work all the same, over plain http. They cannot start while the hub is off, or keep the screen on.
      </p>
      <p class="soft">The hub's terminal says why, and what to do.</p>
    </>
  );
}

function Steps({ url, name, fingerprint }: { url: string; name: string; fingerprint: string }) {
  const [trusted, ask] = useTrusted(url);
  const own = platformOf(navigator);
  return (
    <>
      <header class="trust-head">
        <h1>Let this device trust the hub</h1>
        <p>
          Then its register starts even while the hub is off, and keeps the screen on. Without it everything works over
          plain http, with less.
        </p>
      </header>
      <Standing trusted={trusted} url={url} onAsk={ask} />
      <section class="trust-part">
        <h2>On this device: {PLATFORM_NAMES[own]}</h2>
        <StepList platform={own} name={name} />
      </section>
      <Fingerprint name={name} fingerprint={fingerprint} />
      <section class="trust-part">
        <h2>On other devices</h2>
        {PLATFORMS.filter((each) => each !== own).map((each) => (
          <details key={each}>
            <summary>{PLATFORM_NAMES[each]}</summary>
            <StepList platform={each} name={name} />
          </details>
        ))}
        <p class="soft">
          Firefox keeps a list of its own: Settings › Privacy &amp; Security › Certificates › View Certificates ›
          Authorities › Import, on each of these.
        </p>
      </section>
    </>
  );
}

function Standing({ trusted, url, onAsk }: { trusted: Trusted; url: string; onAsk: () => void }) {
  if (trusted === "yes") {
    return (
      <section class="standing" role="status">
        <Qr text={`${url}/register`} label="QR code of the register's https address" />
        <div class="trust-part">
          <p class="standing-word">
            <StateMark mark="fine" word="" /> This device trusts the hub
          </p>
          <p>The register over https, here and on every device that trusts the hub:</p>
          <p>
            <a class="button button-main" href={`${url}/register`}>Open the register</a>
          </p>
          <p class="soft trust-url">{url}/register</p>
        </div>
      </section>
    );
  }
  return (
    <section class="standing" role="status">
      <p class="standing-word">
        <StateMark mark="unknown" word="" />{" "}
        {trusted === "asking" ? "Asking over https …" : "This device does not trust the hub yet"}
      </p>
      <Button onPress={onAsk} busy={trusted === "asking"}>Ask again</Button>
    </section>
  );
}

/** Asks at once, and each time the page comes back to the front: that is where a person comes from Settings. */
function useTrusted(url: string): readonly [Trusted, () => void] {
  const [trusted, setTrusted] = useState<Trusted>("asking");
  const ask = () => {
    setTrusted("asking");
    asksOverHttps(url).then(setTrusted);
  };
  useEffect(() => {
    const back = () => document.visibilityState === "visible" && ask();
    ask();
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [url]);
  return [trusted, ask];
}
