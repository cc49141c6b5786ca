/** Guided runbooks over a real hub: heartbeats and probes tick the steps, a person answers the others, a restart changes nothing. */
import assert from "node:assert/strict";
import type { EnrolResponse } from "../shared/api.ts";
import type { RunbookView } from "../shared/runbook_api.ts";
import { type LabHub, openLabHub } from "./support/lab_hub.ts";

type Beat = Record<string, unknown>;
const NETWORK = { ssid: "Shop", bssid: "a4:2b:b0:01:02:03", rssiDbm: -52 };
const BEAT: Beat = {
  app: { version: "3.2.0" },
  network: NETWORK,
  state: { foreground: true, autoLock: "never" },
  unsynced: 0,
};
const HIDDEN: Beat = { state: { foreground: false, autoLock: "never" } };
const GUEST: Beat = { network: { ...NETWORK, ssid: "Guest" } };
const INTERFACES = [{ name: "eth0", address: "192.168.1.10", prefixLength: 24 }];

/** Registers that send a heartbeat every 5 s over HTTP, and a router that is probed as often. */
class Evening {
  lab: LabHub;
  readonly registers: EnrolResponse[] = [];
  readonly #says = new Map<string, Beat | null>();
  #alive = true;

  constructor(lab: LabHub) {
    this.lab = lab;
  }

  static async open(path?: string, names = ["Bar", "Till 1", "Terrace"]): Promise<Evening> {
    const evening = new Evening(await openLabHub(path));
    for (const name of names) evening.registers.push(await evening.lab.enrol(name));
    await evening.pass(30);
    assert.deepEqual((await evening.lab.found()).filter((each) => each !== "too-many-registers venue"), []);
    return evening;
  }

  says(name: string, change: Beat | null | undefined): void {
    if (change === undefined) this.#says.delete(name);
    else this.#says.set(name, change);
  }

  set router(alive: boolean) {
    this.#alive = alive;
  }

  id(name: string): string {
    return this.registers.find((register) => register.name === name)!.registerId;
  }

  pass(seconds: number): Promise<void> {
    return this.lab.pass(seconds, (second) => second % 5 === 0 && this.#round());
  }

  async begin(kind: string, subject = "venue"): Promise<RunbookView> {
    const { status, body } = await this.lab.call("/api/runbooks", { body: { kind, subject } });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  }

  async run(id: string): Promise<RunbookView> {
    const run = (await this.lab.view()).runbooks.find((each) => each.id === id);
    assert.ok(run, `${id} is not in the view`);
    return run;
  }

  async now(id: string): Promise<string | undefined> {
    return (await this.run(id)).steps.find(({ state }) => state === "now")?.id;
  }

  async #round(): Promise<void> {
    const { clock: { now }, hub } = this.lab;
    const router = { address: "192.168.1.1", alive: this.#alive, how: this.#alive ? "TCP 443 refused" : "no answer" };
    hub.probed({ router: { ...router, since: now, checkedAt: now }, interfaces: INTERFACES, macs: new Map() });
    for (const { name, token } of this.registers) {
      const change = this.#says.get(name);
      if (change === null) continue;
      const body = { ...BEAT, sentAt: new Date(now).toISOString(), ...change };
      assert.equal((await this.lab.call("/api/heartbeats", { body, token })).status, 200);
    }
  }
}

Deno.test("[RBK2, RBK9, RBK17] a hidden register is brought to the front: ticked, ended, and told in the incident", async () => {
  const evening = await Evening.open();
  try {
    evening.says("Terrace", HIDDEN);
    await evening.pass(45);
    assert.deepEqual(await evening.lab.found(), ["app-hidden Terrace"]);
    const { id, steps } = await evening.begin("app-hidden", evening.id("Terrace"));
    assert.equal(steps[0]!.text, "Go to Terrace and bring the app back to the screen.");
    await evening.pass(10);
    assert.equal(await evening.now(id), "front");
    evening.says("Terrace", undefined);
    await evening.pass(20);
    const run = await evening.run(id);
    const [front] = run.steps;
    assert.equal(front!.said, "Terrace is back in front.");
    assert.equal(front!.by, "hub");
    assert.ok(Math.abs(Date.parse(front!.at!) - evening.lab.clock.now) < 25_000);
    assert.equal(run.end?.how, "fixed");
    assert.equal(run.end?.step, "front");
    await evening.pass(60);
    const incident = (await evening.lab.view()).incidents.find(({ code }) => code === "app-hidden");
    assert.ok(incident?.resolvedAt);
    assert.equal(incident.fixedBy, "Go to Terrace and bring the app back to the screen.");
  } finally {
    await evening.lab.stop();
  }
});

Deno.test("[RBK2, RBK9] the router is unplugged and plugged in: it is seen to answer again, and the registers come back", async () => {
  const evening = await Evening.open();
  try {
    evening.router = false;
    for (const name of ["Bar", "Till 1", "Terrace"]) evening.says(name, null);
    await evening.pass(60);
    const { id } = await evening.begin("router-down", "router");
    assert.equal(await evening.now(id), "plug");
    const plug = await evening.lab.call(`/api/runbooks/${id}/steps/plug/done`, { body: {} });
    assert.equal(plug.status, 200);
    assert.equal(await evening.now(id), "router");
    evening.router = true;
    await evening.pass(10);
    assert.equal(await evening.now(id), "router-back");
    const { steps } = await evening.run(id);
    assert.equal(steps.find((step) => step.id === "router")!.said, "The router answers again: TCP 443 refused.");
    for (const name of ["Bar", "Till 1", "Terrace"]) evening.says(name, undefined);
    await evening.pass(20);
    const { end } = await evening.run(id);
    assert.equal(end?.how, "fixed");
    assert.equal(end?.step, "router");
  } finally {
    await evening.lab.stop();
  }
});

Deno.test("[RBK2, RBK6] a check is not found: the wrong Wi-Fi is found and put right, and nothing else is asked for", async () => {
  const evening = await Evening.open();
  try {
    evening.says("Terrace", GUEST);
    await evening.pass(10);
    const { id, steps } = await evening.begin("check-not-found");
    assert.equal(steps.find((step) => step.id === "front")!.already, true);
    const wifi = steps.find(({ state }) => state === "now")!;
    assert.equal(wifi.id, "wifi");
    assert.equal(wifi.said, "Terrace is on another network.");
    evening.says("Terrace", undefined);
    await evening.pass(20);
    const { end } = await evening.run(id);
    assert.deepEqual([end?.how, end?.step], ["fixed", "wifi"]);
  } finally {
    await evening.lab.stop();
  }
});

Deno.test("[RBK15] a restart of the hub keeps runs, ticks and waiting", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/counterpart.db`;
  const evening = await Evening.open(path);
  try {
    const { id } = await evening.begin("check-not-found");
    for (const { registerId } of evening.registers) {
      await evening.lab.call(`/api/runbooks/${id}/steps/quit-${registerId}/done`, { body: {} });
    }
    const pause = `pause-open-${evening.id("Bar")}`;
    assert.equal(await evening.now(id), pause);
    await evening.pass(30);
    const before = await evening.run(id);
    const { now } = evening.lab.clock;
    await evening.lab.stop();
    evening.lab = await openLabHub(path, now);
    await evening.pass(10);
    const after = await evening.run(id);
    assert.deepEqual(
      after.steps.filter(({ at }) => at),
      before.steps.filter(({ at }) => at).map((step) => (
        step.id === pause ? { ...step, said: "20 s to go." } : step
      )),
    );
    await evening.pass(25);
    assert.notEqual(await evening.now(id), pause, "the minute went on across the restart");
  } finally {
    await evening.lab.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[RBK16, RBK11] a second one is the first one, four go on at once, and what is refused says why", async () => {
  const evening = await Evening.open(undefined, ["Bar", "Till 1", "Terrace", "Window", "Cellar"]);
  const { lab } = evening;
  try {
    const call = async (path: string, body: unknown) => {
      const answer = await lab.call(path, { body });
      return [answer.status, answer.body.error?.code ?? answer.body.id];
    };
    const names = ["Bar", "Till 1", "Terrace", "Window", "Cellar"];
    for (const name of names) evening.says(name, HIDDEN);
    await evening.pass(45);
    const { id } = await evening.begin("app-hidden", evening.id("Bar"));
    assert.deepEqual(await call("/api/runbooks", { kind: "app-hidden", subject: evening.id("Bar") }), [200, id]);
    for (const name of names.slice(1, 4)) await evening.begin("app-hidden", evening.id(name));
    const fifth = { kind: "app-hidden", subject: evening.id("Cellar") };
    assert.deepEqual(await call("/api/runbooks", fifth), [409, "too-many-runbooks"]);
    assert.deepEqual(await call(`/api/runbooks/${id}/steps/quit-others/done`, {}), [409, "not-this-step"]);
    assert.deepEqual(await call("/api/runbooks/none/stop", {}), [404, "unknown-runbook"]);
    assert.deepEqual(await call(`/api/runbooks/${id}/stop`, {}), [200, id]);
    assert.deepEqual(await call(`/api/runbooks/${id}/stop`, {}), [409, "runbook-ended"]);
    assert.deepEqual(await call("/api/runbooks", { kind: "app-hidden", subject: "nobody" }), [404, "unknown-subject"]);
    assert.deepEqual(await call("/api/runbooks", { kind: "dance" }), [400, "bad-request"]);
    assert.equal((await lab.call("/api/runbooks", { body: fifth, cookie: null })).status, 401);
    assert.deepEqual((await call("/api/runbooks", fifth))[0], 201);
  } finally {
    await lab.stop();
  }
});
