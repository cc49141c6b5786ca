import assert from "node:assert/strict";
import { shortcutPage } from "./shortcut_page.ts";

Deno.test("[AGT12] a venue's name and the address a page was asked by are text on it, and no script or token is", async () => {
  const text = String(await shortcutPage({ venue: `<script>x</script>`, base: `http://a"b:8787` }));
  assert.ok(text.includes("&lt;script&gt;x&lt;/script&gt;") && text.includes("http://a&quot;b:8787/api/signals"), text);
  assert.equal(/<script/i.test(text), false);
  assert.ok(
    String(await shortcutPage({ venue: "", base: "http://hub" })).replace(/\s+/g, " ").includes("hub of this venue."),
  );
});
