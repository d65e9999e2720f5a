export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #14171c);
  --raised: light-dark(#f6f7f9, #1b1f26);
  --line: light-dark(#e2e5ea, #2b313b);
  --text: light-dark(#1d2430, #dde2ea);
  --soft: light-dark(#5b6675, #98a2b1);
  --link: light-dark(#1757c2, #7fb0ff);
  --panel: #1c222c;
  --panel-line: #303947;
  --panel-text: #d7dee9;
  --observed: light-dark(#16713f, #5fd08f);
  --client-source: light-dark(#1757c2, #7fb0ff);
  --docs: light-dark(#6d3fb4, #bd9cf5);
  --inferred: light-dark(#97590a, #e5b25c);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; display: grid; grid-template-columns: 17.5rem minmax(0, 1fr);
  background: var(--ground); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: 0.875em; }
:not(pre) > code { overflow-wrap: anywhere; }
p { margin: 0.5rem 0; max-width: 46rem; }
ul { padding-left: 1.2rem; margin: 0.5rem 0; max-width: 46rem; }

nav {
  position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.25rem 1rem 3rem;
  background: var(--raised); border-right: 1px solid var(--line); font-size: 13.5px; line-height: 1.4; scrollbar-width: thin;
}
nav .title { font-weight: 650; font-size: 16px; color: var(--text); display: block; }
nav .version { color: var(--soft); margin: 0 0 1rem; }
nav form { display: flex; gap: 0.4rem; margin: 0 0 0.5rem; }
nav input {
  flex: 1; min-width: 0; font: inherit; color: inherit; padding: 0.4rem 0.6rem;
  background: var(--ground); border: 1px solid var(--line); border-radius: 6px;
}
nav button {
  font: inherit; line-height: 1; color: var(--soft); background: var(--ground); border: 1px solid var(--line);
  border-radius: 6px; padding: 0 0.6rem; cursor: pointer;
}
nav h2 { font-size: 11.5px; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); margin: 1.1rem 0 0.25rem; }
nav ul { list-style: none; padding: 0; margin: 0; }
nav li a { display: flex; gap: 0.5rem; align-items: baseline; padding: 0.2rem 0.4rem; margin: 0 -0.4rem; border-radius: 5px; color: var(--text); }
nav li a:hover { background: light-dark(#e9ecf1, #262c36); text-decoration: none; }
nav .method { flex: none; width: 3.1rem; }
#found { color: var(--soft); margin: 0.25rem 0; min-height: 1.4em; }

main { min-width: 0; }
header, section > h2, section > p, section > .intro { padding-inline: 2.5rem; }
header { padding-top: 2.25rem; padding-bottom: 1rem; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 0.25rem; }
header > .summary { font-size: 1.1rem; color: var(--soft); margin: 0 0 1.25rem; }
section > h2 { font-size: 1.35rem; letter-spacing: -0.01em; margin: 0; padding-top: 2.5rem; }
section > h2::first-letter { text-transform: uppercase; }
section > .intro { color: var(--soft); margin: 0.1rem 0 1rem; max-width: none; }
.legend { display: grid; gap: 0.3rem; }
.legend p { margin: 0; display: grid; grid-template-columns: 7rem 1fr; align-items: baseline; max-width: none; }
.legend .grade { justify-self: start; }
.legend .count { font-variant-numeric: tabular-nums; color: var(--soft); }
.servers { columns: 2 18rem; list-style: none; padding: 0; max-width: 60rem; }
.servers span { color: var(--soft); }

article { border-top: 1px solid var(--line); }
.operation { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.told { padding: 1.6rem 2.5rem 2rem; min-width: 0; }
.shown { color-scheme: dark; scrollbar-width: thin; background: var(--panel); color: var(--panel-text); padding: 1.6rem 1.5rem; min-width: 0; }
section > .operation + .operation .shown { border-top: 1px solid var(--panel-line); margin-top: -1px; }
h3 { font-size: 1.1rem; margin: 0 0 0.2rem; }
h3 a { color: inherit; }
h3 .type { font-weight: 400; }
h4 { font-size: 11.5px; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); margin: 1.5rem 0 0.4rem; }
article:target h3::before { content: ''; display: inline-block; width: 4px; height: 1em; margin-right: 0.55rem; vertical-align: -0.12em; background: var(--link); border-radius: 2px; }

.call { display: flex; gap: 0.6rem; align-items: baseline; margin: 0 0 0.6rem; max-width: none; }
.call code { font-size: 14px; }
.call em { font-style: normal; color: var(--link); }
.method { font: 650 11.5px/1.4 var(--mono); letter-spacing: 0.02em; }
.call .method { border: 1px solid currentColor; border-radius: 4px; padding: 0 0.4rem; }
.get { color: light-dark(#16713f, #5fd08f); }
.post { color: light-dark(#1757c2, #7fb0ff); }
.put, .patch { color: light-dark(#97590a, #e5b25c); }
.delete { color: light-dark(#b3261e, #ff8f87); }

.grade { display: inline-block; font-size: 11px; line-height: 1.5; font-weight: 600; padding: 0 0.45rem; border-radius: 99px; border: 1px solid currentColor; white-space: nowrap; }
.observed { color: var(--observed); } .client-source { color: var(--client-source); }
.docs { color: var(--docs); } .inferred { color: var(--inferred); border-style: dashed; }
.evidence { font-size: 12.5px; color: var(--soft); }
.note { max-width: 44rem; font-size: 12.5px; color: var(--soft); border-left: 2px solid var(--line); padding-left: 0.6rem; margin: 0.35rem 0 0; }

.fields { list-style: none; padding: 0; margin: 0.3rem 0 0; max-width: none; }
.fields > li { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.fields > li:first-child { border-top: 0; }
.fields .name { font-weight: 650; color: var(--text); }
.fields .type, h3 .type { color: var(--soft); font-size: 13.5px; }
.fields .about { font-size: 14px; max-width: 44rem; }
.required { color: light-dark(#b3261e, #ff8f87); font-size: 12px; }
.facts { display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; font-size: 12.5px; color: var(--soft); }
.facts code { background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: 0 0.25rem; }
.content { color: var(--soft); font-size: 13.5px; margin: 0.4rem 0 0; }
.content code { color: var(--text); }

details > summary { cursor: pointer; }
.answer { border: 1px solid var(--line); border-radius: 7px; margin: 0.4rem 0; }
.answer > summary { padding: 0.4rem 0.75rem; font-size: 14px; }
.answer > :not(summary) { margin-inline: 0.85rem; }
.answer > :last-child:not(summary) { margin-bottom: 0.75rem; }
.answer p { font-size: 14px; }
.small { font-size: 12px; margin-top: 0.2rem; color: var(--text); white-space: pre-wrap; overflow-wrap: anywhere; }
.status { font: 650 13px var(--mono); }
.s2 .status { color: var(--observed); } .s3 .status { color: var(--client-source); } .s4 .status { color: var(--inferred); }

pre { margin: 0; overflow-x: auto; line-height: 1.5; font-size: 13px; tab-size: 2; }
.curl { white-space: pre; padding-bottom: 1rem; }
.example { border-top: 1px solid var(--panel-line); padding: 0.5rem 0; }
.example > summary { font-size: 13px; color: #a9b5c6; }
.example .status { color: #fff; font-size: 12px; }
.example pre { padding: 0.5rem 0 0.25rem; max-height: 32rem; overflow: auto; }
pre u { text-decoration: none; color: #8fc1ff; } pre i { font-style: normal; color: #a8dba8; } pre b { font-weight: 400; color: #ffc58a; }
.schema { padding: 1.2rem 2.5rem 1.4rem; max-width: 68rem; }

@media (max-width: 72rem) { .operation { grid-template-columns: minmax(0, 1fr); } .shown { padding: 1.25rem 2.5rem; } }
@media (max-width: 48rem) {
  body { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav .group { display: none; }
  header, section > h2, section > p, section > .intro, .told, .shown, .schema { padding-inline: 1.1rem; }
}
@media print { body { display: block; } nav { display: none; } .shown { color: #000; background: none; } }
`
