// Script of the page: the list of runs, with search and filters.
#ifndef ACRX_SERVER_DETAIL_PAGE_RUNS_HPP
#define ACRX_SERVER_DETAIL_PAGE_RUNS_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/runs.js`
inline constexpr std::string_view page_runs = R"js(import { listRuns, listTasks } from './api.js';
import { h } from './dom.js';
import { choice, count, empty, filters, runLink, search, table, taskLink } from './parts.js';
import { cause, imageName, isOver, status, statuses, time, took } from './words.js';

const pageSize = 50;

/** What a search looks at. */
function textOf({ name, properties }) {
  const { task, runErrorMessage: error, sourceTrigger: source, outputImages: images } = properties;
  const commit = source && source.commitId;
  const parts = [name, task, properties.status, cause({ properties }), error, commit, ...(images || []).map(imageName)];
  return parts.filter(Boolean).join('\n').toLowerCase();
}

function row(run) {
  const { task, createTime, startTime, finishTime } = run.properties;
  const cancel = { type: 'button', 'data-action': 'cancel', 'data-run': run.name, 'aria-label': `Cancel ${run.name}` };
  return h('tr', { 'data-key': run.name },
    h('td', {}, status(run.properties.status)),
    h('th', { scope: 'row' }, runLink(run.name)),
    h('td', {}, task ? taskLink(task) : h('span', { class: 'quiet' }, 'no task')),
    h('td', {}, cause(run)),
    h('td', {}, time(createTime)),
    h('td', { class: 'number' }, took(startTime, finishTime)),
    h('td', { class: 'action' }, !isOver(run) && h('button', cancel, 'Cancel')));
}

export function runTable(runs, name) {
  return table(name, ['Status', 'Run', 'Task', 'Triggered by', 'Created', 'Duration', ''], runs.map(row));
}

export const runsView = {
  title: () => 'Runs',
  async load({ query }) {
    const top = Number(query.get('top')) || pageSize;
    const wanted = { status: query.get('status'), task: query.get('task'), top: top + 1 };
    const [runs, tasks] = await Promise.all([listRuns(wanted), listTasks()]);
    return { runs: runs.slice(0, top), hasMore: runs.length > top, top, tasks };
  },
  draw({ runs, hasMore, top, tasks }, { query }) {
    const text = (query.get('q') || '').trim().toLowerCase();
    const shown = runs.filter((run) => textOf(run).includes(text));
    const isFiltered = text || query.get('status') || query.get('task');
    return [
      h('h1', { tabindex: -1 }, 'Runs'),
      filters('Runs',
        search('Search', query, 'Run, task, commit, image'),
        choice('Status', 'status', query, 'Any', statuses),
        choice('Task', 'task', query, 'Any', tasks.map(({ name }) => name)),
        isFiltered && h('a', { class: 'button', href: '#/runs' }, 'Clear')),
      count(shown.length, runs.length, hasMore ? 'newest run' : 'run'),
      shown.length > 0 && runTable(shown, 'Runs'),
      shown.length === 0 && (isFiltered ? empty('No run fits.')
        : empty('Nothing has run yet. ', h('a', { href: '#/tasks' }, 'Run a task'), ', or wait for a trigger.')),
      hasMore && h('button', { type: 'button', 'data-action': 'more', 'data-top': top + pageSize }, 'Show older runs'),
    ];
  },
};
)js";
}  // namespace acrx::detail
#endif
