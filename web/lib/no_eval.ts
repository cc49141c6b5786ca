/** Comes before every schema: zod would compile them with eval, which the pages' policy forbids. `build.ts` puts it first in each page. */
import { z } from "zod";

z.config({ jitless: true });
