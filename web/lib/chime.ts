/**
 * A sound that the page makes itself, with no file to fetch. Browsers keep a page silent until somebody has tapped it, and iPads fall
 * silent again when the page was away; so every tap wakes it. Whether this device shall sound at all is kept in this browser only.
 */

const KEY = "sound";
const TONES_HZ = [880, 660, 880, 660]; // two tones, twice: not a telephone, not a till
const TONE_S = 0.22;
const LOUDNESS = 0.35; // of full: heard across a counter, and no fright
const FADE_S = 0.02; // without it a tone clicks

export type Sound = "on" | "off";

/** What was chosen here; on where nothing was, or where storage is closed. */
export function readSound(): Sound {
  try {
    return localStorage.getItem(KEY) === "off" ? "off" : "on";
  } catch {
    return "on";
  }
}

export function keepSound(sound: Sound): void {
  try {
    localStorage.setItem(KEY, sound);
  } catch {
    // It holds until the page is left.
  }
}

export class Chime {
  readonly #changed: (ready: boolean) => void;
  #context: AudioContext | undefined;

  /** `changed` hears whether a sound would be heard now. */
  constructor(changed: (ready: boolean) => void) {
    this.#changed = changed;
  }

  /** To be called from a tap or a key: nothing else opens a page's mouth. */
  wake(): void {
    if (this.#context?.state === "running") return;
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#context.onstatechange = () => this.#tell();
    }
    this.#context.resume().then(() => this.#tell(), () => this.#tell());
  }

  ring(): void {
    const context = this.#context;
    if (context?.state !== "running") return;
    TONES_HZ.forEach((hertz, index) => tone(context, hertz, context.currentTime + index * TONE_S));
  }

  #tell(): void {
    this.#changed(this.#context?.state === "running");
  }
}

function tone(context: AudioContext, hertz: number, at: number): void {
  const source = context.createOscillator();
  const gain = context.createGain();
  source.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + FADE_S);
  gain.gain.linearRampToValueAtTime(0, at + TONE_S);
  source.connect(gain).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_S);
}
