// Script of the page: shows the part of the page that the address names, and keeps it fresh.
#ifndef ACRX_SERVER_DETAIL_PAGE_MAIN_HPP
#define ACRX_SERVER_DETAIL_PAGE_MAIN_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/main.js`
inline constexpr std::string_view page_main = R"js(import { cancelRun, hasToken, setToken, startTask } from './api.js';
import { h, update } from './dom.js';
import { runView } from './run.js';
import { runsView } from './runs.js';
import { taskView, tasksView } from './tasks.js';
import { triggersView } from './triggers.js';

const refreshEvery = 3000;
const places = [
  [/^\/(?:runs)?$/, runsView], [/^\/runs\/([^/]+)$/, runView],
  [/^\/tasks$/, tasksView], [/^\/tasks\/([^/]+)$/, taskView], [/^\/triggers$/, triggersView],
];
const at = (id) => document.getElementById(id);
const main = at('main');
let route, data, turn = 0, timer, isArriving = false;

function readRoute() {
  const [path, text] = (location.hash.slice(1) || '/').split(/\?(.*)/s);
  const query = new URLSearchParams(text || '');
  for (const [pattern, view] of places) {
    const found = pattern.exec(path);
    try {
      if (found) return { view, path, name: found[1] && decodeURIComponent(found[1]), query };
    } catch {
      break;  // a % that is no escape
    }
  }
  return { view: nowhere, path, query };
}

const nothing = (text) => [
  h('h1', { tabindex: -1 }, 'Nothing here'),
  h('p', { class: 'empty' }, text, ' ', h('a', { href: '#/runs' }, 'Go to the runs')),
];
const nowhere = {
  title: () => 'Nothing here',
  load: async () => ({}),
  draw: () => nothing('There is nothing at this address.'),
};

const signIn = (text) => [
  h('h1', { tabindex: -1 }, 'Sign in'),
  h('form', { class: 'sign-in', 'data-key': 'sign-in' },
    h('p', {}, 'This runner wants to know who reads. The token stays in this tab.'),
    h('label', {}, 'Token', h('input', { id: 'token', type: 'password', autocomplete: 'off', required: true })),
    h('p', { class: 'bad', role: 'alert' }, text),
    h('button', { class: 'main' }, 'Sign in')),
];

const page = {
  say(text) {
    at('said').textContent = text;
  },
  fail(refusal) {
    at('trouble').textContent = refusal.message;
  },
  redraw() {
    if (data === undefined) return;
    update(main, route.view.draw(data, route));
    if (route.view.drawn) route.view.drawn();
  },
  refresh,
};

function showRefusal(refusal) {
  if (refusal.status === 401) {
    data = undefined;
    update(main, signIn(hasToken() ? 'The runner does not know this token.' : ''));
    setToken('');
    if (document.activeElement === document.body) at('token').focus();
  } else if (refusal.status === 404) {
    data = undefined;
    update(main, nothing(refusal.message));
    arrive();
  } else {
    at('connection').textContent = refusal.status === 0 ? 'Not connected, trying again' : '';
    if (refusal.status !== 0 || data === undefined) page.fail(refusal);
  }
}

/** Takes whoever followed a link to the title of what it led to. */
function arrive() {
  if (isArriving) main.querySelector('h1').focus();
  isArriving = false;
}

/** Asks anew, and again after a while as long as somebody looks. */
async function refresh() {
  clearTimeout(timer);
  const mine = ++turn;
  let isAsked = false;
  try {
    const found = await route.view.load(route);
    if (mine !== turn) return;
    data = found;
    at('connection').textContent = '';
    if (!at('trouble').dataset.stays) at('trouble').textContent = '';
    page.redraw();
    arrive();
  } catch (refusal) {
    if (mine !== turn) return;
    if (refusal.status === undefined) throw refusal;
    showRefusal(refusal);
    isAsked = refusal.status === 401;
  }
  at('sign-out').hidden = !hasToken();
  const isSettled = data !== undefined && route.view.isSettled && route.view.isSettled(data);
  if (!document.hidden && !isAsked && !isSettled) timer = setTimeout(refresh, refreshEvery);
}

function enter() {
  const next = readRoute();
  const isNew = !route || next.path !== route.path;
  if (isNew && route && route.view.leave) route.view.leave();
  const before = route;
  route = next;
  document.title = `${route.view.title(route)} - acrx-runner`;
  for (const link of document.querySelectorAll('nav a')) {
    const isHere = (route.path === '/' ? '/runs' : route.path).startsWith(link.hash.slice(1));
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (!isNew) return refresh();
  data = undefined;
  delete at('trouble').dataset.stays;
  at('trouble').textContent = '';
  isArriving = before !== undefined;
  if (isArriving) update(main, h('h1', { tabindex: -1 }, route.view.title(route)));
  if (route.view.enter) route.view.enter(route, page);
  return refresh();
}

/** Takes the fields of a form into the address, where they can be kept and sent. */
function readFilters(form) {
  const query = new URLSearchParams(route.query);
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.value) query.set(field.name, field.value);
    else query.delete(field.name);
  }
  const text = query.toString();
  history.replaceState(null, '', `#${route.path}${text ? `?${text}` : ''}`);
}

const actions = {
  async cancel({ run }) {
    if (!confirm(`Cancel run ${run}?`)) return;
    await cancelRun(run);
    page.say(`Run ${run} is being canceled`);
  },
  async start({ task }) {
    const run = await startTask(task);
    location.hash = `#/runs/${encodeURIComponent(run.name)}`;
  },
  more({ top }) {
    route.query.set('top', top);
    location.hash = `#${route.path}?${route.query}`;
  },
  step({ step }) {
    const query = new URLSearchParams(route.query);
    if (query.get('step') === step) query.delete('step');
    else query.set('step', step);
    history.replaceState(null, '', `#${route.path}?${query}`);
    route = readRoute();
  },
  skip() {
    main.focus();
  },
  signOut() {
    setToken('');
    location.reload();
  },
};

document.addEventListener('click', async (event) => {
  const target = event.target.closest('[data-action]');
  if (!target) return;
  event.preventDefault();
  const name = target.dataset.action;
  try {
    const act = (route.view.actions && route.view.actions[name]) || actions[name];
    await act(target.dataset);
    if (name === 'cancel') await refresh();
    else page.redraw();
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    at('trouble').dataset.stays = 'yes';
    page.fail(refusal);
  }
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!event.target.matches('.sign-in')) return;
  setToken(at('token').value);
  at('token').value = '';
  if (route.view.leave) route.view.leave();
  if (route.view.enter) route.view.enter(route, page);
  isArriving = true;
  refresh();
});
document.addEventListener('input', (event) => {
  const form = event.target.closest('[data-filters]');
  if (!form) return;
  readFilters(form);
  route = readRoute();
  page.redraw();
  if (event.target.nodeName === 'SELECT') refresh();
});
document.addEventListener('visibilitychange', () => document.hidden || main.querySelector('.sign-in') || refresh());
window.addEventListener('hashchange', enter);
setInterval(() => data !== undefined && !document.hidden && page.redraw(), 1000);
enter();
)js";
}  // namespace acrx::detail
#endif
