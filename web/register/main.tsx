/** The register's page. */
import { render } from "preact";
import { App } from "./app.tsx";
import { dropStrayTaps } from "./double_tap.ts";
import { Register } from "./register.ts";

dropStrayTaps(document);
const register = new Register();
render(<App register={register} />, document.getElementById("app")!);
register.start();
