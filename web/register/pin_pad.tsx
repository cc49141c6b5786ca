/** Digits for a finger, and for a keyboard if there is one. The PIN is shown as dots, as many as were typed. */
import { useEffect, useState } from "preact/hooks";
import { PIN_LENGTH_MAX, PIN_LENGTH_MIN } from "../../shared/staff.ts";
import { Button } from "../ui/button.tsx";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

interface PinPadProps {
  readonly busy: boolean;
  readonly blocked: boolean; // too many wrong ones: it has to wait
  readonly verb?: string; // what the PIN does; absent: it signs in
  readonly onEnter: (pin: string) => Promise<unknown>;
}

export function PinPad({ busy, blocked, verb = "Sign in", onEnter }: PinPadProps) {
  const [pin, setPin] = useState("");
  const idle = !busy && !blocked;
  const type = (digit: string) => idle && setPin((typed) => (typed + digit).slice(0, PIN_LENGTH_MAX));
  const erase = () => idle && setPin((typed) => typed.slice(0, -1));
  const enter = async () => {
    if (!idle || pin.length < PIN_LENGTH_MIN) return;
    await onEnter(pin);
    setPin("");
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (/^[0-9]$/.test(event.key)) type(event.key);
      else if (event.key === "Backspace") erase();
      else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) void enter();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <div class="pin">
      <p class="pin-dots" role="status" aria-label={`${pin.length} digits typed`}>
        {Array.from(
          { length: Math.max(PIN_LENGTH_MIN, pin.length) },
          (_, index) => <span key={index} class={index < pin.length ? "pin-dot pin-dot-full" : "pin-dot"} />,
        )}
      </p>
      <div class="pin-keys" role="group" aria-label="Digits">
        {DIGITS.map((digit) => <Key key={digit} text={digit} off={blocked} onPress={() => type(digit)} />)}
        <Key text="⌫" label="Delete the last digit" off={blocked || pin === ""} onPress={erase} />
        <Key text="0" off={blocked} onPress={() => type("0")} />
      </div>
      <Button kind="main" onPress={enter} busy={busy} disabled={blocked || pin.length < PIN_LENGTH_MIN}>
        {busy ? "One moment …" : verb}
      </Button>
    </div>
  );
}

function Key({ text, label, off, onPress }: { text: string; label?: string; off: boolean; onPress: () => void }) {
  return <button type="button" class="pin-key" aria-label={label} disabled={off} onClick={onPress}>{text}</button>;
}
