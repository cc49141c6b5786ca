/**
 * How long a condition must last before it is shown, and be gone before it is cleared. Rules name one of these, so that the numbers and
 * their reasons stand in one place.
 */

/** Already waited for by the rule itself (a lateness, an age, a vote of two probes). */
export const AT_ONCE_MS = 0;
/** A plain fact out of heartbeats: one more heartbeat agrees. */
export const PLAIN_OPEN_MS = 5_000;
/** What failed has been tried again meanwhile, which comes within two seconds and opens in less than half of one. */
export const AGAIN_OPEN_MS = 2_500;
/** Two more heartbeats agree that a plain fact is mended. */
export const PLAIN_CLOSE_MS = 10_000;
/** A measurement with natural noise: three heartbeats agree. */
export const NOISY_OPEN_MS = 15_000;
/** Noise must be away for longer than it took to be believed, or a finding would come and go. */
export const NOISY_CLOSE_MS = 30_000;
