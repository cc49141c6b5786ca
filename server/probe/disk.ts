/** How much room is left where the hub keeps its data. */
import { statfs } from "node:fs/promises";

/** Free bytes for this user, or undefined where the system would not say. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = Number(bavail) * Number(bsize);
    return Number.isFinite(free) && free >= 0 ? free : undefined;
  } catch {
    return undefined; // no leave, no such folder, or a system without the call
  }
}
