/** The endpoints by which managers say who is told when something is wrong. */
import { NoticeSettings, NoticeSettingsRequest, NoticesResponse, NoticeTest } from "../../shared/notice_api.ts";
import type { Endpoint } from "./endpoint.ts";

const EXAMPLE = {
  channels: [{
    ...{ kind: "ntfy", name: "Ana's phone", on: true, severities: ["fail"], when: "any-time" },
    url: "https://ntfy.sh/bar-lola-4f9c1",
  }],
};

export const NOTICE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "get",
    path: "/api/notices",
    caller: "manager",
    says: "The newest notices, each with what became of it.",
    answer: { status: 200, says: "The notices, the newest first", schema: NoticesResponse },
  },
  {
    method: "get",
    path: "/api/notices/channels",
    caller: "manager",
    says: "Who is told when something is wrong, and how sending goes. Addresses, keys and passwords are not told.",
    answer: { status: 200, says: "The channels", schema: NoticeSettings },
  },
  {
    method: "put",
    path: "/api/notices/channels",
    caller: "manager",
    says: "Replaces all channels. What is absent from one with a known id stays, its address and key among it. " +
      "An address may be in the venue's own network; redirects are not followed.",
    body: NoticeSettingsRequest,
    example: EXAMPLE,
    answer: { status: 200, says: "The channels as they are now", schema: NoticeSettings },
    refused: [[409, "changed-meanwhile"], [409, "address-missing"], [409, "secret-missing"]],
  },
  {
    method: "post",
    path: "/api/notices/channels/{id}/test",
    caller: "manager",
    says: "Sends a test notice now and says what came of it.",
    params: { id: "The channel's id" },
    answer: { status: 200, says: "What came of it", schema: NoticeTest },
    refused: [[404, "unknown-channel"]],
  },
];
