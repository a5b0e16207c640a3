// How the page looks, in light and dark.
#ifndef ACRX_SERVER_DETAIL_PAGE_STYLE_HPP
#define ACRX_SERVER_DETAIL_PAGE_STYLE_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/style.css`
inline constexpr std::string_view page_style = R"css(:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --raised: #ffffff; --line: #dedfe1; --text: #1d2126; --quiet: #5a626c;
  --accent: #2b5f96; --accent-ground: #e8f0f8;
  --good: #1d7237; --bad: #b3261e; --busy: #8a5a00; --bad-ground: #fcebea;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --raised: #1b1f24; --line: #343a41; --text: #e4e7ea; --quiet: #9aa3ad;
    --accent: #8ab8e8; --accent-ground: #1f2f40;
    --good: #6bc785; --bad: #ff9189; --busy: #e3b655; --bad-ground: #3a1f1e;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--ground); color: var(--text); }
main { max-width: 76rem; margin: 0 auto; padding: 1.25rem clamp(1rem, 3vw, 2rem) 4rem; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
code, .log, .node .note { font-family: ui-monospace, "SF Mono", "Cascadia Code", "DejaVu Sans Mono", monospace; }
code { font-size: .88em; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 1rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
:is(h1, main):focus-visible { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet, .empty { color: var(--quiet); }
.bad { color: var(--bad); }
.empty { padding: 1.25rem; border: 1px dashed var(--line); border-radius: 8px; }
.skip { position: absolute; left: 1rem; top: -4rem; background: var(--raised); padding: .5rem 1rem; z-index: 1; }
.skip:focus { top: .5rem; }

header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; padding: .5rem clamp(1rem, 3vw, 2rem);
  background: var(--raised); border-bottom: 1px solid var(--line); }
.brand { font-weight: 650; color: var(--text); text-decoration: none; }
nav { display: flex; gap: .25rem; }
nav a { padding: .35rem .75rem; border-radius: 6px; color: var(--quiet); text-decoration: none; }
nav a:hover { color: var(--text); }
nav a[aria-current] { color: var(--accent); background: var(--accent-ground); font-weight: 600; }
#connection { margin: 0 0 0 auto; color: var(--busy); }
#trouble:not(:empty) {
  margin: 0; padding: .6rem clamp(1rem, 3vw, 2rem); background: var(--bad-ground); color: var(--bad);
}
#trouble:empty { display: none; }

button, .button, input, select {
  font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; padding: .3rem .7rem; min-height: 2.2rem;
}
button, .button { cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; }
button:hover, .button:hover { border-color: var(--accent); }
button[aria-pressed="true"], button.main {
  background: var(--accent-ground); border-color: var(--accent); color: var(--accent);
}
button.plain {
  border: 0; background: none; padding: 0; min-height: 0; color: var(--accent); font-weight: 600;
  text-decoration: underline;
}
.filters { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem; margin-bottom: .75rem; }
.filters label, .sign-in label { display: grid; gap: .2rem; font-size: .82rem; color: var(--quiet); }
.filters input, .filters select { font-size: .95rem; color: var(--text); }
input[type="search"] { width: min(20rem, 80vw); }
.sign-in { max-width: 26rem; display: grid; gap: .75rem; }
.sign-in button { justify-self: start; }
.sign-in p { margin: 0; }
.sign-in p:empty { display: none; }

.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
table { border-collapse: collapse; width: 100%; }
th, td {
  text-align: left; font-weight: inherit; padding: .5rem .9rem; border-top: 1px solid var(--line);
  vertical-align: middle;
}
thead th, thead td {
  border-top: 0; font-size: .82rem; color: var(--quiet); white-space: nowrap; padding-block: .45rem;
}
tbody th { font-weight: 600; }
tbody tr:hover { background: color-mix(in srgb, var(--accent-ground) 45%, transparent); }
tbody :is(th, td):first-child:not(:has(code)), td.number, th.number, time {
  white-space: nowrap; font-variant-numeric: tabular-nums;
}
td.action { text-align: right; padding-block: .2rem; }
td.action button { min-height: 1.9rem; padding-block: .1rem; }
.bare { text-decoration: none; }
.chips { display: flex; flex-wrap: wrap; gap: .3rem; list-style: none; margin: 0; padding: 0; }
.chip {
  border: 1px solid var(--line); border-radius: .8rem; padding: 0 .6rem;
  font-size: .82rem; overflow-wrap: anywhere;
}
.chip.off { color: var(--quiet); border-style: dashed; }

.status { display: inline-flex; align-items: center; gap: .5rem; white-space: nowrap; color: var(--quiet); }
.status::before {
  content: ""; width: .62rem; height: .62rem; border-radius: 50%; background: currentColor; flex: none;
}
.status.succeeded { color: var(--good); }
.status:is(.failed, .error, .timeout) { color: var(--bad); }
.status:is(.failed, .error, .timeout)::before { border-radius: 1px; }
.status:is(.running, .started) { color: var(--busy); }
.status:is(.running, .started)::before { animation: pulse 1.6s ease-in-out infinite; }
.status:is(.queued, .waiting, .canceled, .stopped, .not-reached)::before {
  background: none; border: 2px solid currentColor;
}
@keyframes pulse { 50% { opacity: .25; } }

.trail { margin: 0; font-size: .88rem; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; margin-bottom: 1rem; }
.head h1 { margin: 0; }
.head button:first-of-type { margin-left: auto; }
.reason {
  border-left: 3px solid var(--bad); background: var(--bad-ground); padding: .6rem .9rem;
  border-radius: 0 6px 6px 0; overflow-wrap: anywhere;
}
.facts { display: flex; flex-wrap: wrap; gap: .75rem 2.25rem; margin: 0; }
.facts dt { font-size: .82rem; color: var(--quiet); }
.facts dd { margin: 0; }
.facts ul { margin: 0; padding: 0; list-style: none; }
details { margin-top: .6rem; }
summary { cursor: pointer; color: var(--quiet); width: fit-content; }
details .wide { margin-top: .5rem; }

.graph {
  overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: 8px;
  background: var(--raised);
}
.graph svg { display: block; }
.edge { fill: none; stroke: var(--line); stroke-width: 2; }
.node rect:first-of-type { fill: var(--ground); stroke: var(--line); }
.node text { fill: var(--text); font-size: 13.5px; font-weight: 600; }
.node .note { fill: var(--quiet); font-size: 11px; font-weight: 400; }
.node .mark { fill: var(--line); }
.node.succeeded .mark { fill: var(--good); }
.node.failed .mark { fill: var(--bad); }
.node.failed rect:first-of-type { stroke: var(--bad); }
.node.running .mark { fill: var(--busy); animation: pulse 1.6s ease-in-out infinite; }
.node.running rect:first-of-type { stroke: var(--busy); }
.node:is(.canceled, .stopped, .not-reached, .waiting) text { fill: var(--quiet); }
.node:is(.task) .mark { fill: var(--accent); }
.node:is(.image) .mark { fill: var(--good); }
.node:is(.timer) .mark { fill: var(--busy); }

.log {
  height: min(32rem, 70vh); overflow: auto; padding: .75rem 1rem;
  border: 1px solid var(--line); border-radius: 8px; background: var(--raised);
  font-size: .82rem; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4;
}
.log .aside { color: var(--quiet); }

@media (max-width: 40rem) {
  :root { font-size: 14px; }
  th, td { padding-inline: .6rem; }
}
@media (prefers-reduced-motion: reduce) { *, ::before { animation: none !important; } }
@media (forced-colors: active) { .status::before { forced-color-adjust: none; } }
)css";
}  // namespace acrx::detail
#endif
