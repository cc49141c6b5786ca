/**
 * How an iPad reports its own Wi-Fi signal: a browser cannot read it, Apple's app Shortcuts can. The steps, with this hub's address filled
 * in. Plain HTML without a script; the token is not here, since whoever opens this page may be anybody on the network.
 */
import { html } from "hono/html";
import { STYLE_AT } from "./docs_style.ts";
import type { Html } from "./docs_fields.ts";

/** What "Get Network Details" gives, and the field of the report that it goes into. The signal alone is needed. */
const DETAILS = [
  ["RSSI", "rssiDbm", "the signal: needed"],
  ["Noise", "noiseDbm", "noise: how much of the signal is of use"],
  ["Channel Number", "channel", "which channel"],
  ["Network Name", "ssid", "which Wi-Fi"],
  ["BSSID", "bssid", "which access point"],
] as const;

export function shortcutPage({ venue, base }: { readonly venue: string; readonly base: string }): Html {
  const where = venue === "" ? "this venue" : venue;
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Wi-Fi signal of an iPad</title>
        <link rel="stylesheet" href="${STYLE_AT}">
      </head>
      <body>
        <header>
          <h1>Let an iPad report its Wi-Fi signal</h1>
          <p>A page in a browser cannot read the signal. The app Shortcuts, which is on every iPad, can: it sends what it reads to the hub of
          ${where}. Allow ten minutes for the first iPad; it needs iPadOS 17 or later.</p>
        </header>
        <main>
          <section>${tokenSteps()}</section>
          <section>${readSteps()}</section>
          <section>${sendSteps(base)}</section>
          <section>${runSteps()}</section>
          <section>${limits()}</section>
        </main>
      </body>
    </html>
  `;
}

function tokenSteps(): Html {
  return html`<h2>1. Copy this register's token</h2>
<p>The token tells the hub which register speaks. Do this on the iPad itself, so that the token goes nowhere else.</p>
<ol>
  <li>Open the register: <a href="/register#diagnostics">Diagnostics of the register on this device</a>.</li>
  <li>Under <b>Wi-Fi signal</b> tap <b>Show this register's token</b>, then <b>Copy</b>.</li>
</ol>`;
}

function readSteps(): Html {
  return html`
    <h2>2. Let the shortcut read the Wi-Fi</h2>
    <ol>
      <li>Open <b>Shortcuts</b>, tap <b>+</b>, and call the new shortcut <b>Report Wi-Fi</b>.</li>
      <li>Tap <b>Search Actions</b> and add <b>Get Network Details</b>. Set its first choice to <b>Wi-Fi</b> and its second to
            <b>RSSI</b>.</li>
      <li>Add the same action once more for each of the others that you want. The signal alone is enough.</li>
    </ol>
    <table class="narrow">
      <thead>
        <tr>
          <th>In Shortcuts</th>
          <th>Field</th>
          <th>What it is for</th>
        </tr>
      </thead>
      <tbody>${DETAILS.map(([detail, field, use]) =>
        html`
          <tr>
            <td>${detail}</td>
            <td><code>${field}</code></td>
            <td>${use}</td>
          </tr>
        `
      )}</tbody>
    </table>
  `;
}

function sendSteps(base: string): Html {
  return html`<h2>3. Let it send that to the hub</h2>
<ol>
  <li>Add the action <b>Get Contents of URL</b>, and put in this address. One tap marks all of it:
    <p class="pick long"><code>${base}/api/signals</code></p></li>
  <li>Tap the arrow on the action to open it. Set <b>Method</b> to <b>POST</b>.</li>
  <li>Under <b>Headers</b> tap <b>Add new header</b>. Key: <code class="pick">Authorization</code>. Text: the word
    <code class="pick">Bearer</code>, a blank, then paste the token.</li>
  <li>Set <b>Request Body</b> to <b>JSON</b>. For each action of step 2 tap <b>Add new field</b>, choose <b>Text</b>, write the field's
    name from the table as the key, for instance <code class="pick">rssiDbm</code>, and as its text choose the variable of that
    action.</li>
</ol>`;
}

function runSteps(): Html {
  return html`<h2>4. Try it, then let it run by itself</h2>
<ol>
  <li>Tap the play button. The iPad asks whether Shortcuts may find devices on the local network, and may ask for the location, without
    which it hides the Wi-Fi's name: allow both.</li>
  <li>An answer that begins with <code>{"now"</code> means that it worked: the signal is on the manager's page within a second, under
    this register.</li>
  <li>An answer with <code>unknown-token</code> means that the token was not pasted whole, lacks
    <code>Bearer</code> before it, or that the register was enrolled anew: copy it again.</li>
  <li>In Shortcuts open <b>Automation</b>, tap <b>+</b>, choose <b>App</b>, then the selling app (or Safari) and <b>Is Opened</b>, choose
    <b>Run Immediately</b>, and pick <b>Report Wi-Fi</b>. Add another one with <b>Wi-Fi</b> for the moment at which the iPad joins.</li>
</ol>`;
}

function limits(): Html {
  return html`<h2>What it gives, and what it does not</h2>
<ul>
  <li>A reading each time the app is opened or the Wi-Fi joined. iPadOS runs no shortcut every few seconds, so the
    manager's page shows the last reading until the next one comes.</li>
  <li>It says nothing of the app: a register that stopped still counts as silent.</li>
  <li>The band is not among the details; the channel tells 2.4 GHz (1 to 14) from the others.</li>
  <li>The token stands in the shortcut. Do not share the shortcut: who has it can speak for this register. With iCloud it is copied to
    other devices of the same Apple account, where it must not run. Un-enrolling the register makes the token worthless at once.</li>
</ul>`;
}
