/** Whether this page is in front, and whether it keeps the screen awake. Plain http has no wake lock; then the device's own setting counts. */
import type { RegisterState } from "../../shared/heartbeat.ts";

export class Screen {
  #lock: WakeLockSentinel | undefined;
  #touchedAt = performance.now(); // opening the page is a touch

  static canStayAwake(): boolean {
    return "wakeLock" in navigator;
  }

  /** What is true now. A page that is being hidden is not in front any more, whatever is drawn. */
  state(): RegisterState {
    return {
      foreground: document.visibilityState === "visible",
      autoLock: undefined,
      wakeLock: this.#lock !== undefined && !this.#lock.released,
      shiftOpen: undefined,
      idleSeconds: Math.max(0, Math.round((performance.now() - this.#touchedAt) / 1_000)),
    };
  }

  /** Somebody used this page: the system counts from now until it locks itself. */
  touched(): void {
    this.#touchedAt = performance.now();
  }

  /** Asks for the lock again: the system takes it away each time the page is hidden. */
  async stayAwake(): Promise<void> {
    if (!Screen.canStayAwake() || document.visibilityState !== "visible") return;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      this.#lock = undefined; // low battery, or not allowed: asked again when the page comes to the front
    }
  }
}
