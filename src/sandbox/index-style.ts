/** How the index page looks: system fonts, light or dark as the reader's system is, one column on a phone, black on paper. */
export const indexStyle = `
:root {
  color-scheme: light dark;
  --ground: #fbfaf7; --panel: #f1efe8; --ink: #1d1f21; --quiet: #5b5f63; --line: #d9d6cc; --link: #0b5394;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --panel: #202327; --ink: #e6e4df; --quiet: #a5a8ab; --line: #383c41; --link: #8ab8ee; }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
main { max-width: 52rem; margin: 0 auto; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 0 0 .75rem; font-size: 1.2rem; line-height: 1.3; }
section { padding-top: 2.5rem; }
p { margin: .5rem 0; max-width: 42rem; }
.quiet { color: var(--quiet); }
a { color: var(--link); text-underline-offset: .3em; }
code, pre { font: .875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre {
  margin: .75rem 0; padding: .75rem 1rem; background: var(--panel); border-radius: 6px; font-size: .8125rem;
  white-space: pre-wrap;
}
pre code { font: inherit; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 1.5rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; border-block: 1px solid var(--line); padding: .375rem 0; }
nav a { padding: .25rem 0; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
li { margin: .25rem 0; }
table { width: 100%; border-collapse: collapse; margin: .75rem 0; font-size: .9375rem; }
th, td { padding: .375rem 1.25rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
th { font-weight: 500; }
td { overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: .8125rem; }
.counted :is(th, td):nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; }
.stacked :is(th, td):nth-child(2) { min-width: 7rem; }
.stacked th code { overflow-wrap: normal; }
summary { cursor: pointer; padding: .25rem 0; color: var(--link); }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; }
label { flex-basis: 100%; color: var(--quiet); font-size: .9375rem; }
input, button {
  min-height: 2.25rem; padding: .25rem .75rem; border: 1px solid var(--quiet); border-radius: 6px; font: inherit;
  color: inherit; background: var(--panel);
}
input { flex: 1 1 12rem; min-width: 0; max-width: 24rem; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) {
  body { padding-top: 1.5rem; }
  dl { column-gap: .875rem; }
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  th, td { display: block; padding: 0; border: 0; }
  .counted tr { display: grid; grid-template-columns: 1fr auto; column-gap: 1rem; }
  .counted td:last-child { grid-column: 1 / -1; }
}
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --panel: #fff; --ink: #000; --quiet: #444; --line: #bbb; --link: #000;
  }
  html { font-size: 10pt; }
  body { padding: 0; }
  nav, form { display: none; }
  pre { border: 1px solid var(--line); }
  h2 { break-after: avoid; }
  pre, tr { break-inside: avoid; }
}
`;
