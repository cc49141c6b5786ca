/** Roles, as people say them. */
import type { Role } from "../../shared/staff.ts";

export const ROLE_WORDS: Record<Role, string> = { manager: "Manager", server: "Server", cashier: "Cashier" };
