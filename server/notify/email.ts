/**
 * E-mail by the manager's own mail server. The library is loaded with the first letter, since it takes 20 MB that most hubs never need.
 * It is told by what name to greet, so that it need not ask the system for the computer's.
 */
import type { Message } from "../../shared/notice_text.ts";
import { isLinkLocal, type Mailbox, type Outcome } from "./channel.ts";

const CONNECT_MAX_MS = 10_000;
const SILENCE_MAX_MS = 15_000; // some servers think about a letter for a while
const OWN_NAME = "counterpart.invalid"; // no such host: what the hub's is called is nobody's business

export async function sendEmail(mailbox: Mailbox, message: Message): Promise<Outcome> {
  const { host, port, security, user, secret, from, to } = mailbox;
  if (isLinkLocal(host)) {
    return { kind: "failed", said: "Letters are not sent by a link-local address. Enter another." };
  }
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    ...{ host, port, secure: security === "tls", requireTLS: security === "starttls", ignoreTLS: security === "none" },
    ...{ name: OWN_NAME, disableFileAccess: true, disableUrlAccess: true },
    ...{ connectionTimeout: CONNECT_MAX_MS, greetingTimeout: CONNECT_MAX_MS, socketTimeout: SILENCE_MAX_MS },
    auth: user === "" ? undefined : { user, pass: secret ?? "" },
  });
  try {
    const { rejected } = await transport.sendMail({
      from: { name: message.venue, address: from },
      to: [...to],
      subject: message.title,
      text: message.text,
      messageId: `<${message.notices[0]?.id ?? "test"}.${message.at}@${OWN_NAME}>`,
      headers: { "Auto-Submitted": "auto-generated" }, // nobody's holiday answers it
    });
    const said = rejected.length === 0 ? `${host} took it.` : `${host} took it, but not for ${rejected.join(", ")}.`;
    return { kind: "arrived", said };
  } catch (failure) {
    return { kind: "failed", said: trouble(host, codeOf(failure)) };
  } finally {
    transport.close();
  }
}

function trouble(host: string, code: string): string {
  switch (code) {
    case "EAUTH":
      return `${host} does not accept this user and password. Some mail services want a password made for apps.`;
    case "EENVELOPE":
      return `${host} does not accept the sender or the recipients. Check the addresses.`;
    case "EMESSAGE":
      return `${host} did not accept the letter. Ask who runs the mail server.`;
    case "ETLS":
      return `${host} does not encrypt in this way. Choose another kind of encryption.`;
    case "EDNS":
      return `There is no mail server called ${host}. Check the name, and that the internet works.`;
    default:
      return `${host} could not be reached, or its certificate is not valid. Check name, port and encryption.`;
  }
}

function codeOf(failure: unknown): string {
  return typeof failure === "object" && failure !== null && "code" in failure ? String(failure.code) : "";
}
