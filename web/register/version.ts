/** Which register app this is. Every register of a venue should run the same. */
import type { AppInfo } from "../../shared/heartbeat.ts";
import { VERSION } from "../../shared/version.ts";

export const APP: AppInfo = { version: VERSION, build: "web" };
