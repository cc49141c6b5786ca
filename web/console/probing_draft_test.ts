import assert from "node:assert/strict";
import { test } from "node:test";
import { USUAL_PROBING } from "../../shared/probing_api.ts";
import { draftOf, readProbing } from "./probing_draft.ts";

test("[PRB24] what is shown and saved again is the same", () => {
  assert.deepEqual(readProbing(draftOf(USUAL_PROBING)), { set: USUAL_PROBING });
});

test("[PRB24] an empty field asks nobody, addresses come with commas or spaces, seconds with either point", () => {
  const nobody = { ...draftOf(USUAL_PROBING), dns: " ", dnsName: "", portal: "", time: "", internet: "" };
  const none = { ...USUAL_PROBING, internet: [], dns: null, dnsName: null, portal: null, time: null };
  assert.deepEqual(readProbing(nobody), { set: none });
  const typed = { ...draftOf(USUAL_PROBING), internet: " 10.0.0.1:80;10.0.0.2:443 , 10.0.0.3:1", waitMs: "2,5" };
  const internet = ["10.0.0.1:80", "10.0.0.2:443", "10.0.0.3:1"];
  assert.deepEqual(readProbing(typed), { set: { ...USUAL_PROBING, internet, waitMs: 2_500 } });
});

test("[PRB24] each field says what would be right", () => {
  const wrong = {
    ...{ internet: "1.1.1.1, 9.9.9.9:443", dns: "9.9.9.9:0", dnsName: "a b", portal: "https://example.com/204" },
    ...{ time: "300.1.1.1:123", roundSeconds: "1", knockSeconds: "1.5", waitMs: "" },
  };
  const read = readProbing(wrong);
  assert.ok("trouble" in read);
  assert.deepEqual(Object.keys(read.trouble).sort(), Object.keys(wrong).sort());
  assert.match(read.trouble.internet!, /an address and a port, as 9\.9\.9\.9:443/);
  assert.match(read.trouble.waitMs!, /from 0\.5 to 5/);
});
