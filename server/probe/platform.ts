/**
 * What the probes need of an operating system: which command says what, and how to read its answer. Commands are run by someone
 * else and handed in, so every reading is tested on what the real command printed. A parser never throws: lines it cannot read are
 * not there, and words that change with the system's language are not looked at.
 */

export type CommandResult =
  | { readonly ok: true; readonly stdout: string }
  | {
    readonly ok: false;
    readonly why: "missing" | "not-allowed" | "exit" | "too-slow" | "too-long";
    readonly reason: string; // in words, with the command's name
    readonly exitCode?: number; // with "exit"
    readonly stdout?: string; // with "exit": some say the most when they end badly
  };

export type CommandRunner = (command: string, args: readonly string[]) => Promise<CommandResult>;

/** One default route. */
export interface Route {
  readonly gateway?: string; // absent: the link itself is the way, as in many VPNs
  readonly device: string; // the interface's name; on Windows its address
  readonly metric: number; // the lowest is used
}

/**
 * One neighbour on the same network. "reachable": it answered within the last half minute; "remembered": it answered once;
 * "asking": no answer yet; "failed": asked and nothing came.
 */
export interface Neighbour {
  readonly address: string;
  readonly mac?: string;
  readonly state: "reachable" | "remembered" | "asking" | "failed";
}

/** One of the machine's own network links. */
export interface Link {
  readonly name: string;
  readonly carrier?: boolean; // a cable with somebody at the other end, or a Wi-Fi joined; absent: not told
  readonly medium?: "wired" | "wireless";
}

/** Who answered a packet that was to die at the second hop. */
export type HopResult =
  | { readonly kind: "answered"; readonly address: string; readonly rttMs?: number }
  | { readonly kind: "silent" }
  | { readonly kind: "unknown"; readonly why: string };

/** One way to send a packet that dies at the second hop. */
export interface HopWay {
  readonly command: string;
  readonly args: (address: string) => readonly string[];
  /** Reads what it printed, whichever way it ended; undefined when this is not what the command prints. */
  readonly parse: (stdout: string, target: string) => HopResult | undefined;
}

interface Question<T> {
  readonly command: string;
  readonly args: readonly string[];
  /** What it printed, read; undefined when this is not what the command prints. */
  readonly parse: (stdout: string) => T[] | undefined;
}

export interface Platform {
  readonly defaultRoutes: readonly Question<Route>[]; // the next is asked when one gives no answer
  readonly neighbours: readonly Question<Neighbour>[];
  readonly ping: {
    readonly command: string;
    readonly args: (address: string) => readonly string[]; // one packet, waiting one second
    readonly silentExit: number; // the exit code that means "sent, and nothing came back"
  };
  readonly links: readonly Question<Link>[];
  readonly secondHop: readonly HopWay[]; // the next is tried when one is missing or does not tell
}

/** Asks until one command answers; then what it said, or else the first reason why not. */
export async function ask<T>(
  runner: CommandRunner,
  questions: readonly Question<T>[],
): Promise<{ readonly ok: true; readonly rows: readonly T[] } | { readonly ok: false; readonly reason: string }> {
  let reason = "there is no command for it on this operating system";
  for (const [i, { command, args, parse }] of questions.entries()) {
    const result = await runner(command, args);
    const rows = result.ok ? parse(result.stdout) : undefined;
    if (rows) return { ok: true, rows };
    if (i === 0) reason = result.ok ? `${command} printed something this hub cannot read` : result.reason;
  }
  return { ok: false, reason };
}
