/** The Register List. A table where there is room for one; the same rows one under the other where there is not. */
import { sayInstant } from "../lib/time.ts";
import { StateMark } from "../ui/state_mark.tsx";
import { type PeerRow, peerRows } from "./peer_words.ts";
import type { Session } from "./session.ts";
import { APP } from "./app_info.ts";

export function PeerList({ session }: { readonly session: Session }) {
  const current = session.state.value === "online" && session.peersHeardAt.value !== null;
  const rows = peerRows(
    session.peers.value,
    session.enrolment.value.registerId,
    APP.version,
    current,
    session.links.value,
  );
  return (
    <section class="stack">
      <h2 id="register-list">Register List</h2>
      {!current && rows.length > 0 && <p class="soft">{lastHeard(session)}</p>}
      {rows.length === 0
        ? <p class="soft">The list comes from the hub with the first connection.</p>
        : (
          <table class="peers" aria-labelledby="register-list">
            <thead>
              <tr>
                <th scope="col">Register</th>
                <th scope="col">State</th>
                <th scope="col">Screen</th>
                <th scope="col">Changes reach it</th>
                <th scope="col">Up to date</th>
                <th scope="col">On it only</th>
                <th scope="col">Version</th>
              </tr>
            </thead>
            <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
          </table>
        )}
    </section>
  );
}

function Row({ row }: { row: PeerRow }) {
  return (
    <tr class={row.own ? "peer-own" : undefined}>
      <th scope="row">
        {row.name} <span class="soft">{row.letter}</span>
        {row.own && <span class="soft peer-here">this one</span>}
      </th>
      <td data-name="State">
        <StateMark mark={row.mark} word={row.state} showWord />
      </td>
      <td data-name="Screen">{row.screen}</td>
      <td data-name="Changes reach it" title={row.why ?? undefined}>{row.path}</td>
      <td data-name="Up to date">{row.behind}</td>
      <td data-name="On it only">{row.waiting}</td>
      <td data-name="Version">
        {row.version}
        {row.otherVersion && <span class="soft">, other than here</span>}
      </td>
    </tr>
  );
}

function lastHeard(session: Session): string {
  const at = session.peersHeardAt.value;
  const when = at === null
    ? "as it was when this page was last open"
    : `as heard ${sayInstant(at, session.clock.value)}`;
  return `The hub is not connected. The list is ${when}; how the others are now is not known.`;
}
