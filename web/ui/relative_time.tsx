/** An instant in words, with the exact one on hover or long press. The words are handed in: this folder knows no clock. */

interface RelativeTimeProps {
  readonly at: number; // milliseconds since 1970
  readonly now: number; // of the hub's clock, so that two devices say the same
  readonly say: (at: number, now: number) => string;
}

export function RelativeTime({ at, now, say }: RelativeTimeProps) {
  const instant = new Date(at);
  return <time dateTime={instant.toISOString()} title={instant.toLocaleString()}>{say(at, now)}</time>;
}
