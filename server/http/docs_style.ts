/** The stylesheet of the pages that the hub writes itself: the API and the Shortcut. It stands in code because the hub may read its data and the built pages, and nothing else. */
export const STYLE_AT = "/docs.css";

export const DOCS_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbf8f2;
  --wash: #f4efe5;
  --ink: #23201b;
  --soft: #665f54;
  --line: #e3dccf;
  --accent: #1c5d7d;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #181613; --wash: #24211c; --ink: #f1ebe0; --soft: #aca394; --line: #35312a; --accent: #8fc7e4; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  max-width: 60rem;
  margin: 0 auto;
  padding: 1rem;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--accent); }
a:focus-visible, .wide:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.375rem; }
h3 { margin: 0 0 0.5rem; font-size: 1.0625rem; }
h4 { margin: 1rem 0 0.25rem; font-size: 0.9375rem; color: var(--soft); }
nav h2 { margin: 1rem 0 0.25rem; font-size: 0.9375rem; color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li a { display: block; padding: 0.5rem 0; text-decoration: none; }
article { padding: 1rem 0; border-top: 1px solid var(--line); }
article:target { background: var(--wash); box-shadow: 0 0 0 0.75rem var(--wash); }
p, ul { margin: 0 0 0.5rem; }
.method, code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.9375rem; }
.method { color: var(--accent); }
pre { overflow-x: auto; padding: 0.75rem; border-radius: 10px; background: var(--wash); }
.wide { overflow-x: auto; }
table { width: 100%; min-width: 36rem; border-collapse: collapse; font-size: 0.9375rem; overflow-wrap: normal; }
.narrow { min-width: 0; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
td:nth-child(3) { overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
ol { padding-left: 1.5rem; }
ol > li { margin: 0 0 0.75rem; }
.pick { user-select: all; -webkit-user-select: all; }
.long { margin: 0.5rem 0; padding: 0.75rem; border-radius: 10px; background: var(--wash); }
small { color: var(--soft); }
`;
