// Script of the page: the stored tasks, and one of them.
#ifndef ACRX_SERVER_DETAIL_PAGE_TASKS_HPP
#define ACRX_SERVER_DETAIL_PAGE_TASKS_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/tasks.js`
inline constexpr std::string_view page_tasks = R"js(import { findTask, listRuns, listTasks, listTriggers } from './api.js';
import { h } from './dom.js';
import { choice, count, empty, fact, facts, filters, list, off } from './parts.js';
import { runLink, search, section, table, taskLink } from './parts.js';
import { runTable } from './runs.js';
import { clockTime, kinds, shortImage, status, time, triggers, work } from './words.js';

const newest = 100;
const key = (name) => (name || '').toLowerCase();
const isEnabled = (task) => task.properties.status !== 'Disabled';

/** The last run of each task: of the newest runs of all, and by asking for those that are not among them. */
async function lastRuns(tasks) {
  const runs = await listRuns({ top: newest });
  const last = new Map(runs.reverse().map((run) => [key(run.properties.task), run]));
  const missing = runs.length < newest ? [] : tasks.filter(({ name }) => !last.has(key(name)));
  const more = await Promise.all(missing.map(({ name }) => listRuns({ task: name, top: 1 })));
  for (const run of more.flat()) last.set(key(run.properties.task), run);
  return last;
}

function chip(trigger) {
  const text = trigger.kind === 'timer' ? `${trigger.name}: ${trigger.text}` : trigger.text;
  if (trigger.isOn) return h('li', { class: 'chip', title: trigger.kind }, text);
  return h('li', { class: 'chip off', title: `${trigger.kind}, disabled` }, text);
}

function runButton({ name, properties }) {
  const button = { type: 'button', 'data-action': 'start', 'data-task': name, 'aria-label': `Run ${name}` };
  return !properties.isSystemTask && h('button', button, 'Run');
}

function row(task, last, tick) {
  return h('tr', { 'data-key': task.name },
    h('th', { scope: 'row' }, taskLink(task.name), !isEnabled(task) && [' ', off('disabled')]),
    h('td', {}, work(task.properties.step)),
    h('td', {}, h('ul', { class: 'chips' }, triggers(task).map(chip))),
    h('td', {}, tick && time(tick.next)),
    h('td', {}, last ? status(last.properties.status) : h('span', { class: 'quiet' }, 'never ran')),
    h('td', {}, last && [runLink(last.name), ' ', time(last.properties.createTime)]),
    h('td', { class: 'action' }, runButton(task)));
}

function textOf(task) {
  const { step } = task.properties;
  const tags = Object.entries(task.tags || {}).map(([name, value]) => `${name}=${value}`);
  const causes = triggers(task).flatMap((each) => [each.name, each.text, each.url]);
  return [task.name, work(step), step && step.contextPath, ...causes, ...tags].filter(Boolean).join('\n').toLowerCase();
}

export const tasksView = {
  title: () => 'Tasks',
  async load() {
    const [tasks, { timers }] = await Promise.all([listTasks(), listTriggers()]);
    return { tasks, timers, last: await lastRuns(tasks) };
  },
  draw({ tasks, timers, last }, { query }) {
    const text = (query.get('q') || '').trim().toLowerCase();
    const kind = query.get('trigger') || '';
    const hasKind = (task) => !kind || triggers(task).some((each) => each.isOn && each.kind === kind);
    const shown = tasks.filter((task) => textOf(task).includes(text) && hasKind(task));
    const tickOf = ({ name }) => timers.find((each) => key(each.task) === key(name));
    return [
      h('h1', { tabindex: -1 }, 'Tasks'),
      filters('Tasks',
        search('Search', query, 'Name, repository, tag'),
        choice('Trigger', 'trigger', query, 'Any', kinds),
        (text || kind) && h('a', { class: 'button', href: '#/tasks' }, 'Clear')),
      count(shown.length, tasks.length, 'task'),
      shown.length > 0 && table('Tasks', ['Task', 'What it does', 'Triggers', 'Next tick', ['Last run', 2], ''],
        shown.map((task) => row(task, last.get(key(task.name)), tickOf(task)))),
      shown.length === 0 && (tasks.length ? empty('No task fits.')
        : empty('There is no task yet: ', h('code', {}, 'acrx-runner task create --help'), ' tells how to store one.')),
    ];
  },
};

function taskFacts({ properties, tags }, bases) {
  const step = properties.step || {};
  const code = (text) => h('code', {}, text);
  const images = step.imageNames || [];
  const hasContext = step.contextPath && step.contextPath !== '/dev/null';
  const labels = Object.entries(tags || {}).map(([name, value]) => `${name}=${value}`);
  return facts(
    fact('Does', work(properties.step)),
    hasContext && fact('Context', code(step.contextPath)),
    images.length > 0 && fact(step.isPushEnabled ? 'Pushes' : 'Builds', list(images.map(code))),
    bases.length > 0 && fact('Stands on', list(bases.map(({ image }) => code(shortImage(image))))),
    fact('Platform', `${properties.platform.os}/${properties.platform.architecture}`),
    fact('Timeout', `${Math.round(properties.timeout / 60)} min`),
    properties.agentPoolName && fact('Pool', properties.agentPoolName),
    labels.length > 0 && fact('Tags', labels.join(', ')));
}

function triggerRow(trigger, timers) {
  const tick = trigger.kind === 'timer' && timers.find(({ name }) => name === trigger.name);
  return h('tr', { 'data-key': `${trigger.kind} ${trigger.name}` },
    h('td', {}, trigger.kind),
    h('th', { scope: 'row' }, trigger.name),
    h('td', {}, trigger.text, trigger.url && [', ', h('code', {}, trigger.url), `, ${trigger.how}`]),
    h('td', {}, !trigger.isOn && off('disabled'), tick && [time(tick.next), ` (${clockTime(tick.next)})`]));
}

export const taskView = {
  title: ({ name }) => `Task ${name}`,
  async load({ name }) {
    const asked = [findTask(name), listRuns({ task: name, top: 20 }), listTriggers()];
    const [task, runs, { baseImages, timers }] = await Promise.all(asked);
    const bases = baseImages.filter((image) => image.tasks.some((each) => key(each) === key(name)));
    return { task, runs, bases, timers: timers.filter((each) => key(each.task) === key(name)) };
  },
  draw({ task, runs, bases, timers }) {
    const all = triggers(task);
    const allRuns = `#/runs?task=${encodeURIComponent(task.name)}`;
    return [
      h('p', { class: 'trail' }, h('a', { href: '#/tasks' }, 'Tasks')),
      h('div', { class: 'head' },
        h('h1', { tabindex: -1 }, task.name), !isEnabled(task) && off('disabled'), runButton(task)),
      taskFacts(task, bases),
      section('triggers-title', 'Triggers', all.length
        ? table('Triggers', ['Kind', 'Name', 'When', 'Next'], all.map((each) => triggerRow(each, timers)))
        : empty('None: it runs when somebody asks for it.')),
      section('runs-title', 'Runs', runs.length
        ? [runTable(runs, `Runs of ${task.name}`), h('p', {}, h('a', { href: allRuns }, 'All its runs'))]
        : empty('It never ran.')),
    ];
  },
};
)js";
}  // namespace acrx::detail
#endif
