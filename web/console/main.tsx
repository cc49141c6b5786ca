/** The manager's page. */
import { render } from "preact";
import { Loading } from "../ui/states.tsx";

render(<Loading what="the venue" />, document.getElementById("app")!);
