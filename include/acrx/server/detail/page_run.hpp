// Script of the page: one run: where it stands, the graph of its steps, and its log as it comes.
#ifndef ACRX_SERVER_DETAIL_PAGE_RUN_HPP
#define ACRX_SERVER_DETAIL_PAGE_RUN_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/run.js`
inline constexpr std::string_view page_run = R"js(import { findRun } from './api.js';
import { h } from './dom.js';
import { graph } from './graph.js';
import { LogView } from './log.js';
import { choice, empty, fact, facts, filters, list, search, section, table, taskLink } from './parts.js';
import { cause, duration, imageName, isOver, shortDigest, status, time, took } from './words.js';

/** The word for where a step stands, given whether the run is over. */
function wordOf(step, over) {
  if (step.status === 'inprogress') return over ? 'stopped' : 'running';
  if (step.status === 'skipped') return over ? 'not reached' : 'waiting';
  return step.status === 'successful' ? 'succeeded' : step.status;
}
const lookOf = (word) => word.replace(' ', '-');
const tookStep = (step, over) => (step.finishTime || !over ? took(step.startTime, step.finishTime) : '');

function stepGraph(steps, over) {
  const nodes = steps.map((step) => {
    const word = wordOf(step, over);
    const note = [word, tookStep(step, over)].filter(Boolean).join(' · ');
    return { id: step.id, label: step.id, note, look: lookOf(word), title: `${step.id}: ${word}` };
  });
  return graph(nodes, steps.flatMap((step) => step.when.map((from) => [from, step.id])), 'Step graph');
}

function stepRow(step, over, chosen) {
  const word = wordOf(step, over);
  const button = {
    type: 'button', class: 'plain', 'data-action': 'step', 'data-step': step.id,
    'aria-pressed': String(chosen === step.id), 'aria-label': `Log of ${step.id} alone`,
  };
  return h('tr', { 'data-key': step.id },
    h('td', {}, h('span', { class: `status ${lookOf(word)}` }, word)),
    h('th', { scope: 'row' }, h('button', button, step.id)),
    h('td', {}, step.kind, step.attempt ? `, attempt ${step.attempt}` : ''),
    h('td', {}, step.when.length ? step.when.join(', ') : h('span', { class: 'quiet' }, 'nothing')),
    h('td', { class: 'number' }, tookStep(step, over)),
    h('td', { class: 'bad' }, step.error || ''));
}

function stepsPart(steps, over, chosen) {
  if (!steps.length) return section('steps-title', 'Steps', empty(over ? 'No step began.' : 'Not known yet.'));
  const columns = ['Status', 'Step', 'Kind', 'Waits for', 'Duration', 'Error'];
  const rows = steps.map((step) => stepRow(step, over, chosen));
  return section('steps-title', 'Steps',
    stepGraph(steps, over),
    h('details', {}, h('summary', {}, 'As a table'), table('Steps', columns, rows)));
}

const link = (url) => (/^https?:/.test(url) ? h('a', { href: url, rel: 'noreferrer' }, url) : url);
const pushed = (image) => [
  h('code', {}, imageName(image)), ' ',
  h('span', { class: 'quiet', title: image.digest }, shortDigest(image.digest || '')),
];

function runFacts(run) {
  const { task, sourceTrigger: source, timerTrigger: timer, platform, outputImages } = run.properties;
  const { createTime, startTime, finishTime } = run.properties;
  const waited = startTime ? new Date(startTime) - new Date(createTime) : 0;
  return facts(
    task && fact('Task', taskLink(task)),
    fact('Triggered by', cause(run)),
    source && fact('Commit', h('code', {}, source.commitId)),
    source && fact('Repository', link(source.repositoryUrl)),
    timer && fact('Tick', time(timer.scheduleOccurrence)),
    fact('Created', time(createTime)),
    fact('Duration', startTime ? took(startTime, finishTime) : 'not started'),
    waited >= 1000 && fact('Waited', duration(waited)),
    fact('Platform', `${platform.os}/${platform.architecture}`),
    (outputImages || []).length > 0 && fact('Pushed', list(outputImages.map(pushed))));
}

function logPart({ log, name }, steps, query) {
  const follow = { type: 'button', 'data-action': 'follow', 'aria-pressed': String(log.isFollowed) };
  return section('log-title', 'Log',
    filters('Log',
      search('Find', query, 'Lines with this text'),
      choice('Step', 'step', query, 'All', steps.map(({ id }) => id)),
      h('button', follow, 'Follow'),
      log.link && h('a', { class: 'button', href: log.link, target: '_blank' }, 'Raw')),
    h('div', { id: 'log-place', 'data-own': true, 'data-key': name }));
}

export const runView = {
  title: ({ name }) => `Run ${name}`,
  enter({ name }, page) {
    this.name = name;
    this.steps = [];
    this.log = new LogView(name, {
      steps: (all) => {
        const isBegin = !this.steps.length;
        this.steps = all;
        page.redraw();
        if (isBegin) page.refresh();
      },
      ended: (word) => {
        page.say(`Run ${name}: ${word}`);
        page.refresh();
      },
      lost: (refusal) => [401, 404].includes(refusal.status) || page.fail(refusal),  // the page says that
      scrolled: page.redraw,
    });
  },
  leave() {
    this.log.close();
  },
  load: ({ name }) => findRun(name),
  isSettled: isOver,
  draw(run, { query }) {
    const over = isOver(run);
    const { task, runErrorMessage: error } = run.properties;
    const steps = this.steps.length ? this.steps : run.properties.steps || [];
    this.log.show({ text: query.get('q') || '', step: query.get('step') || '' });
    return [
      h('p', { class: 'trail' }, h('a', { href: '#/runs' }, 'Runs')),
      h('div', { class: 'head' },
        h('h1', { tabindex: -1 }, `Run ${run.name}`),
        h('span', { role: 'status' }, status(run.properties.status)),
        over && task && h('button', { type: 'button', 'data-action': 'start', 'data-task': task }, 'Run again'),
        !over && h('button', { type: 'button', 'data-action': 'cancel', 'data-run': run.name }, 'Cancel')),
      error && h('p', { class: 'reason' }, error),
      runFacts(run),
      stepsPart(steps, over, query.get('step')),
      logPart(this, steps, query),
    ];
  },
  /** The log stays where it is as the rest is drawn anew: it has a place to scroll to, and perhaps the focus. */
  drawn() {
    const place = document.getElementById('log-place');
    if (place.firstChild === this.log.element) return;
    place.replaceChildren(this.log.element);
    if (this.log.isFollowed) this.log.showEnd();
  },
  actions: {
    follow: () => runView.log.follow(!runView.log.isFollowed),
  },
};
)js";
}  // namespace acrx::detail
#endif
