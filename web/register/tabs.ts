/** Other tabs of this register on the same device share its storage. What one writes, the others take up. */

const CHANNEL = "counterpart";

export type TabNews = "wrote" | "enrolled";

export interface Tabs {
  tell(news: TabNews): void;
}

export function joinTabs(heard: (news: TabNews) => void): Tabs {
  if (typeof BroadcastChannel === "undefined") return { tell: () => {} };
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }) => {
    if (data === "wrote" || data === "enrolled") heard(data);
  });
  return { tell: (news) => channel.postMessage(news) };
}
