/** Which register app this is. It comes with the hub, so it carries the hub's version. */
import type { AppInfo } from "../../shared/heartbeat.ts";
import { VERSION } from "../../shared/version.ts";

export const APP: AppInfo = { version: VERSION, build: "web" };
