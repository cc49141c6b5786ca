/**
 * A page whose script or style was lost on the way (Wi-Fi that comes and goes, a hub that became a newer one in that moment) would stay
 * blank, or bare, until somebody thinks of loading it again. It says so, and does it by itself as soon as the hub answers.
 */

const KEY = "loads"; // how often this tab was loaded again in a row; gone once it arrived whole
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]; // before the first time and so on; the last for all that follow
const ANSWER_WITHIN_MS = 5_000;

/** How long to wait before a page is loaded again that was so `times` in a row. */
export function waitBefore(times: number): number {
  return WAITS_MS[Math.min(times, WAITS_MS.length - 1)]!;
}

/** Watches the files that the page names itself, until it has loaded. */
export function mendWhenBroken(page: Window): void {
  let broken = false;
  const notice = ({ target }: Event) => {
    broken ||= target instanceof HTMLScriptElement ||
      (target instanceof HTMLLinkElement && target.rel === "stylesheet");
  };
  page.addEventListener("error", notice, true); // such an event does not bubble
  page.addEventListener("load", () => {
    page.removeEventListener("error", notice, true);
    if (broken) mend(page);
    else keepTimes(page, 0);
  });
}

function mend(page: Window): void {
  const { document, location } = page;
  document.documentElement.classList.add("broken"); // shows at once the words that the page brings for this
  document.querySelector(".unloaded [hidden]")?.removeAttribute("hidden");
  document.querySelector(".unloaded a")?.addEventListener("click", (event) => {
    event.preventDefault(); // it would lose what is behind the # in the address
    location.reload();
  });
  const again = async () => {
    if (!await hubAnswers(page)) return later(); // a page that is left for one that does not come is lost
    keepTimes(page, ++times);
    location.reload();
  };
  let times = keptTimes(page);
  const later = () => void page.setTimeout(again, waitBefore(times));
  later();
}

async function hubAnswers(page: Window): Promise<boolean> {
  const patience = new AbortController();
  const timer = page.setTimeout(() => patience.abort(), ANSWER_WITHIN_MS);
  try {
    return (await page.fetch(page.location.pathname, { method: "HEAD", cache: "no-store", signal: patience.signal }))
      .ok;
  } catch {
    return false;
  } finally {
    page.clearTimeout(timer);
  }
}

/** Where storage is closed every time counts as a late one. */
function keptTimes(page: Window): number {
  try {
    return Number(page.sessionStorage.getItem(KEY) ?? 0);
  } catch {
    return WAITS_MS.length;
  }
}

function keepTimes(page: Window, times: number): void {
  try {
    if (times === 0) page.sessionStorage.removeItem(KEY);
    else page.sessionStorage.setItem(KEY, String(times));
  } catch {
    // Said above.
  }
}
