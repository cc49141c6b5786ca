/** Runs before the first paint: puts the chosen theme on the root, so that a dark page never flashes white. */
import { applyTheme, readTheme } from "./theme.ts";

applyTheme(readTheme());
