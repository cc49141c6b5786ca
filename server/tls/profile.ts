/**
 * The authority as a configuration profile, which is how an iPad or iPhone takes one. Its ids come from the fingerprint, so that installing
 * it a second time replaces the first.
 */
import type { Authority } from "./authority.ts";

/** `venue` is "" before the hub is set up. */
export function profileOf({ name, fingerprint, der }: Authority, venue: string): string {
  const title = venue === "" ? name : `${name}, ${venue}`;
  const text =
    "Lets this device check that it talks to the shop's own hub. It vouches for addresses on the shop's network only.";
  const id = `counterpart.${fingerprint.replaceAll(":", "").slice(0, 16).toLowerCase()}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadCertificateFileName</key><string>counterpart.cer</string>
      <key>PayloadContent</key><data>${der.toBase64()}</data>
      <key>PayloadDescription</key><string>${escape(text)}</string>
      <key>PayloadDisplayName</key><string>${escape(name)}</string>
      <key>PayloadIdentifier</key><string>${id}.authority</string>
      <key>PayloadType</key><string>com.apple.security.root</string>
      <key>PayloadUUID</key><string>${uuid(fingerprint, 0)}</string>
      <key>PayloadVersion</key><integer>1</integer>
    </dict>
  </array>
  <key>PayloadDescription</key><string>${escape(text)}</string>
  <key>PayloadDisplayName</key><string>${escape(title)}</string>
  <key>PayloadIdentifier</key><string>${id}</string>
  <key>PayloadRemovalDisallowed</key><false/>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadUUID</key><string>${uuid(fingerprint, 32)}</string>
  <key>PayloadVersion</key><integer>1</integer>
</dict>
</plist>
`;
}

/** 32 of the fingerprint's 64 digits in the form of a UUID of version 8, which is free for such uses. */
function uuid(fingerprint: string, from: number): string {
  const hex = fingerprint.replaceAll(":", "").slice(from, from + 32);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)];
  return parts.join("-");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
