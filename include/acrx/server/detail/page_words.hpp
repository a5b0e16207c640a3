// Script of the page: how times, statuses, causes and tasks read.
#ifndef ACRX_SERVER_DETAIL_PAGE_WORDS_HPP
#define ACRX_SERVER_DETAIL_PAGE_WORDS_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/words.js`
inline constexpr std::string_view page_words = R"js(import { h } from './dom.js';

export const isOver = (run) => !['Queued', 'Started', 'Running'].includes(run.properties.status);
export const statuses = ['Queued', 'Started', 'Running', 'Succeeded', 'Failed', 'Canceled', 'Error', 'Timeout'];

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 4 min`, `3 d 2 h`. */
export function duration(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([size]) => whole >= size);
  const [size, unit] = parts[first];
  const [smaller, itsUnit] = parts[first + 1] || [1, ''];
  const rest = itsUnit ? Math.floor((whole % size) / smaller) : 0;
  return `${Math.floor(whole / size)} ${unit}${rest ? ` ${rest} ${itsUnit}` : ''}`;
}

/** From the begin to the end, or to now; nothing before the begin. */
export function took(begin, end) {
  if (!begin) return '';
  return duration((end ? new Date(end) : new Date()) - new Date(begin));
}

function relative(moment) {
  const seconds = Math.round((moment - new Date()) / 1000);
  if (Math.abs(seconds) < 10) return 'now';
  const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
  const [size, unit] = units.find(([each]) => Math.abs(seconds) >= each);
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.trunc(seconds / size), unit);
}

/** How far away it is, with the instant as a title. */
export function time(text) {
  if (!text) return null;
  const moment = new Date(text);
  return h('time', { datetime: text, title: moment.toLocaleString() }, relative(moment));
}

const clock = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
});
export const clockTime = (text) => clock.format(new Date(text));

export function status(word) {
  return h('span', { class: `status ${word.toLowerCase()}` }, word);
}

/** `alpine:3.20` for `docker.io/library/alpine:3.20`. */
export const shortImage = (name) => name.replace(/^docker\.io\/(library\/)?/, '');
export function imageName({ registry, repository, tag }) {
  return shortImage((registry ? `${registry}/` : '') + repository + (tag ? `:${tag}` : ''));
}
export const shortDigest = (digest) => digest.replace(/^(\w+:\w{12}).*/, '$1');

/** Why a run began. */
export function cause(run) {
  const { sourceTrigger: source, timerTrigger: timer, imageUpdateTrigger: update } = run.properties;
  const { requester } = run.properties.manualTrigger || {};
  if (source && source.eventType === 'PullRequest')
    return `Pull request #${source.pullRequestId} into ${source.branchName}`;
  if (source) return `Commit ${source.commitId.slice(0, 7)}${source.branchName ? ` on ${source.branchName}` : ''}`;
  if (timer) return `Timer ${timer.timerTriggerName}`;
  if (update) return `Base image ${update.images.map(imageName).join(', ')}`;
  return requester && requester !== 'anonymous' ? `Manual, by ${requester}` : 'Manual';
}

/** What a task does, in a line. */
export function work(step) {
  if (!step) return 'Defaults of quick runs';
  if (step.type === 'Docker') return `Builds ${step.dockerFilePath}`;
  return step.type === 'FileTask' ? `Runs ${step.taskFilePath}` : 'Runs its own steps';
}

const events = { commit: 'commits', pullrequest: 'pull requests' };

function sourceOf(trigger) {
  const { sourceTriggerEvents, sourceRepository, branches, isPolled } = trigger;
  const what = sourceTriggerEvents.map((event) => events[event]).join(' and ');
  const where = (branches || [sourceRepository.branch || 'every branch']).join(', ');
  return {
    kind: 'source',
    url: sourceRepository.repositoryUrl,
    text: `${what.charAt(0).toUpperCase()}${what.slice(1)} of ${where}`,
    how: isPolled ? 'looked for by the runner' : 'told by webhooks',
  };
}
const scopes = { All: 'Base images of all stages', Runtime: 'Base image of the last stage' };

/** The triggers of a task as `{kind, name, text, isOn}`; of a repository also its `url`, and `how` it is known. */
export function triggers(task) {
  const { sourceTriggers = [], timerTriggers = [], baseImageTrigger: base } = task.properties.trigger || {};
  const common = ({ name, status: word }) => ({ name, isOn: word !== 'Disabled' });
  return [
    ...sourceTriggers.map((each) => ({ ...common(each), ...sourceOf(each) })),
    ...timerTriggers.map((each) => ({ ...common(each), kind: 'timer', text: each.schedule })),
    ...(base ? [{ ...common(base), kind: 'base image', text: scopes[base.baseImageTriggerType] }] : []),
  ];
}
export const kinds = ['source', 'timer', 'base image'];
)js";
}  // namespace acrx::detail
#endif
