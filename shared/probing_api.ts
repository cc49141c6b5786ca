/** Whom the hub asks to see how far the network works, how often, and how long it waits: as it is set, and as it is where nothing is. */
import { z } from "zod";

export const INTERNET_MAX = 4; // each is one connection every few seconds
const HOST_NAME = /^[a-z\d-]{1,63}(\.[a-z\d-]{1,63}){0,7}$/i;

/** A machine and its port. */
const Target = z.string().regex(
  /^\d{1,3}(\.\d{1,3}){3}:\d{1,5}$/,
  "wants an address and a port, as 9.9.9.9:443",
)
  .refine((text) => text.split(/[.:]/).slice(0, 4).every((part) => Number(part) <= 255), "has no such address")
  .refine((text) => isPort(Number(text.split(":")[1])), "has no such port");

/** Whom. */
export const ProbeAsked = z.strictObject({
  internet: z.array(Target).max(INTERNET_MAX).describe(
    "Two of owners that do not share a fault. Nobody: what is behind the router is not known",
  ),
  dns: Target.nullable().describe("A public name server"),
  dnsName: z.string().regex(HOST_NAME, "wants a host name, as example.com").nullable()
    .describe("A name that every name server finds; null: no name is asked for"),
  portal: z.url({ protocol: /^http$/, error: "wants a page over plain http" }).max(200).nullable()
    .describe("A page that answers 204, by which a sign-in page in between shows"),
  time: Target.nullable().describe("A public time server"),
});
export type ProbeAsked = z.infer<typeof ProbeAsked>;

/** When. */
export const ProbeTimes = z.strictObject({
  roundSeconds: z.int().min(2).max(30).describe("From one round to the next; a verdict takes two that agree"),
  knockSeconds: z.int().min(1).max(30).describe("From one connection to the router to the next"),
  waitMs: z.int().min(500).max(5_000).describe("For the internet: a satellite line answers in 700"),
});
export type ProbeTimes = z.infer<typeof ProbeTimes>;

export const Probing = ProbeAsked.extend(ProbeTimes.shape);
export type Probing = z.infer<typeof Probing>;

export const USUAL_PROBING: Probing = {
  internet: ["1.1.1.1:443", "9.9.9.9:443"],
  dns: "9.9.9.9:53",
  dnsName: "example.com",
  portal: "http://connectivitycheck.gstatic.com/generate_204",
  time: "162.159.200.1:123", // time.cloudflare.com, by address so that no name has to be found
  roundSeconds: 5,
  knockSeconds: 1,
  waitMs: 1_000,
};

export const ProbingRequest = z.object({ set: Probing.nullable().describe("Null: as usual") });
export const ProbingView = z.object({
  set: Probing.nullable().describe("Null: as usual"),
  usual: Probing,
  asksByFlag: z.boolean().describe(
    "The hub was started with --probe-targets, which names whom it asks; times hold as set",
  ),
});
export type ProbingView = z.infer<typeof ProbingView>;

function isPort(port: number): boolean {
  return port > 0 && port <= 65_535;
}
