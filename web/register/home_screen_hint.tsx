/** On an iPad or iPhone over https: enrol from the home screen, because what Safari keeps and what the home screen keeps are two stores. */

const PATH = "Share › Add to Home Screen";

/** `standalone` is Apple's own: false in Safari, true from the home screen, absent elsewhere. */
interface Navigation {
  readonly standalone?: boolean;
  readonly maxTouchPoints: number;
}

export function wantsHomeScreen({ standalone, maxTouchPoints }: Navigation, isSecure: boolean): boolean {
  return isSecure && standalone === false && maxTouchPoints > 1;
}

export function HomeScreenHint({ code }: { readonly code: string }) {
  if (!wantsHomeScreen(navigator, isSecureContext)) return null;
  return (
    <p>
      On this device, first tap{" "}
      {PATH}. Open the register from there and enrol it there{code && `, with the code ${code}`}
      : what is enrolled in Safari stays in Safari, and is cleared when it rests for a week.
    </p>
  );
}
