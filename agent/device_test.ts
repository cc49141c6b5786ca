import assert from "node:assert/strict";
import { parseHostnamectl, parseModel, parsePmset, parseUpower, systemName } from "./device.ts";

Deno.test("[AGT4] model, system and battery where the system tells them, and nothing made up", () => {
  const json =
    `{"Hostname":"till","OperatingSystemPrettyName":"Debian GNU/Linux 13","HardwareVendor":"Dell Inc.","HardwareModel":"OptiPlex 3070"}`;
  assert.deepEqual(parseHostnamectl(json), { model: "Dell Inc. OptiPlex 3070", os: "Debian GNU/Linux 13" });
  for (const text of ["", "null", "{}", "Unknown option", `{"HardwareModel":7,"OperatingSystemPrettyName":null}`]) {
    const { model, os } = parseHostnamectl(text);
    assert.deepEqual([model, os], [undefined, undefined], text);
  }
  const upower =
    "  battery\n    present:             yes\n    state:               discharging\n    percentage:          81%\n";
  assert.equal(parseUpower(upower), 81);
  assert.equal(parseUpower(upower.replace("yes", "no")), undefined);
  assert.equal(
    parseUpower("  unknown\n    percentage:          0%\n    icon-name: ''\n  (should be ignored)\n"),
    undefined,
  );
  assert.equal(
    parsePmset("Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t100%; charged; 0:00 remaining\n"),
    100,
  );
  assert.equal(parsePmset("Now drawing from 'AC Power'\n"), undefined);
  assert.deepEqual([parseModel("Mac14,2\n"), parseModel(""), parseModel("<b>")], ["Mac14,2", undefined, undefined]);
  assert.equal(systemName("windows", "10.0.22631"), "Windows 10.0.22631");
});
