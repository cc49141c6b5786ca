/** The manager's page. */
import { render } from "preact";
import { App } from "./app.tsx";
import { startRouting } from "./route.ts";
import { loadSession, startClock } from "./state.ts";

startRouting();
startClock();
void loadSession();
render(<App />, document.getElementById("app")!);
