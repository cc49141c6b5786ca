/** E-mail against a real mail server on loopback. */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Message } from "../../shared/notice_text.ts";
import type { Mailbox } from "./channel.ts";
import { sendEmail } from "./email.ts";

const MESSAGE: Message = {
  ...{ venue: "Café Lola", mood: "warn", title: "Café Lola: Bar is late", text: "Bar is late.\nIt may come back." },
  ...{ notices: [], at: 1_000 },
};

interface Letter {
  readonly greeting: string;
  readonly from: string;
  readonly to: string[];
  readonly text: string;
}

async function withMailServer(
  options: SMTPServerOptions,
  test: (mailbox: Mailbox, letters: Letter[]) => Promise<void>,
): Promise<void> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false, closeTimeout: 100 },
    onData(stream, session, done) {
      let text = "";
      stream.on("data", (chunk: Uint8Array) => text += new TextDecoder().decode(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : "";
        const greeting = String(session.hostNameAppearsAs);
        letters.push({ greeting, from, to: rcptTo.map(({ address }) => address), text });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {}); // a client that goes away at once, which some of these tests do
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.server.address() as AddressInfo;
  const mailbox: Mailbox = {
    ...{ kind: "email", host: "127.0.0.1", port, security: "none", user: "" },
    ...{ from: "lola@example.com", to: ["ana@example.com", "ben@example.com"] },
  };
  try {
    await test(mailbox, letters);
  } finally {
    await new Promise<void>((closed) => server.close(() => closed()));
  }
}

Deno.test("[NTC13] a letter has the venue as its sender, the title as its subject, and greets by no real name", () =>
  withMailServer({}, async (mailbox, letters) => {
    assert.deepEqual(await sendEmail(mailbox, MESSAGE), { kind: "arrived", said: "127.0.0.1 took it." });
    const [letter] = letters;
    assert.deepEqual([letter!.from, letter!.to], ["lola@example.com", ["ana@example.com", "ben@example.com"]]);
    assert.equal(letter!.greeting, "counterpart.invalid");
    assert.match(letter!.text, /^From: =\?UTF-8\?.*<lola@example\.com>\r$/m);
    assert.match(letter!.text, /^Subject: =\?UTF-8\?Q\?Caf=C3=A9_Lola=3A_Bar_is_late\?=\r$/m);
    assert.match(letter!.text, /^Auto-Submitted: auto-generated\r$/m);
    assert.match(letter!.text, /\r\nBar is late\.\r\nIt may come back\.\r\n$/);
  }));

Deno.test("[NTC13] user and password are given when there is a user; a wrong one is told in words", () =>
  withMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === "lola" && password === "right" ? done(null, { user: "lola" }) : done(new Error("no")),
  }, async (mailbox, letters) => {
    assert.equal((await sendEmail({ ...mailbox, user: "lola", secret: "right" }, MESSAGE)).kind, "arrived");
    const wrong = await sendEmail({ ...mailbox, user: "lola", secret: "wr0ng" }, MESSAGE);
    assert.equal(wrong.kind, "failed");
    assert.match(wrong.said, /does not accept this user and password/);
    assert.doesNotMatch(wrong.said, /wr0ng/);
    assert.equal(letters.length, 1);
  }));

Deno.test("[NTC13] a server that refuses a recipient is told", () =>
  withMailServer({
    onRcptTo: ({ address }, _, done) => address.startsWith("ben") ? done(new Error("no")) : done(),
  }, async (mailbox) => {
    assert.deepEqual(await sendEmail(mailbox, MESSAGE), {
      kind: "arrived",
      said: "127.0.0.1 took it, but not for ben@example.com.",
    });
    const nobody = await sendEmail({ ...mailbox, to: ["ben@example.com"] }, MESSAGE);
    assert.match(nobody.said, /does not accept the sender or the recipients/);
  }));

Deno.test("[NTC14] encryption that was chosen is never done without", async () => {
  await withMailServer({}, async (mailbox, letters) => {
    assert.equal((await sendEmail({ ...mailbox, security: "starttls" }, MESSAGE)).kind, "failed");
    assert.equal(letters.length, 0);
  });
  await withMailServer({ secure: true }, async (mailbox, letters) => {
    const outcome = await sendEmail({ ...mailbox, security: "tls" }, MESSAGE); // its certificate is its own
    assert.equal(outcome.kind, "failed");
    assert.match(outcome.said, /certificate is not valid/);
    assert.equal(letters.length, 0);
  });
});

Deno.test("[NTC16] the library is loaded with the first letter only, and needs no more leave than the hub has", async () => {
  await withMailServer({}, async (mailbox, letters) => {
    await Deno.mkdir(".tmp", { recursive: true });
    const folder = await Deno.makeTempDir({ dir: ".tmp" }); // in the tree, so that the library is found
    const script = `${folder}/send.ts`;
    await Deno.writeTextFile(
      script,
      `import { send } from "${import.meta.resolve("./send.ts")}";
       const before = Deno.memoryUsage().heapUsed;
       const outcome = await send(${JSON.stringify(mailbox)}, ${JSON.stringify(MESSAGE)});
       console.log(outcome.kind, Deno.memoryUsage().heapUsed - before > 500_000 ? "loaded late" : "was there");`,
    );
    try {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--quiet", "--allow-net", "--allow-sys=networkInterfaces", script],
        env: { NO_COLOR: "1" },
      }).output();
      assert.equal(new TextDecoder().decode(stdout).trim(), "arrived loaded late", new TextDecoder().decode(stderr));
      assert.equal(letters.length, 1);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
});
