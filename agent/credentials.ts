/** What this computer got when it enrolled, in a file that only its user can read: the token in it speaks for the register. */
import { z } from "zod";

const FILE = "register.json";
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077; // what nobody but the owner may have

const Credentials = z.object({
  hub: z.string(), // its origin
  code: z.string(), // that was used up: the same command again enrols nothing
  registerId: z.string(),
  token: z.string(),
  name: z.string(),
  venue: z.string(),
});
export type Credentials = z.infer<typeof Credentials>;

export type Stored =
  | { readonly kind: "none" }
  | { readonly kind: "kept"; readonly credentials: Credentials }
  | { readonly kind: "unreadable"; readonly why: string };

export async function readCredentials(folder: string): Promise<Stored> {
  const path = `${folder}/${FILE}`;
  try {
    await tighten(folder, path);
    const parsed = Credentials.safeParse(JSON.parse(await Deno.readTextFile(path)));
    if (parsed.success) return { kind: "kept", credentials: parsed.data };
    return { kind: "unreadable", why: `${path} is not what this program writes` };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return { kind: "none" };
    return { kind: "unreadable", why: `${path} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}` };
  }
}

/** Whole or not at all: a file that was cut short would cost an enrolment. */
export async function writeCredentials(folder: string, credentials: Credentials): Promise<void> {
  await Deno.mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  const path = `${folder}/${FILE}`;
  await Deno.remove(`${path}.new`).catch(() => {}); // one left over might be open to others
  await Deno.writeTextFile(`${path}.new`, JSON.stringify(credentials), { mode: FILE_MODE, createNew: true });
  await Deno.rename(`${path}.new`, path);
  await tighten(folder, path);
}

/** On Windows the user's folder is its own by the system's rules, which have no such modes. */
async function tighten(folder: string, path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  for (const [each, mode] of [[folder, FOLDER_MODE], [path, FILE_MODE]] as const) {
    const { mode: now } = await Deno.stat(each);
    if (now !== null && (now & OTHERS) !== 0) await Deno.chmod(each, mode);
  }
}

/** The folder of this user for it. `env` is the process's environment. */
export function dataFolder(os: string, env: (name: string) => string | undefined): string | undefined {
  const home = env("HOME");
  if (os === "windows") {
    const local = env("LOCALAPPDATA");
    return local && `${local}\\Counterpart Agent`;
  }
  if (os === "darwin") return home && `${home}/Library/Application Support/Counterpart Agent`;
  const state = env("XDG_STATE_HOME") || (home && `${home}/.local/state`);
  return state && `${state}/counterpart-agent`;
}
