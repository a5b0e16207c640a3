// Bodies of server/runner_page.hpp: the document itself.
#ifndef ACRX_SERVER_IMPL_RUNNER_PAGE_IPP
#define ACRX_SERVER_IMPL_RUNNER_PAGE_IPP
#include <acrx/server/runner_page.hpp>

#include <string>
#include <string_view>

namespace acrx {
namespace detail {
/// Text goes into the page by `textContent` alone, so that nothing of a log or a name can be markup.
inline constexpr std::string_view runner_page = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>acrx-runner</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:70rem;padding:1rem}
h1{font-size:1.3rem}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884}
tr[data-run]{cursor:pointer}button,input{font:inherit}
pre{background:#8882;padding:.75rem;overflow:auto;max-height:60vh;white-space:pre-wrap}
.Succeeded{color:#2a8a3e}.Failed,.Error,.Timeout{color:#c33}.Running,.Started{color:#27c}.Queued,.Canceled{color:#888}
#trouble{color:#c33}
</style></head><body>
<h1>acrx-runner</h1>
<form id="login" hidden><label>Token <input id="token" type="password" autocomplete="off"></label> <button>Show</button></form>
<p id="trouble" role="alert"></p>
<h2>Tasks</h2><table id="tasks"><thead><tr><th>Name<th>Status<th>Triggers<th></tr></thead><tbody></tbody></table>
<h2>Runs</h2><table id="runs"><thead><tr><th>Run<th>Task<th>Status<th>Trigger<th>Created<th></tr></thead><tbody></tbody></table>
<h2 id="which"></h2><pre id="log" hidden></pre>
<script>
'use strict';
const base = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acrx/providers/Microsoft.ContainerRegistry/registries/';
const version = 'api-version=2019-06-01-preview';
const at = (id) => document.getElementById(id);
let token = sessionStorage.getItem('token') || '', registry = '', stream = null;
async function ask(path, method = 'GET', body) {
  const headers = token ? {Authorization: 'Bearer ' + token} : {};
  const answer = await fetch(path + (path.includes('?') ? '&' : '?') + version, {method, headers, body: body && JSON.stringify(body)});
  if (answer.status === 401) at('login').hidden = false;
  const text = await answer.text();
  const value = text ? JSON.parse(text) : {};
  if (!answer.ok) throw new Error(value.error ? value.error.message : 'status ' + answer.status);
  return value;
}
function row(table, cells, action) {
  const line = table.insertRow();
  for (const each of cells) { const cell = line.insertCell(); cell.textContent = each; if (/^[A-Z][a-z]+$/.test(each)) cell.className = each; }
  const last = line.insertCell();
  if (action) { const button = document.createElement('button'); button.textContent = action[0]; button.onclick = (e) => { e.stopPropagation(); action[1]().then(refresh, fail); }; last.append(button); }
  return line;
}
const fail = (e) => { at('trouble').textContent = e.message; };
const triggerOf = (r) => r.sourceTrigger ? r.sourceTrigger.eventType : r.timerTrigger ? 'Timer' : r.imageUpdateTrigger ? 'Image Update' : 'Manual';
const enabled = (list) => (list || []).some((t) => t.status !== 'Disabled');
async function refresh() {
  const found = await ask(base);
  registry = base + found.value[0].name;
  const [tasks, runs] = await Promise.all([ask(registry + '/tasks'), ask(registry + '/runs?$top=30')]);
  at('login').hidden = true; at('trouble').textContent = '';
  at('tasks').tBodies[0].replaceChildren(); at('runs').tBodies[0].replaceChildren();
  for (const t of tasks.value) {
    const p = t.properties, kinds = [];
    if (p.trigger.baseImageTrigger && p.trigger.baseImageTrigger.status !== 'Disabled') kinds.push('base image');
    if (enabled(p.trigger.sourceTriggers)) kinds.push('source');
    if (enabled(p.trigger.timerTriggers)) kinds.push('timer');
    row(at('tasks').tBodies[0], [t.name, p.status, kinds.join(', ')], ['Run', () => ask(registry + '/scheduleRun', 'POST', {type: 'TaskRunRequest', taskId: t.name})]);
  }
  for (const r of runs.value) {
    const p = r.properties, over = p.finishTime;
    const line = row(at('runs').tBodies[0], [r.name, p.task || '', p.status, triggerOf(p), p.createTime.slice(0, 19).replace('T', ' ')],
      over ? null : ['Cancel', () => ask(registry + '/runs/' + r.name + '/cancel', 'POST')]);
    line.dataset.run = r.name; line.tabIndex = 0; line.onclick = () => show(r.name).catch(fail);
  }
}
async function show(run) {
  if (stream) stream.close();
  const {logLink} = await ask(registry + '/runs/' + run + '/listLogSasUrl', 'POST');
  const url = new URL(logLink), log = at('log');
  at('which').textContent = 'Log of ' + run; log.hidden = false; log.textContent = '';
  stream = new EventSource(url.pathname + url.search);
  stream.addEventListener('log', (e) => { log.textContent += e.data.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '') + '\n'; log.scrollTop = log.scrollHeight; });
  stream.addEventListener('end', (e) => { stream.close(); at('which').textContent = 'Log of ' + run + ': ' + e.data; refresh().catch(fail); });
}
at('login').onsubmit = (e) => { e.preventDefault(); token = at('token').value; sessionStorage.setItem('token', token); refresh().catch(fail); };
refresh().catch(fail);
setInterval(() => { if (!document.hidden && registry) refresh().catch(fail); }, 5000);
</script></body></html>
)html";
}  // namespace detail

ACRX_DECL http_reply page_reply()
{
    auto reply = text_reply(200, std::string(detail::runner_page), "text/html; charset=utf-8");
    reply.headers.set("Content-Security-Policy", "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
                                                 "frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    reply.headers.set("Referrer-Policy", "no-referrer");
    reply.headers.set("Cache-Control", "no-cache");
    return reply;
}
}  // namespace acrx
#endif
