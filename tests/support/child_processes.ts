/**
 * Which processes a process has started, and how much memory one holds: from /proc where there is one, else from `ps`. Not on Windows.
 */
import { readdirSync, readFileSync } from "node:fs";

export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Everything that `pid` started, and what that started, nearest first. */
export async function descendants(pid: number): Promise<Running[]> {
  const all = Deno.build.os === "linux" ? fromProc() : await fromPs();
  const found: Running[] = [];
  let parents = [pid];
  while (parents.length > 0) {
    const children = all.filter((running) => parents.includes(running.parent));
    found.push(...children);
    parents = children.map((child) => child.pid);
  }
  return found;
}

/** The memory a process holds now, in kB of the resident set. */
export async function rssKb(pid: number): Promise<number> {
  if (Deno.build.os !== "linux") return Number(await ps(["-o", "rss=", "-p", String(pid)]));
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (!line) throw new Error(`Cannot tell the memory of process ${pid}: it has ended`);
  return Number(line[1]);
}

function fromProc(): Running[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]); // the name before it may hold anything
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return [{ pid: Number(name), parent, command }];
    } catch {
      return []; // it ended while we looked
    }
  });
}

async function fromPs(): Promise<Running[]> {
  const table = await ps(["-A", "-o", "pid=,ppid=,command="]);
  return [...table.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)]
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command: command! }));
}

async function ps(args: string[]): Promise<string> {
  return new TextDecoder().decode((await new Deno.Command("ps", { args }).output()).stdout);
}
