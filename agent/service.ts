/**
 * The file by which each operating system keeps a program running for a user: made here, written by `--install`, enabled by a person.
 * Pure text; every argument is quoted as that system wants it.
 */
import { EXIT_UNKNOWN } from "./beats.ts";
import type { System } from "./measure.ts";

const LABEL = "counterpart-agent";
const RESTART_S = 10; // after a crash

export interface Service {
  readonly path: string;
  readonly content: string;
  readonly encoding: "utf-8" | "utf-16";
  readonly enable: string; // the one command that a person runs
  readonly hint?: string;
}

export interface ServicePlan {
  readonly system: System;
  readonly folder: string; // where the file goes
  readonly command: readonly string[]; // program and arguments
  readonly workingFolder: string;
}

/** Where a user's services are; undefined where the environment does not say. Windows takes them from any file. */
export function serviceFolder(
  system: System,
  data: string,
  env: (name: string) => string | undefined,
): string | undefined {
  const home = env("HOME");
  switch (system) {
    case "linux":
      return home && `${env("XDG_CONFIG_HOME") || `${home}/.config`}/systemd/user`;
    case "darwin":
      return home && `${home}/Library/LaunchAgents`;
    case "windows":
      return data;
  }
}

export function serviceOf(plan: ServicePlan): Service {
  switch (plan.system) {
    case "linux":
      return {
        path: `${plan.folder}/${LABEL}.service`,
        content: systemdUnit(plan),
        encoding: "utf-8",
        enable: `systemctl --user enable --now ${LABEL}.service`,
        hint: "It runs while you are signed in; to have it run from the start: loginctl enable-linger",
      };
    case "darwin": {
      const path = `${plan.folder}/local.${LABEL}.plist`;
      return {
        path,
        content: launchdPlist(plan),
        encoding: "utf-8",
        enable: `launchctl bootstrap gui/$(id -u) ${shell(path)}`,
      };
    }
    case "windows": {
      const path = `${plan.folder}\\${LABEL}.xml`;
      return {
        path,
        content: taskXml(plan),
        encoding: "utf-16",
        enable: `schtasks /Create /TN "Counterpart agent" /XML "${path}"`,
        hint: "It runs from your next sign-in on",
      };
    }
  }
}

function systemdUnit({ command, workingFolder }: ServicePlan): string {
  return `[Unit]
Description=Counterpart agent: reports this computer's Wi-Fi to the hub

[Service]
ExecStart=${command.map(systemd).join(" ")}
WorkingDirectory=${workingFolder.replaceAll("%", "%%")}
Environment=NO_COLOR=1
Restart=on-failure
RestartSec=${RESTART_S}
RestartPreventExitStatus=${EXIT_UNKNOWN}
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`;
}

function launchdPlist({ command, workingFolder }: ServicePlan): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>local.${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((each) => `    <string>${xml(each)}</string>`).join("\n")}
  </array>
  <key>WorkingDirectory</key>
  <string>${xml(workingFolder)}</string>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>${6 * RESTART_S}</integer>
</dict>
</plist>
`;
}

function taskXml({ command: [program = "", ...args], workingFolder }: ServicePlan): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Counterpart agent: reports this computer's Wi-Fi to the hub</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Hidden>true</Hidden>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>999</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xml(program)}</Command>
      <Arguments>${xml(args.map(windows).join(" "))}</Arguments>
      <WorkingDirectory>${xml(workingFolder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
}

/** In quotes, with what systemd would put something else for written twice. */
function systemd(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%").replaceAll("$", "$$$$");
  return `"${escaped}"`;
}

function xml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** As Windows programs take their arguments apart: backslashes count only before a quote. */
function windows(text: string): string {
  return /[\s"]/.test(text) ? `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"` : text;
}

function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
