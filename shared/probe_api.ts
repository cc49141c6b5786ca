/** What a manager gets who has the hub ask something of the network. */
import { z } from "zod";

const askedAt = z.iso.datetime().describe("By the hub's clock");

/** A machine that hands out addresses. */
export const DhcpServerView = z.object({
  address: z.string().describe("As it names itself"),
  mac: z.string().nullable().describe("null: it is not on the hub's own network, or did not answer for its address"),
  router: z.string().nullable().describe("The router that it tells devices to use"),
  nameServer: z.string().nullable(),
});
export type DhcpServerView = z.infer<typeof DhcpServerView>;

export const DhcpAnswer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("known"),
    askedAt,
    servers: z.array(DhcpServerView).describe("Empty: nobody offered an address. More than one: `second-dhcp` fails"),
  }),
  z.object({
    kind: z.literal("unknown"),
    askedAt,
    why: z.string().describe("What kept the hub from asking, such as UDP port 68 that it may not have"),
  }),
]);
export type DhcpAnswer = z.infer<typeof DhcpAnswer>;
