/** The installer's page. */
import { render } from "preact";
import { loadSession, startClock } from "../state.ts";
import { InstallerApp } from "./app.tsx";
import { startInstall } from "./state.ts";

startClock();
startInstall();
void loadSession();
render(<InstallerApp />, document.getElementById("app")!);
