/** Each kind of channel against a real server of its kind on loopback: the exact shape that it gets, and what is said of its answers. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Message } from "../../shared/notice_text.ts";
import { isLocal, sayTarget, type Target } from "./channel.ts";
import { send } from "./send.ts";

const AT = Date.parse("2026-11-23T19:04:00.000Z");
const MESSAGE: Message = {
  venue: "Café Lola",
  mood: "fail",
  title: "Café Lola: <Bar> is silent",
  text: "<Bar> & Till are silent.\nFirst step: Look at it.",
  at: AT,
  notices: [{
    ...{ id: "n1", kind: "fall", incident: "i1", code: "register-silent", subject: "b4r00001", severity: "fail" },
    ...{ title: "<Bar> is silent", text: "<Bar> & Till are silent.", since: AT - 60_000, until: undefined },
  }],
};

interface Received {
  readonly path: string;
  readonly headers: Headers;
  readonly text: string;
  // deno-lint-ignore no-explicit-any -- whatever was sent; tests look into it
  readonly body: any;
}

/** A server that answers `status` and keeps what it got. */
async function withServer(
  answer: (request: Request) => Response,
  test: (url: string, got: Received[]) => Promise<void>,
): Promise<void> {
  const got: Received[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const text = await request.text();
    got.push({ path: new URL(request.url).pathname, headers: request.headers, text, body: JSON.parse(text) });
    assert.deepEqual([request.method, request.headers.get("content-type")], ["POST", "application/json"]);
    return answer(request);
  });
  try {
    await test(`http://127.0.0.1:${server.addr.port}`, got);
  } finally {
    await server.shutdown();
  }
}

const ok = () => new Response("ok");

Deno.test("[NTC13] a webhook gets everything as JSON, with times in UTC", () =>
  withServer(ok, async (url, got) => {
    const outcome = await send({ kind: "webhook", url: `${url}/in?x=1` }, MESSAGE);
    assert.deepEqual(outcome, { kind: "arrived", said: "127.0.0.1 took it." });
    assert.equal(got[0]!.headers.get("x-counterpart-signature"), null);
    assert.deepEqual(got[0]!.body, {
      ...{ version: 1, sentAt: "2026-11-23T19:04:00.000Z", venue: "Café Lola", mood: "fail" },
      ...{ title: MESSAGE.title, text: MESSAGE.text },
      notices: [{
        ...{ id: "n1", kind: "fall", incident: "i1", code: "register-silent", subject: "b4r00001", severity: "fail" },
        ...{ title: "<Bar> is silent", text: "<Bar> & Till are silent." },
        ...{ since: "2026-11-23T19:03:00.000Z", until: null },
      }],
    });
  }));

Deno.test("[NTC13] with a key the webhook's body and time are signed", () =>
  withServer(ok, async (url, got) => {
    await send({ kind: "webhook", url, secret: "s3cret" }, MESSAGE);
    const [, seconds, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(got[0]!.headers.get("x-counterpart-signature")!)!;
    assert.equal(Number(seconds) * 1_000, AT);
    assert.equal(hex, createHmac("sha256", "s3cret").update(`${seconds}.${got[0]!.text}`).digest("hex"));
  }));

Deno.test("[NTC13] ntfy gets topic, title, priority and tag, and its token", () =>
  withServer(ok, async (url, got) => {
    await send({ kind: "ntfy", url: `${url}/push/bar-lola`, secret: "tk_1" }, MESSAGE);
    assert.equal(got[0]!.path, "/push");
    assert.equal(got[0]!.headers.get("authorization"), "Bearer tk_1");
    assert.deepEqual(got[0]!.body, {
      ...{ topic: "bar-lola", title: MESSAGE.title, message: MESSAGE.text, priority: 4, tags: ["rotating_light"] },
    });
    const without = await send({ kind: "ntfy", url: `${url}/` }, MESSAGE);
    assert.match(without.said, /no topic/);
    assert.equal(got.length, 1);
  }));

Deno.test("[NTC13] Slack gets a banner and blocks, and no name of a register calls anybody", () =>
  withServer(ok, async (url, got) => {
    await send({ kind: "slack", url: `${url}/services/T/B/x` }, MESSAGE);
    assert.deepEqual(got[0]!.body, {
      text: "Café Lola: &lt;Bar&gt; is silent",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "Café Lola: <Bar> is silent" } },
        {
          type: "section",
          text: { type: "mrkdwn", text: "&lt;Bar&gt; &amp; Till are silent.\nFirst step: Look at it." },
        },
      ],
    });
  }));

Deno.test("[NTC13] Discord gets an embed, and nobody is mentioned", () =>
  withServer(() => new Response(null, { status: 204 }), async (url, got) => {
    const outcome = await send({ kind: "discord", url: `${url}/api/webhooks/1/x` }, MESSAGE);
    assert.equal(outcome.kind, "arrived");
    assert.deepEqual(got[0]!.body, {
      embeds: [{
        ...{ title: MESSAGE.title, description: MESSAGE.text, color: 0xb3261e, timestamp: "2026-11-23T19:04:00.000Z" },
      }],
      allowed_mentions: { parse: [] },
    });
  }));

Deno.test("[NTC13] Teams gets an adaptive card in a message", () =>
  withServer(() => new Response(null, { status: 202 }), async (url, got) => {
    await send({ kind: "teams", url }, MESSAGE);
    const [attachment] = got[0]!.body.attachments;
    assert.deepEqual([got[0]!.body.type, attachment.contentType, attachment.contentUrl], [
      "message",
      "application/vnd.microsoft.card.adaptive",
      null,
    ]);
    assert.deepEqual(attachment.content.body, [
      { type: "TextBlock", text: MESSAGE.title, wrap: true, size: "Large", weight: "Bolder", color: "Attention" },
      { type: "TextBlock", text: "<Bar> & Till are silent.", wrap: true },
      { type: "TextBlock", text: "First step: Look at it.", wrap: true },
    ]);
    assert.deepEqual([attachment.content.type, attachment.content.version], ["AdaptiveCard", "1.4"]);
  }));

Deno.test("[NTC14] a redirect is not followed, and says so", async () => {
  await withServer(ok, (inner, leaked) =>
    withServer(
      () => new Response(null, { status: 302, headers: { location: `${inner}/secrets` } }),
      async (url, got) => {
        const { kind, said } = await send({ kind: "webhook", url }, MESSAGE);
        assert.deepEqual([kind, got.length, leaked.length], ["failed", 1, 0]);
        assert.match(said, /points elsewhere \(302\)/);
      },
    ));
});

Deno.test("[NTC14] a link-local address is asked nothing, however it is written", async () => {
  const hosts = ["169.254.169.254", "2852039166", "0xa9.0xfe.1.1", "[fe80::1]", "[::ffff:169.254.169.254]"];
  for (const host of hosts) {
    const { said } = await send({ kind: "webhook", url: `http://${host}/latest/meta-data` }, MESSAGE);
    assert.match(said, /link-local/, host);
  }
});

for (
  const [status, words] of [
    [401, /does not let us in/],
    [404, /knows no such address/],
    [400, /did not accept the message/],
    [503, /trouble of its own/],
  ] as const
) {
  Deno.test(`[NTC15] ${status} is told in words, with nothing of the address or the answer`, () =>
    withServer(() => new Response("inner words", { status }), async (url) => {
      const { kind, said } = await send({ kind: "slack", url: `${url}/services/T0K3N` }, MESSAGE);
      assert.equal(kind, "failed");
      assert.match(said, words);
      assert.doesNotMatch(said, /T0K3N|inner words/);
    }));
}

Deno.test("[NTC10] a service that asks to wait is waited for", () =>
  withServer(() => new Response(null, { status: 429, headers: { "retry-after": "120" } }), async (url) => {
    const outcome = await send({ kind: "discord", url }, MESSAGE);
    assert.deepEqual(outcome, {
      kind: "failed",
      said: "127.0.0.1 asks us to wait (429). The hub tries again.",
      retryAfterMs: 120_000,
    });
  }));

Deno.test("[NTC15] nobody there is told in words, without the address", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const { said } = await send({ kind: "webhook", url: `http://127.0.0.1:${port}/T0K3N` }, MESSAGE);
  assert.equal(said, "127.0.0.1 could not be reached. Check the address, and that the internet works.");
});

Deno.test("[NTC15] where a channel leads is shown without what opens it", () => {
  const cases: [Target, string][] = [
    [{ kind: "slack", url: "https://hooks.slack.com/services/T00/B00/abcdefghx9Qz" }, "hooks.slack.com/…x9Qz"],
    [{ kind: "ntfy", url: "https://ntfy.sh/lola" }, "ntfy.sh"],
    [{ kind: "webhook", url: "http://192.168.1.5:8080/in?key=abcdefgh1234" }, "192.168.1.5:8080/…1234"],
  ];
  for (const [target, words] of cases) assert.equal(sayTarget(target), words);
});

Deno.test("[NTC7] what stands in the venue's own network is told apart from the internet by its name", () => {
  for (const host of ["192.168.1.5", "10.0.0.2", "172.20.1.1", "127.0.0.1", "nas", "nas.local", "[fd00::1]", "a.lan"]) {
    assert.ok(isLocal(host), host);
  }
  for (const host of ["ntfy.sh", "8.8.8.8", "172.32.0.1", "192.169.1.1", "10.example.com.net", "[2001:db8::1]"]) {
    assert.ok(!isLocal(host), host);
  }
});
