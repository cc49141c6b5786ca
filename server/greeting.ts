/** What a person needs who has just started the hub: where to point the iPad, what to compare there, and the code that makes it theirs. */
import { renderUnicodeCompact } from "uqr";
import { VERSION } from "../shared/version.ts";

export interface Greeting {
  readonly urls: readonly string[]; // best first
  readonly data: string;
  readonly setupCode: string | undefined; // undefined: the venue is set up
  readonly https:
    | { readonly kind: "open"; readonly fingerprint: string }
    | { readonly kind: "off" }
    | { readonly kind: "failed"; readonly why: string };
}

export function greeting({ urls, data, setupCode, https }: Greeting): string {
  return [
    `\nCounterpart ${VERSION} is running. Data is in ${data}\n`,
    renderUnicodeCompact(urls[0]!, { border: 1 }),
    ...urls.map((url) => `  Open ${url}`),
    ...aboutHttps(https, urls[0]!),
    ...(setupCode === undefined ? [] : [`\nSetup code: ${setupCode}\n`]),
  ].join("\n");
}

/** A line for each name by which the hub is found as well, or why it has none; empty while neither is known. */
export function alsoAt(urls: readonly string[], unheard: string | undefined): string {
  if (unheard !== undefined) return `This hub has no name on the network: ${unheard}. Open it by its address.`;
  return urls.map((url) => `  Open ${url} as well`).join("\n");
}

function aboutHttps(https: Greeting["https"], url: string): string[] {
  switch (https.kind) {
    case "off":
      return [];
    case "failed":
      return [`\nHTTPS is off: ${https.why}. Everything works over plain http, with less.`];
    case "open":
      return [
        `\nBefore a device opens an https address, let it trust this hub: ${url}/trust`,
        "Fingerprint to compare there (SHA-256):",
        ...inLines(https.fingerprint),
      ];
  }
}

/** Two lines of sixteen pairs. */
function inLines(fingerprint: string): string[] {
  const pairs = fingerprint.split(":");
  return [pairs.slice(0, 16), pairs.slice(16)].map((line) => `  ${line.join(" ")}`);
}
