// Script of the page: asks the API of the runner, with the token that the reader gave.
#ifndef ACRX_SERVER_DETAIL_PAGE_API_HPP
#define ACRX_SERVER_DETAIL_PAGE_API_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/api.js`
inline constexpr std::string_view page_api = R"js(const subscription = '/subscriptions/00000000-0000-0000-0000-000000000000';
const registries = `${subscription}/resourceGroups/acrx/providers/Microsoft.ContainerRegistry/registries`;
const version = 'api-version=2019-06-01-preview';
let registry;

/** What the server answered in place of success; `status` is 0 if nobody answered. */
export class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export const hasToken = () => sessionStorage.getItem('token') !== null;
export function setToken(token) {
  if (token) sessionStorage.setItem('token', token);
  else sessionStorage.removeItem('token');
}

async function send(path, method = 'GET', body = undefined) {
  const headers = hasToken() ? { Authorization: `Bearer ${sessionStorage.getItem('token')}` } : {};
  let answer;
  try {
    const target = path + (path.includes('?') ? '&' : '?') + version;
    answer = await fetch(target, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Refusal(0, 'The server does not answer.');
  }
  const text = await answer.text();
  let value = {};
  try {
    value = text ? JSON.parse(text) : {};
  } catch {
    throw new Refusal(answer.status, `The answer is no JSON (status ${answer.status}).`);
  }
  if (answer.ok) return value;
  const said = value.error ? value.error.message : `The server answered with status ${answer.status}.`;
  throw new Refusal(answer.status, said);
}

async function ask(path, method, body) {
  if (!registry) registry = (await send(registries)).value[0];
  return send(`${registries}/${encodeURIComponent(registry.name)}/${path}`, method, body);
}

const at = (kind, name, verb) => `${kind}/${encodeURIComponent(name)}${verb ? `/${verb}` : ''}`;
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

export const listTasks = async () => (await ask('tasks')).value;
export const findTask = (name) => ask(at('tasks', name));
export const findRun = (id) => ask(at('runs', id));
export const listTriggers = () => ask('triggers');
export const startTask = (name) => ask('scheduleRun', 'POST', { type: 'TaskRunRequest', taskId: name });
export const cancelRun = (id) => ask(at('runs', id, 'cancel'), 'POST');

/** A page of runs, newest first. */
export async function listRuns({ status, task, top = 50 }) {
  const terms = [];
  if (status) terms.push(`Status eq ${quoted(status)}`);
  if (task) terms.push(`TaskName eq ${quoted(task)}`);
  const filter = terms.length ? `&$filter=${encodeURIComponent(terms.join(' and '))}` : '';
  let page = await ask(`runs?$top=${top}${filter}`);
  const runs = [...page.value];
  while (page.nextLink && runs.length < top) {
    const next = new URL(page.nextLink);
    next.searchParams.delete('api-version');
    page = await send(next.pathname + next.search);
    runs.push(...page.value);
  }
  return runs;
}

/** Where the log of a run can be read without a token, for an hour. */
export async function linkToLog(id) {
  const link = new URL((await ask(at('runs', id, 'listLogSasUrl'), 'POST')).logLink);
  return link.pathname + link.search;
}
)js";
}  // namespace acrx::detail
#endif
