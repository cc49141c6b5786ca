import assert from "node:assert/strict";
import { emptyFacts, levelOf, NOON, outcomeOf } from "./fixture.ts";
import { secondHub } from "./second_hub.ts";

const other = { address: "192.168.1.77", venue: "Bar Lola", hubId: "hub2", heardAt: NOON };

Deno.test("[MDN5] `second-hub` fails while another hub announces this venue, and names its address", () => {
  const outcome = outcomeOf(secondHub, { ...emptyFacts(), mdns: { hosts: [], secondHub: other } });
  assert.equal(levelOf(outcome), "fail");
  assert.match(outcome.kind === "broken" ? outcome.text : "", /“Bar Lola” is running at 192\.168\.1\.77/);
});

Deno.test("[MDN8] without multicast DNS a second hub is unknown, with the reason, not ruled out", () => {
  assert.equal(levelOf(outcomeOf(secondHub, emptyFacts())), "healthy");
  assert.equal(levelOf(outcomeOf(secondHub, { ...emptyFacts(), mdns: undefined })), "unknown");
  const deaf = { hosts: [], unheard: "another program keeps the port" };
  const outcome = outcomeOf(secondHub, { ...emptyFacts(), mdns: deaf });
  assert.deepEqual(outcome, { kind: "unknown", why: deaf.unheard });
});
