/** Which register app this is. Every register of a venue should run the same. */
import type { AppInfo } from "../../shared/heartbeat.ts";

export const APP: AppInfo = { version: "0.1.0", build: "web" };
