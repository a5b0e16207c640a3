// Script of the page: what starts what: repositories, timers and base images, and the tasks behind them.
#ifndef ACRX_SERVER_DETAIL_PAGE_TRIGGERS_HPP
#define ACRX_SERVER_DETAIL_PAGE_TRIGGERS_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/triggers.js`
inline constexpr std::string_view page_triggers = R"js(import { listTasks, listTriggers } from './api.js';
import { h } from './dom.js';
import { graph } from './graph.js';
import { empty, section, table, taskLink, taskLinks } from './parts.js';
import { clockTime, shortDigest, shortImage, time, triggers } from './words.js';

const isEnabled = (task) => task.properties.status !== 'Disabled';
const active = (task, kind) => triggers(task).filter((each) => isEnabled(task) && each.isOn && each.kind === kind);
const lastPart = (path) => /^(?:(.*)\/)?([^/]*)$/.exec(path).slice(1);

/** Which task looks at which repository, as `{url, task, text, how}`. */
const watchesOf = (tasks) =>
  tasks.flatMap((task) => active(task, 'source').map((each) => ({ ...each, task: task.name })));

function picture(watches, { baseImages, timers }) {
  const nodes = new Map();
  const edges = [];
  const node = (id, label, note, look, title = label) => {
    if (!nodes.has(id)) nodes.set(id, { id, label, note, look, title });
    return id;
  };
  const task = (name) => node(`task ${name.toLowerCase()}`, name, 'task', 'task');
  for (const { url, task: started } of watches) {
    const [, name] = lastPart(url.replace(/(\.git)?\/?$/, ''));
    edges.push([node(`repository ${url}`, name, 'repository', 'repository', url), task(started)]);
  }
  for (const { task: started, name, schedule } of timers)
    edges.push([node(`timer ${started} ${name}`, name, schedule, 'timer', `timer ${name}`), task(started)]);
  for (const { image, tasks, pushedBy } of baseImages) {
    const [place, name] = lastPart(shortImage(image));
    const base = node(`image ${image}`, name, place || 'image', 'image', image);
    edges.push(...pushedBy.map((maker) => [task(maker), base]), ...tasks.map((started) => [base, task(started)]));
  }
  return nodes.size > 0 && graph([...nodes.values()], edges, 'What triggers what');
}

function timersPart(timers) {
  const row = ({ task, name, schedule, next }) => h('tr', { 'data-key': `${task} ${name}` },
    h('td', {}, time(next)), h('td', {}, clockTime(next)), h('td', {}, taskLink(task)),
    h('th', { scope: 'row' }, name), h('td', {}, h('code', {}, schedule)));
  return section('timers-title', 'Next timer ticks', timers.length
    ? table('Next timer ticks', ['Next', 'At', 'Task', 'Timer', 'Schedule (UTC)'], timers.map(row))
    : empty('No timer is enabled.'));
}

function imagesPart(baseImages, tasks) {
  const row = ({ image, digest, pushedBy, tasks: started }) => h('tr', { 'data-key': image },
    h('th', { scope: 'row' }, h('code', {}, shortImage(image))),
    h('td', { class: 'quiet', title: digest }, shortDigest(digest || 'not yet')),
    h('td', {}, taskLinks(pushedBy)), h('td', {}, taskLinks(started)));
  const known = new Set(baseImages.flatMap((each) => each.tasks));
  const unknown = tasks.filter((task) => !known.has(task.name) && active(task, 'base image').length > 0);
  return section('images-title', 'Base images',
    baseImages.length
      ? table('Base images', ['Image', 'Last seen', 'Pushed by', 'Starts'], baseImages.map(row))
      : empty('No task is known to stand on an image that may change.'),
    unknown.length > 0 && h('p', { class: 'quiet' },
      'Known after their first run that succeeds: ', taskLinks(unknown.map(({ name }) => name)), '.'));
}

function repositoriesPart(watches) {
  const row = ({ url, task, name, text, how }) => h('tr', { 'data-key': `${task} ${name}` },
    h('th', { scope: 'row' }, h('code', {}, url)), h('td', {}, taskLink(task)), h('td', {}, `${text}, ${how}`));
  return section('repositories-title', 'Repositories', watches.length
    ? table('Repositories', ['Repository', 'Starts', 'For'], watches.map(row))
    : empty('No task watches a repository.'));
}

export const triggersView = {
  title: () => 'Triggers',
  async load() {
    const [tasks, found] = await Promise.all([listTasks(), listTriggers()]);
    return { tasks, found };
  },
  draw({ tasks, found }) {
    const watches = watchesOf(tasks);
    return [
      h('h1', { tabindex: -1 }, 'What triggers what'),
      picture(watches, found),
      timersPart(found.timers),
      imagesPart(found.baseImages, tasks),
      repositoriesPart(watches),
    ];
  },
};
)js";
}  // namespace acrx::detail
#endif
