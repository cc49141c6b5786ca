/** Runs before the first paint: a dark page never flashes white, and a page that arrives without one of its files loads itself again. */
import { applyTheme, readTheme } from "./theme.ts";
import { mendWhenBroken } from "./whole.ts";

applyTheme(readTheme());
mendWhenBroken(globalThis.window);
