import assert from "node:assert/strict";
import { COMMANDS, type MeasureDeps, measureDevice, measureNetwork, type System } from "./measure.ts";

const LINK = "Connected to a4:2b:b0:01:02:03 (on wlan0)\n\tSSID: Shop\n\tfreq: 5220\n\tsignal: -58 dBm\n";
const LINUX: Record<string, string> = {
  "iw dev": "phy#0\n\tInterface wlan0\n\t\tifindex 3\n\t\ttype managed\n",
  "iw dev wlan0 link": LINK,
  "iw dev wlan0 station dump": "Station a4:2b:b0:01:02:03 (on wlan0)\n\tsignal avg:\t-61 dBm\n",
  "iw dev wlan0 survey dump": "Survey data from wlan0\n\tfrequency:\t5220 MHz [in use]\n\tnoise:\t-94 dBm\n",
  "ip -j -4 route show default": `[{"dst":"default","gateway":"192.168.1.1","dev":"wlan0"}]`,
};

/** A computer on which these commands say this, and all others are missing. */
function computer(system: System, says: Record<string, string>): MeasureDeps & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    system,
    run: (command, args) => {
      asked.push(command);
      const stdout = says[[command, ...args].join(" ")];
      return Promise.resolve(
        stdout === undefined ? { ok: false, why: `${command} is not installed` } : { ok: true, stdout },
      );
    },
    interfaces: () => [{ name: "wlan0", address: "192.168.1.21", cidr: "192.168.1.21/24", family: "IPv4" }],
    release: () => "6.1",
  };
}

const known = (network: object) =>
  Object.fromEntries(Object.entries(network).filter(([, value]) => value !== undefined));

Deno.test("[AGT1] a Linux till: the driver's mean, the noise, and its place", async () => {
  const { network, notes } = await measureNetwork(computer("linux", LINUX));
  assert.deepEqual(known(network), {
    ssid: "Shop",
    bssid: "a4:2b:b0:01:02:03",
    band: "5GHz",
    channel: 44,
    rssiDbm: -61,
    noiseDbm: -94,
    address: "192.168.1.21",
    prefixLength: 24,
    gateway: "192.168.1.1",
  });
  assert.deepEqual(notes, []);
});

Deno.test("[AGT3] without iw NetworkManager is asked, and the estimate is told", async () => {
  const nmcli = {
    "nmcli -t -f IN-USE,BSSID,SSID,FREQ,SIGNAL,DEVICE device wifi list --rescan no":
      "*:A4\\:2B\\:B0\\:01\\:02\\:03:Shop:2412 MHz:62:wlan0\n",
  };
  const { network, notes } = await measureNetwork(computer("linux", nmcli));
  assert.deepEqual([network.rssiDbm, network.band], [-58, "2.4GHz"]);
  assert.match(notes[0]!, /an estimate, from the 62 %/);
});

for (const system of ["linux", "darwin", "windows"] as const) {
  Deno.test(`[AGT5] ${system} without any command: nothing is made up, and each note names a command`, async () => {
    const bare = computer(system, {});
    const { network, notes } = await measureNetwork(bare);
    const device = await measureDevice(bare);
    assert.deepEqual(known(network), { address: "192.168.1.21", prefixLength: 24 });
    assert.equal(notes.length, 2);
    for (const note of notes) {
      assert.match(note, /not known: .*(iw|nmcli|ip|system_profiler|route|netsh) is not installed/);
    }
    assert.deepEqual([device.model, device.batteryPercent], [undefined, undefined]);
    assert.deepEqual(bare.asked.filter((command) => !COMMANDS[system].includes(command)), [], "it has leave for each");
  });
}

Deno.test("[AGT5] a value that the hub would refuse is left out, and costs no other", async () => {
  const long = { ...LINUX, "iw dev wlan0 link": LINK.replace("Shop", "x".repeat(80)) };
  const { network, notes } = await measureNetwork(computer("linux", long));
  assert.deepEqual([network.ssid, network.rssiDbm], [undefined, -61]);
  assert.match(notes.join(), /“ssid” is left out/);
});

Deno.test("[AGT5] a computer on a cable says that there is no Wi-Fi", async () => {
  const wired = { ...LINUX, "iw dev wlan0 link": "Not connected.\n" };
  assert.match(
    (await measureNetwork(computer("linux", wired))).notes.join(),
    /no Wi-Fi signal: wlan0 is connected to no Wi-Fi/,
  );
  assert.match((await measureNetwork(computer("linux", { ...LINUX, "iw dev": "" }))).notes.join(), /has no Wi-Fi/);
});
