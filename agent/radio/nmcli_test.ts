import assert from "node:assert/strict";
import { parseNmcli } from "./nmcli.ts";

const LIST = ` :0C\\:80\\:63\\:AA\\:BB\\:01:Neighbour:2412 MHz:100:wlan0
*:A4\\:2B\\:B0\\:01\\:02\\:03:Shop:5220 MHz:62:wlan0
 :A4\\:2B\\:B0\\:01\\:02\\:04::2437 MHz:40:wlan0
`;

Deno.test("[AGT3] nmcli: the network in use, its signal reckoned from a percentage, and said so", () => {
  assert.deepEqual(parseNmcli(LIST), {
    kind: "on",
    radio: {
      device: "wlan0",
      ssid: "Shop",
      bssid: "A4:2B:B0:01:02:03",
      band: "5GHz",
      channel: 44,
      rssiDbm: -58,
    },
    estimated: "from the 62 % that nmcli tells",
  });
});

Deno.test("[AGT3] nmcli: what is too weak for its scale is not known", () => {
  const at = (percent: string) => {
    const reading = parseNmcli(LIST.replace(":62:", `:${percent}:`));
    return reading.kind === "on" ? [reading.radio.rssiDbm, reading.estimated] : [];
  };
  assert.deepEqual(at("30")[0], -90);
  assert.deepEqual(at("100")[0], -20);
  for (const percent of ["29", "0", "101", "", "--"]) assert.deepEqual(at(percent), [undefined, undefined], percent);
});

Deno.test("[AGT2] nmcli: colons, backslashes and stars in a name are its own", () => {
  const hostile = LIST.replace("Shop", "*\\:A4\\:evil\\\\");
  const reading = parseNmcli(hostile);
  assert.equal(reading.kind === "on" && reading.radio.ssid, "*:A4:evil\\");
  assert.equal(reading.kind === "on" && reading.radio.rssiDbm, -58);
});

Deno.test("[AGT2] nmcli: connected to none, nothing around, cut off, another program's words", () => {
  assert.equal(parseNmcli(LIST.replace("*:", " :")).kind, "off");
  assert.equal(parseNmcli("").kind, "off");
  assert.equal(parseNmcli("Error: NetworkManager is not running.\n").kind, "unreadable");
  for (let length = 0; length < LIST.length; length++) parseNmcli(LIST.slice(0, length)); // none throws
});
