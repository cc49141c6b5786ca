import assert from "node:assert/strict";
import { parseNetsh } from "./netsh.ts";

const ENGLISH = `
There is 1 interface on the system:

    Name                   : Wi-Fi
    Description            : Intel(R) Wi-Fi 6 AX201 160MHz
    GUID                   : 5b1f0c2e-1111-2222-3333-444455556666
    Physical address       : 3c:58:c2:10:20:30
    Interface type         : Primary
    State                  : connected
    SSID                   : Shop
    BSSID                  : a4:2b:b0:01:02:03
    Network type           : Infrastructure
    Radio type             : 802.11ac
    Authentication         : WPA2-Personal
    Cipher                 : CCMP
    Connection mode        : Auto Connect
    Band                   : 5 GHz
    Channel                : 44
    Receive rate (Mbps)    : 866
    Transmit rate (Mbps)   : 780
    Signal                 : 84%
    Profile                : Shop

    Hosted network status  : Not available
`;
const GERMAN = `
Es ist 1 Schnittstelle auf dem System vorhanden:

    Name                   : WLAN
    Beschreibung           : Realtek RTL8852BE WiFi 6
    GUID                   : 5b1f0c2e-1111-2222-3333-444455556666
    Physische Adresse      : 3c:58:c2:10:20:30
    Status                 : Verbunden
    SSID                   : Caf\ufffd Zentral
    BSSID                  : a4:2b:b0:01:02:03
    Netzwerktyp            : Infrastruktur
    Funktyp                : 802.11n
    Authentifizierung      : WPA2-Personal
    Verschl\ufffdsselung        : CCMP
    Verbindungsmodus       : Profil
    Empfangsrate (MBit/s)  : 144
    \ufffdbertragungsrate (MBit/s) : 144
    Kanal                  : 11
    Signal                 : 99 %
    Profil                 : 6
`;
const JAPANESE = `
    名前                   : Wi-Fi
    物理アドレス           : 3c:58:c2:10:20:30
    状態                   : 接続されました
    SSID                   : Shop
    AP BSSID               : a4:2b:b0:01:02:03
    帯域                   : 2.4 GHz
    チャネル               : 6
    受信速度（Mbps）       : 144
    シグナル               : 70%
    Rssi                   : -63
    プロファイル           : Shop
`;

Deno.test("[AGT3] Windows: a percentage becomes dBm, and it is said that this is an estimate", () => {
  assert.deepEqual(parseNetsh(ENGLISH), {
    kind: "on",
    radio: { ssid: "Shop", bssid: "a4:2b:b0:01:02:03", band: "5GHz", channel: 44, rssiDbm: -58 },
    estimated: "from the 84 % that netsh tells",
  });
});

Deno.test("[AGT2] Windows in German: known by place and shape; a name whose letters were lost is left out", () => {
  const reading = parseNetsh(GERMAN);
  assert.deepEqual(reading.kind === "on" && reading.radio, {
    ssid: undefined,
    bssid: "a4:2b:b0:01:02:03",
    band: "2.4GHz",
    channel: 11,
    rssiDbm: -50.5,
  });
});

Deno.test("[AGT1] Windows that tells dBm itself, in Japanese: measured, no estimate", () => {
  assert.deepEqual(parseNetsh(JAPANESE), {
    kind: "on",
    radio: { ssid: "Shop", bssid: "a4:2b:b0:01:02:03", band: "2.4GHz", channel: 6, rssiDbm: -63 },
  });
});

Deno.test("[AGT2] Windows: a name that looks like a reading is a name", () => {
  for (const name of ["99%", "BSSID : aa:aa:aa:aa:aa:aa", "11", "6 GHz", "Rssi : -1"]) {
    const reading = parseNetsh(ENGLISH.replaceAll(": Shop", `: ${name}`));
    assert.deepEqual(reading.kind === "on" && [reading.radio.ssid, reading.radio.rssiDbm, reading.radio.channel], [
      name,
      -58,
      44,
    ]);
  }
});

Deno.test("[AGT2] Windows: not connected, the first adapter without Wi-Fi, no service, cut off", () => {
  const off = ENGLISH.split("\n").filter((line) => !/SSID|Signal|Channel|Band|rate|Profile/.test(line)).join("\n");
  assert.deepEqual(parseNetsh(off), { kind: "off", why: "Windows is connected to no Wi-Fi" });
  assert.equal(parseNetsh(off + ENGLISH).kind, "on");
  assert.equal(parseNetsh("The Wireless AutoConfig Service (wlansvc) is not running.\r\n").kind, "unreadable");
  assert.equal(parseNetsh("").kind, "unreadable");
  const windows = ENGLISH.replaceAll("\n", "\r\n");
  for (let length = 0; length < windows.length; length++) {
    const reading = parseNetsh(windows.slice(0, length));
    if (reading.kind === "on") {
      assert.ok([undefined, -58].includes(reading.radio.rssiDbm), `${length}: ${reading.radio.rssiDbm}`);
    }
  }
});
