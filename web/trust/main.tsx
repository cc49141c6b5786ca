/** The page on trust. */
import { render } from "preact";
import { TrustPage } from "./page.tsx";

render(<TrustPage />, document.getElementById("app")!);
