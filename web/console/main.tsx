/** The manager's page. */
import { render } from "preact";
import { startAlarm } from "./alarm.ts";
import { App } from "./app.tsx";
import { startRouting } from "./route.ts";
import { loadSession, startClock } from "./state.ts";

startRouting();
startClock();
startAlarm();
void loadSession();
render(<App />, document.getElementById("app")!);
