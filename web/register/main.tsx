/** The register's page. */
import { render } from "preact";
import { App } from "./app.tsx";
import { Register } from "./register.ts";

const register = new Register();
render(<App register={register} />, document.getElementById("app")!);
register.start();
