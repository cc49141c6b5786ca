import assert from "node:assert/strict";
import { parseDevices, parseLink, parseNoise, parseStation } from "./iw.ts";

const DEV = `phy#0
	Unnamed/non-netdev interface
		wdev 0x2
		addr 3c:58:c2:10:20:31
		type P2P-device
	Interface wlp2s0
		ifindex 3
		wdev 0x1
		addr 3c:58:c2:10:20:30
		ssid Interface fake0
		type managed
		channel 44 (5220 MHz), width: 80 MHz, center1: 5210 MHz
		txpower 22.00 dBm
phy#1
	Interface hotspot
		ifindex 5
		addr 3c:58:c2:10:20:40
		type AP
`;
const LINK = `Connected to a4:2b:b0:01:02:03 (on wlp2s0)
	SSID: Shop
	freq: 5220.0
	RX: 332309 bytes (2043 packets)
	TX: 123409 bytes (1040 packets)
	signal: -58 dBm
	rx bitrate: 866.7 MBit/s VHT-MCS 9 80MHz short GI VHT-NSS 2
	tx bitrate: 780.0 MBit/s VHT-MCS 8 80MHz short GI VHT-NSS 2

	bss flags:	short-slot-time
	dtim period:	1
	beacon int:	100
`;
const STATION = `Station a4:2b:b0:01:02:03 (on wlp2s0)
	inactive time:	20 ms
	rx bytes:	332309
	rx packets:	2043
	tx retries:	12
	signal:  	-58 [-60, -62] dBm
	signal avg:	-61 [-63, -64] dBm
	tx bitrate:	780.0 MBit/s VHT-MCS 8 80MHz short GI VHT-NSS 2
	authorized:	yes
	connected time:	4022 seconds
`;
const SURVEY = `Survey data from wlp2s0
	frequency:			2412 MHz
	noise:				-88 dBm
Survey data from wlp2s0
	frequency:			5220 MHz [in use]
	noise:				-94 dBm
	channel active time:		3000 ms
	channel busy time:		210 ms
`;

Deno.test("[AGT1] iw: only clients of a network are asked, and a network's name makes no interface", () => {
  assert.deepEqual(parseDevices(DEV), ["wlp2s0"]);
  for (const text of ["", "phy#0\n", "command failed: No such device"]) assert.deepEqual(parseDevices(text), []);
});

Deno.test("[AGT1] iw: network, access point, channel and signal as the driver tells them", () => {
  assert.deepEqual(parseLink(LINK, "wlp2s0"), {
    kind: "on",
    radio: {
      device: "wlp2s0",
      ssid: "Shop",
      bssid: "a4:2b:b0:01:02:03",
      band: "5GHz",
      channel: 44,
      rssiDbm: -58,
    },
  });
  assert.deepEqual([parseStation(STATION), parseStation(STATION.replace(/\tsignal avg.*\n/, ""))], [-61, -58]);
  assert.equal(parseNoise(SURVEY), -94);
});

Deno.test("[AGT1] iw: every band has its channels", () => {
  const at = (mhz: number) => {
    const reading = parseLink(LINK.replace("5220.0", String(mhz)), "wlan0");
    return reading.kind === "on" ? [reading.radio.band, reading.radio.channel] : [];
  };
  assert.deepEqual(at(2412), ["2.4GHz", 1]);
  assert.deepEqual(at(2484), ["2.4GHz", 14]);
  assert.deepEqual(at(5825), ["5GHz", 165]);
  assert.deepEqual(at(5955), ["6GHz", 1]);
  assert.deepEqual(at(60_480), [undefined, undefined]);
});

Deno.test("[AGT2] iw: not connected, cut off in the middle, another program's words", () => {
  assert.deepEqual(parseLink("Not connected.\n", "wlan0"), { kind: "off", why: "wlan0 is connected to no Wi-Fi" });
  assert.deepEqual(parseLink("", "wlan0"), { kind: "unreadable" });
  assert.deepEqual(parseLink("nl80211 not found.", "wlan0"), { kind: "unreadable" });
  for (let length = 0; length < LINK.length; length++) {
    const reading = parseLink(LINK.slice(0, length), "wlan0");
    if (reading.kind === "on") {
      assert.ok([undefined, -58, -5].includes(reading.radio.rssiDbm) && length > 29, `${length}`);
    }
  }
  assert.deepEqual(
    [parseStation(""), parseNoise(""), parseNoise(SURVEY.replace(" [in use]", ""))],
    Array(3).fill(undefined),
  );
  assert.equal(parseStation("\tsignal:  \t0 dBm\n"), undefined);
});

Deno.test("[AGT2] iw: a name that looks like a reading is a name, and foreign letters come through", () => {
  const named = (ssid: string) => {
    const reading = parseLink(LINK.replace("SSID: Shop", `SSID: ${ssid}`), "wlan0");
    return reading.kind === "on" ? [reading.radio.ssid, reading.radio.rssiDbm] : [];
  };
  assert.deepEqual(named("signal: -1 dBm"), ["signal: -1 dBm", -58]);
  assert.deepEqual(named("x\\x0a\\x09signal: -1 dBm"), ["x\n\tsignal: -1 dBm", -58]);
  assert.deepEqual(named("Caf\\xc3\\xa9\\x20"), ["Café ", -58]);
  assert.deepEqual(named("\\xff\\xfe"), [undefined, -58]);
  assert.deepEqual(named(""), [undefined, -58]);
});
