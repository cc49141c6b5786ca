/** What to do on each kind of device, in the words that it shows. `name` is the hub's authority as the device lists it. */
import type { Platform } from "./platform.ts";

export interface Step {
  readonly text: string;
  readonly file?: { readonly href: string; readonly text: string }; // to be fetched in this step
  readonly missed?: true; // the one that people miss
}

const FILES = {
  profile: { href: "/api/trust/counterpart.mobileconfig", text: "Get the profile" },
  certificate: { href: "/api/trust/ca.crt", text: "Get the certificate" },
  pem: { href: "/api/trust/ca.pem", text: "Get the certificate" },
};

export function stepsFor(platform: Platform, name: string): readonly Step[] {
  switch (platform) {
    case "ipad":
      return [
        { text: "In Safari, get the profile here, and tap Allow.", file: FILES.profile },
        {
          text:
            "Open Settings. Near the top tap Profile Downloaded. Under More Details compare the fingerprint below, then tap Install, twice. “Not Signed” is as it should be.",
        },
        {
          text: `Still in Settings: General › About › Certificate Trust Settings. Switch on ${name}.`,
          missed: true,
        },
        { text: "Come back here. The mark above turns green." },
        {
          text:
            "Open the register over https, then Share › Add to Home Screen. Open it from there, and only then enrol it: the home screen keeps its checks apart from Safari.",
        },
      ];
    case "mac":
      return [
        {
          text: "Get the certificate and open it. Keychain Access asks where to: choose login.",
          file: FILES.certificate,
        },
        { text: `In the list, open ${name}, then Trust. Choose Always Trust, and close the window.`, missed: true },
        { text: "Come back here and load the page again." },
      ];
    case "windows":
      return [
        {
          text: "Get the certificate and open it. Press Install Certificate, then Current User.",
          file: FILES.certificate,
        },
        {
          text:
            "Choose “Place all certificates in the following store”, then Browse, then Trusted Root Certification Authorities.",
          missed: true,
        },
        { text: `Finish. Windows asks whether to install ${name}: Yes.` },
        { text: "Close the browser, open it again, and come back here." },
      ];
    case "android":
      return [
        {
          text: "Get the certificate. It stays in Downloads; opening it there is not enough.",
          file: FILES.certificate,
        },
        {
          text: "Open Settings and search for “CA certificate”. Tap Install anyway, and choose counterpart.crt.",
          missed: true,
        },
        {
          text:
            "Come back here and load the page again. Android now says that the network may be watched: it says so of every certificate of one's own.",
        },
      ];
    case "linux":
      return [
        { text: "Get the certificate.", file: FILES.pem },
        {
          text:
            "In Chrome or Chromium: Settings › Privacy and security › Security › Manage certificates. Import counterpart.pem as an authority, for websites.",
        },
        { text: "Come back here and load the page again." },
      ];
  }
}
