/** Claims from outside: sockets and registers without a screen at a real hub whose clock is turned by hand. */
import assert from "node:assert/strict";
import { HeadlessRegister } from "../agent/headless.ts";
import type { EnrolResponse } from "../shared/api.ts";
import { CLAIM_LEASE_MS, CLAIM_RENEW_MS } from "../shared/claim.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";
import { deltaOf, helloOf, RawLink, replicaOf } from "./support/raw_link.ts";

const SECOND = 1_000;

/** A register's end of a session that understands claims. */
class Till {
  private constructor(readonly enrolled: EnrolResponse, readonly link: RawLink) {}

  static async begin({ url }: LabHub, enrolled: EnrolResponse): Promise<Till> {
    const till = new Till(enrolled, await RawLink.open(url));
    till.link.say(helloOf(enrolled, { claims: true }));
    await till.link.until(() => till.lists().length > 0);
    return till;
  }

  lists() {
    return this.link.heard.flatMap((message) => message.type === "claims" ? [message.claims] : []);
  }

  claim(check: string | null, staff?: string): void {
    this.link.say({ type: "claim", check, staff });
  }

  /** A heartbeat; resolves once it is answered: then all that this end said before it has been taken, and what was told has come. */
  async beat(state: Record<string, unknown>): Promise<void> {
    const before = this.link.count("answer");
    const heartbeat = { sentAt: new Date(0).toISOString(), app: { version: "1.0.0" }, state };
    this.link.say({ type: "heartbeat", heartbeat });
    await this.link.until(() => this.link.count("answer") > before);
  }

  /** Resolves once the last list says so: "Ana in 1", "- in 2". */
  async sees(...rows: string[]): Promise<void> {
    const shown = () =>
      this.lists().at(-1)?.map(({ staff, check }) => `${staff ?? "-"} in ${check.split("/")[1]}`).join();
    await this.link.until(() => shown() === rows.join());
  }
}

async function withTwo(work: (lab: LabHub, bar: Till, till: Till) => Promise<void>): Promise<void> {
  const lab = await openLabHub();
  try {
    const [bar, till] = [await Till.begin(lab, await lab.enrol("Bar")), await Till.begin(lab, await lab.enrol("Till"))];
    await work(lab, bar, till);
    for (const { link } of [bar, till]) await link.close();
  } finally {
    await lab.stop();
  }
}

const CHECK = "aaaaaaaa-0000/1";

Deno.test("[CLM1][CLM5][CLM7] a claim is seen by the other at once, under the register whose session it is", () =>
  withTwo(async (_lab, bar, till) => {
    bar.link.say({ type: "claim", check: CHECK, staff: "Ana", register: till.enrolled.registerId });
    await till.sees("Ana in 1");
    assert.equal(till.lists().at(-1)?.[0]?.register, bar.enrolled.registerId);
    bar.claim("aaaaaaaa-0000/2", "Ana");
    await till.sees("Ana in 2");
    bar.claim(null);
    await till.sees();
  }));

Deno.test("[CLM2] said again it stays; not said again it is gone after 60 s by the hub's clock", () =>
  withTwo(async (lab, bar, till) => {
    bar.claim(CHECK, "Ana");
    await till.sees("Ana in 1");
    await lab.pass(CLAIM_RENEW_MS / SECOND);
    bar.claim(CHECK, "Ana");
    await bar.beat({});
    await lab.pass(CLAIM_LEASE_MS / SECOND - 1);
    await till.beat({});
    assert.deepEqual(till.lists().at(-1)?.map(({ agoMs, leftMs }) => [agoMs, leftMs]), [
      [CLAIM_LEASE_MS, CLAIM_RENEW_MS], // as it was told the last time: 60 s after the first word, 40 s after the second
    ]);
    await lab.pass(1);
    await till.sees();
  }));

Deno.test("[CLM3] a register that disconnects is in nothing, at once; so is one whose page is hidden", () =>
  withTwo(async (lab, bar, till) => {
    bar.claim(CHECK);
    await till.sees("- in 1");
    await bar.link.close();
    await till.sees();
    const again = await Till.begin(lab, bar.enrolled);
    again.claim(CHECK);
    await till.sees("- in 1");
    await again.beat({ foreground: false });
    await till.sees();
    again.claim(CHECK);
    await till.sees("- in 1");
    const newer = await Till.begin(lab, bar.enrolled); // in another tab
    await till.sees();
    await newer.link.close();
  }));

Deno.test("[CLM4] a claim keeps nobody from anything: ops of others on that check are taken and passed on", () =>
  withTwo(async (_lab, bar, till) => {
    for (const { link } of [bar, till]) link.say({ type: "have", vector: {} });
    const [own, other] = [replicaOf(bar.enrolled), replicaOf(till.enrolled)];
    bar.link.say(deltaOf(own, 1, { kind: "check.open", number: "A1" }));
    bar.claim(`${own}/1`, "Ana");
    await till.sees("Ana in 1");
    till.link.say(deltaOf(other, 1, { kind: "check.close", check: `${own}/1`, total: 0 }));
    await bar.link.until(() => bar.link.count("delta") === 1);
    await till.sees("Ana in 1");
  }));

Deno.test("[CLM6] a register of an earlier version is told nothing of claims", () =>
  withTwo(async (lab, bar, till) => {
    const old = await RawLink.begin(lab.url, await lab.enrol("Old"));
    bar.claim(CHECK);
    await till.sees("- in 1");
    await lab.pass(2 * CLAIM_RENEW_MS / SECOND);
    assert.equal(old.count("claims"), 0);
    assert.ok(old.count("present") > 0);
    await old.close();
  }));

Deno.test("[CLM10] claims are kept nowhere: a hub that starts again on its data knows none", async () => {
  const folder = await Deno.makeTempDir({ prefix: "counterpart-claims-" });
  try {
    const path = `${folder}/hub.db`;
    const first = await openLabHub(path);
    const enrolled = await first.enrol("Bar");
    const before = await Till.begin(first, enrolled);
    before.claim(CHECK, "Ana");
    await before.sees("Ana in 1");
    await first.pass(CLAIM_LEASE_MS / SECOND / 2);
    await first.stop();
    const second = await openLabHub(path, first.clock.now);
    const after = await Till.begin(second, enrolled);
    assert.deepEqual(after.lists(), [[]]);
    await after.link.close();
    await second.stop();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[CLM1] what is not a claim ends its own session only", () =>
  withTwo(async (lab, bar, till) => {
    const third = await Till.begin(lab, await lab.enrol("Third"));
    third.link.say({ type: "claim", check: "everything" });
    assert.match((await third.link.closed).reason, /^bad-message/);
    bar.claim(CHECK);
    await till.sees("- in 1");
  }));

Deno.test("[CLM1][CLM3] a register without a screen says what it works on, hears of others, and is gone with its power", async () => {
  const lab = await openLabHub();
  const start = async (name: string) => HeadlessRegister.start({ hub: lab.url, enrolment: await lab.enrol(name) });
  const [bar, till] = [await start("Bar"), await start("Till")];
  try {
    await bar.until(() => bar.state === "online" && till.state === "online");
    bar.claiming.enter(CHECK, "Ana");
    await till.until(() => till.claims.some(({ check, staff }) => check === CHECK && staff === "Ana"));
    assert.deepEqual(bar.claims, []);
    bar.pause();
    await till.until(() => till.claims.length === 0);
    bar.resume();
    await till.until(() => till.claims.length === 1);
  } finally {
    for (const register of [bar, till]) register.pause();
    await lab.stop();
  }
});
