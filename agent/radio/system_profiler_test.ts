import assert from "node:assert/strict";
import { parseSummary } from "./ipconfig.ts";
import { parseProfiler } from "./system_profiler.ts";

const CURRENT = {
  _name: "Shop",
  spairport_network_channel: "44 (5GHz, 80MHz)",
  spairport_network_country_code: "US",
  spairport_network_mcs: 9,
  spairport_network_phymode: "802.11ax",
  spairport_network_rate: 866,
  spairport_network_type: "spairport_network_type_station",
  spairport_security_mode: "spairport_security_mode_wpa2_personal",
  spairport_signal_noise: "-58 dBm / -92 dBm",
};
const profile = (current: unknown) =>
  JSON.stringify({
    SPAirPortDataType: [{
      spairport_airport_interfaces: [
        { _name: "awdl0", spairport_status_information: "spairport_status_off" },
        {
          _name: "en0",
          spairport_airport_other_local_wireless_networks: [{ ...CURRENT, _name: "Neighbour" }],
          spairport_current_network_information: current,
          spairport_status_information: "spairport_status_connected",
        },
      ],
      spairport_software_information: {},
    }],
  });
const SUMMARY = `<dictionary> {
  BSSID : a4:2b:b0:1:2:3
  IPv4 : <array> {
    0 : <dictionary> {
      Addresses : <array> {
        0 : 192.168.1.21
      }
      SSID : not this one
    }
  }
  InterfaceType : WiFi
  SSID : Shop 2 : Bar
  Security : WPA2_PSK
}
`;

Deno.test("[AGT1] macOS: signal, noise and channel of the network in use, not of one nearby", () => {
  assert.deepEqual(parseProfiler(profile(CURRENT)), {
    kind: "on",
    radio: { device: "en0", ssid: "Shop", band: "5GHz", channel: 44, rssiDbm: -58, noiseDbm: -92 },
  });
  const older = parseProfiler(profile({ ...CURRENT, spairport_network_channel: 6 }));
  assert.deepEqual(older.kind === "on" && [older.radio.band, older.radio.channel], [undefined, 6]);
});

Deno.test("[AGT2] macOS: a name that the system hides is not known, the signal is", () => {
  const reading = parseProfiler(profile({ ...CURRENT, _name: "<redacted>" }));
  assert.deepEqual(reading.kind === "on" && [reading.radio.ssid, reading.radio.rssiDbm], [undefined, -58]);
  assert.deepEqual(parseSummary(SUMMARY), { ssid: "Shop 2 : Bar", bssid: "a4:2b:b0:1:2:3" });
  assert.deepEqual(
    parseSummary(SUMMARY.replace("a4:2b:b0:1:2:3", "<redacted>").replace("Shop 2 : Bar", "<redacted>")),
    {
      ssid: undefined,
      bssid: undefined,
    },
  );
  assert.deepEqual(parseSummary(""), { ssid: undefined, bssid: undefined });
});

Deno.test("[AGT2] macOS: no Wi-Fi, cut off, numbers that are none", () => {
  assert.equal(parseProfiler(profile(undefined)).kind, "off");
  assert.equal(parseProfiler(`{"SPAirPortDataType": []}`).kind, "off");
  const whole = profile(CURRENT);
  for (const text of ["", "null", "[]", "{}", `{"SPAirPortDataType": 7}`, whole.slice(0, -40)]) {
    assert.equal(parseProfiler(text).kind, "unreadable", text);
  }
  const odd = parseProfiler(
    profile({ ...CURRENT, spairport_signal_noise: "0 dBm / 0 dBm", spairport_network_channel: [] }),
  );
  assert.deepEqual(
    odd.kind === "on" && [odd.radio.rssiDbm, odd.radio.noiseDbm, odd.radio.channel],
    Array(3).fill(undefined),
  );
});
