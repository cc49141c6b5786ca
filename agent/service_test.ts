import assert from "node:assert/strict";
import { serviceFolder, serviceOf, type ServicePlan } from "./service.ts";

const plan = (system: ServicePlan["system"]): ServicePlan => ({
  system,
  folder: "/services",
  command: ["/opt/my deno", "run", `--allow-read=/a "b" & <c> 100%`, "$HOME\\"],
  workingFolder: "/opt/counter part",
});

Deno.test("[AGT9] systemd: each argument quoted, nothing put in for it, no restart where the hub does not know it", () => {
  const { path, content, enable } = serviceOf(plan("linux"));
  assert.equal(path, "/services/counterpart-agent.service");
  assert.ok(
    content.includes(`ExecStart="/opt/my deno" "run" "--allow-read=/a \\"b\\" & <c> 100%%" "$$HOME\\\\"\n`),
    content,
  );
  assert.match(content, /^RestartPreventExitStatus=3$/m);
  assert.equal(enable, "systemctl --user enable --now counterpart-agent.service");
});

Deno.test("[AGT9] launchd and Windows: XML with nothing of an argument in it that is markup", () => {
  const mac = serviceOf(plan("darwin"));
  assert.ok(mac.content.includes("<string>--allow-read=/a &quot;b&quot; &amp; &lt;c&gt; 100%</string>"), mac.content);
  assert.match(mac.enable, /^launchctl bootstrap gui\/\$\(id -u\) '\/services\/local\.counterpart-agent\.plist'$/);
  const windows = serviceOf(plan("windows"));
  assert.ok(windows.content.includes(`<Command>/opt/my deno</Command>`));
  assert.ok(
    windows.content.includes(`run &quot;--allow-read=/a \\&quot;b\\&quot; &amp; &lt;c&gt; 100%&quot; $HOME\\<`),
    windows.content,
  );
  assert.match(windows.content, /<RunLevel>LeastPrivilege<\/RunLevel>/);
  assert.match(windows.enable, /^schtasks \/Create /);
});

Deno.test("[AGT9] the file goes into the user's own services", () => {
  const env = (name: string) => ({ HOME: "/u", XDG_CONFIG_HOME: undefined })[name];
  assert.equal(serviceFolder("linux", "/d", env), "/u/.config/systemd/user");
  assert.equal(serviceFolder("darwin", "/d", env), "/u/Library/LaunchAgents");
  assert.equal(serviceFolder("windows", "/d", env), "/d");
  assert.equal(serviceFolder("linux", "/d", () => undefined), undefined);
});
