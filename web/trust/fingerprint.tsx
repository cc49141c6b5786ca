/** The fingerprint in four lines of eight pairs, so that two people can read it to each other. */
const PAIRS_PER_LINE = 8;

export function Fingerprint({ name, fingerprint }: { readonly name: string; readonly fingerprint: string }) {
  const pairs = fingerprint.split(":");
  const lines = Array.from(
    { length: Math.ceil(pairs.length / PAIRS_PER_LINE) },
    (_, line) => pairs.slice(line * PAIRS_PER_LINE, (line + 1) * PAIRS_PER_LINE),
  );
  return (
    <section class="trust-part">
      <h2>Compare before you install</h2>
      <p>
        The device shows a SHA-256 fingerprint of {name}{" "}
        before it installs it (on an iPad under More Details). It has to be this one, and this one has to be in the
        hub's terminal. If it is not, stop: somebody stands between.
      </p>
      <p class="fingerprint">{lines.map((line) => <span key={line.join()}>{line.join(" ")}</span>)}</p>
      <p class="soft">
        It vouches for addresses on the shop's own network only, never for a bank or a shop on the internet.
      </p>
    </section>
  );
}
