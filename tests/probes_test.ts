/** What a manager has the hub ask of the network: over HTTP, into the list and the findings, and through a restart. */
import assert from "node:assert/strict";
import { InstallView } from "../shared/install_api.ts";
import { DhcpAnswer } from "../shared/probe_api.ts";
import { fineRound } from "../shared/rules/network_fixture.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";

const ROUTER = { address: "192.168.1.1", mac: "a4:2b:b0:00:00:01", router: "192.168.1.1" };
const ROGUE = { address: "192.168.1.254", mac: "02:00:00:00:00:fe" };

async function atHub(work: (lab: LabHub) => Promise<void>, path = ":memory:"): Promise<void> {
  const lab = await openLabHub(path);
  try {
    await work(lab);
  } finally {
    await lab.stop();
  }
}
const post = (lab: LabHub, cookie?: null) => lab.call("/api/probes/dhcp", { method: "POST", cookie });
const rowOf = async (lab: LabHub, code: string) =>
  InstallView.parse((await lab.call("/api/install")).body).rows.find((row) => row.code === code)!;

Deno.test("[API14] who hands out addresses is told to a manager only, and not asked again at once", () =>
  atHub(async (lab) => {
    lab.air.dhcp = { kind: "known", servers: [ROUTER] };
    assert.equal((await post(lab, null)).status, 401);
    const answer = DhcpAnswer.parse((await post(lab)).body);
    assert.ok(answer.kind === "known");
    assert.deepEqual(answer.servers, [{ ...ROUTER, nameServer: null }]);
    assert.equal(answer.askedAt, new Date(lab.clock.now).toISOString());
    const again = await post(lab);
    assert.deepEqual([again.status, again.body.error.code], [429, "asked-just-now"]);
    assert.match(again.body.error.message, /Ask again in 10 s$/);
    await lab.pass(10);
    assert.equal((await post(lab)).status, 200);
  }));

Deno.test("[API14, RUL44] two that answer open a finding, which ends when one is left", () =>
  atHub(async (lab) => {
    await lab.enrol("Bar");
    await lab.pass(1);
    lab.air.dhcp = { kind: "known", servers: [ROUTER, ROGUE] };
    await post(lab);
    await lab.pass(1);
    assert.deepEqual(await lab.found(), ["second-dhcp venue"]);
    lab.air.dhcp = { kind: "known", servers: [ROUTER] };
    await lab.pass(10);
    await post(lab);
    await lab.pass(1);
    assert.deepEqual(await lab.found(), []);
  }));

Deno.test("[INS23, PRB20] the row says nobody asked, then who answered and when, and so after a restart", async () => {
  const folder = Deno.makeTempDirSync();
  await atHub(async (lab) => {
    const before = await rowOf(lab, "second-dhcp");
    assert.deepEqual([before.state, before.measured.text, before.measured.at], [
      "unmeasured",
      "Nobody has asked yet.",
      null,
    ]);
    await post(lab);
    const unable = await rowOf(lab, "second-dhcp");
    assert.equal(unable.state, "unmeasured");
    assert.equal(unable.measured.text, "This hub has no leave to use UDP port 68.");
    assert.equal(unable.measured.at, new Date(lab.clock.now).toISOString());
    await lab.pass(10);
    lab.air.dhcp = { kind: "known", servers: [ROUTER] };
    await post(lab);
    const one = await rowOf(lab, "second-dhcp");
    assert.deepEqual([one.state, one.measured.text], ["passed", "192.168.1.1 (a4:2b:b0:00:00:01)"]);
  }, `${folder}/hub.db`);
  await atHub(async (lab) => {
    const kept = await rowOf(lab, "second-dhcp");
    assert.deepEqual([kept.state, kept.measured.text], ["passed", "192.168.1.1 (a4:2b:b0:00:00:01)"]);
  }, `${folder}/hub.db`);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("[INS24] the row of the router tells what was measured beside the answer, and CGNAT by that word", () =>
  atHub(async (lab) => {
    const probed = (externalAddress: string) => {
      const nat = {
        igd: {
          externalAddress,
          status: "Connected",
          how: `The router says that its address outside is ${externalAddress}`,
        },
        pmp: { how: "The router does not answer NAT-PMP" },
        pcp: { how: "The router does not answer PCP" },
        ...{ online: true, checkedAt: lab.clock.now },
      };
      const router = { address: "192.168.1.1", alive: true, how: "It answers", checkedAt: lab.clock.now };
      lab.hub.probed({ router, network: { ...fineRound(), nat }, macs: new Map(), interfaces: [] });
    };
    probed("100.64.3.2");
    await lab.pass(1);
    await lab.call("/api/install/survey", { method: "PUT", body: { question: "router", choice: "alone", by: "Ana" } });
    const shared = await rowOf(lab, "router-combo");
    assert.deepEqual([shared.state, shared.by, shared.measured.state], ["passed", "answered", "unmeasured"]);
    assert.match(shared.measured.text, /CGNAT, 100\.64\.3\.2/);
    probed("192.168.100.2");
    await lab.pass(1);
    const second = await rowOf(lab, "router-combo");
    assert.deepEqual([second.state, second.by, second.answered?.text], ["failed", "measured", "Two boxes"]);
    assert.match(second.measured.text, /its own address there is 192\.168\.100\.2/);
  }));
