/** A one-time code for a new register, large enough to read across a counter. It closes by itself when the register is here. */
import { useEffect, useRef, useState } from "preact/hooks";
import { EnrollmentResponse, type View } from "../../shared/api.ts";
import { request } from "../lib/http.ts";
import { type Loaded, LOADING, toLoaded } from "../lib/loaded.ts";
import { sayCountdown } from "../lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { Qr } from "../lib/qr.tsx";
import { now, showToast } from "./state.ts";

interface AddRegisterProps {
  readonly view: View;
  readonly onClose: () => void;
}

export function AddRegister({ view, onClose }: AddRegisterProps) {
  const [enrollment, setEnrollment] = useState<Loaded<EnrollmentResponse>>(LOADING);
  const before = useRef(new Set(view.registers.map(({ id }) => id)));
  async function load() {
    setEnrollment(LOADING);
    setEnrollment(toLoaded(await request(EnrollmentResponse, "/api/enrollments", { method: "POST", body: {} })));
  }
  useEffect(() => void load(), []);
  const arrived = view.registers.find(({ id }) => !before.current.has(id));
  useEffect(() => {
    if (!arrived) return;
    showToast(`${arrived.name} is enrolled.`);
    onClose();
  }, [arrived?.id]);
  return (
    <Dialog title="Add a register" onClose={onClose}>
      {enrollment.kind === "loading" && <Loading what="a code" />}
      {enrollment.kind === "failed" && <Failed what="a code" message={enrollment.message} onRetry={load} />}
      {enrollment.kind === "ready" && <Code enrollment={enrollment.data} onRenew={load} />}
    </Dialog>
  );
}

function Code({ enrollment, onRenew }: { readonly enrollment: EnrollmentResponse; readonly onRenew: () => void }) {
  const [way, setWay] = useState<Way>("plain");
  const left = Date.parse(enrollment.expiresAt) - now.value;
  if (left <= 0) {
    return (
      <div class="state">
        <p>This code has run out, so that nobody finds it lying about.</p>
        <Button kind="main" onPress={onRenew}>Make a new code</Button>
      </div>
    );
  }
  const { url, secureUrl } = enrollment;
  const link = way === "secure" && secureUrl !== null ? secureUrl : url;
  return (
    <div class="enrol">
      {secureUrl !== null && secureUrl !== url && (
        <WayChoice way={way} trust={`${new URL(url).origin}/trust`} onChoose={setWay} />
      )}
      <Qr text={link} label="QR code of the link below" />
      <div class="enrol-words">
        <p>Scan this with the iPad's camera, or open the link on it and type the code.</p>
        <p class="enrol-code" aria-label={`Code ${enrollment.code.split("").join(" ")}`}>{enrollment.code}</p>
        <p class="enrol-link">
          <a href={link}>{link}</a>
        </p>
        <p class="soft small">
          Good for one register, for{" "}
          <span role="timer">{sayCountdown(left)}</span>. This closes when the register is here.
        </p>
      </div>
    </div>
  );
}

type Way = "plain" | "secure";

interface WayChoiceProps {
  readonly way: Way;
  readonly trust: string; // the page that a device opens first
  readonly onChoose: (way: Way) => void;
}

/** Over which of the hub's two ways the register is to be enrolled; it stays there. */
function WayChoice({ way, trust, onChoose }: WayChoiceProps) {
  return (
    <div class="enrol-words enrol-way">
      <Choice
        label="How the register reaches the hub"
        options={[{ value: "plain", text: "http" }, { value: "secure", text: "https" }]}
        value={way}
        onChoose={onChoose}
      />
      <p class="soft small">
        {way === "plain" ? "Over https a register also starts with the hub off, and keeps the screen on." : (
          <>
            The device has to trust the hub first: open <a href={trust}>{trust}</a> on it.
          </>
        )}
      </p>
    </div>
  );
}
