// Script of the page: what several parts of the page are made of: tables, facts, filters.
#ifndef ACRX_SERVER_DETAIL_PAGE_PARTS_HPP
#define ACRX_SERVER_DETAIL_PAGE_PARTS_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/parts.js`
inline constexpr std::string_view page_parts = R"js(import { h } from './dom.js';

/** @param columns  titles; an empty one is a column of buttons, a pair is a title over so many columns */
export function table(name, columns, rows) {
  const title = (each) => {
    if (!each) return h('td', {});
    const [text, span] = [each].flat();
    return h('th', span ? { scope: 'colgroup', colspan: span } : { scope: 'col' }, text);
  };
  return h('div', { class: 'wide' },
    h('table', {},
      h('caption', { class: 'unseen' }, name),
      h('thead', {}, h('tr', {}, columns.map(title))),
      h('tbody', {}, rows)));
}

export const facts = (...list) => h('dl', { class: 'facts' }, ...list);
export const fact = (name, ...value) => h('div', { 'data-key': name }, h('dt', {}, name), h('dd', {}, ...value));
export const list = (items) => h('ul', {}, items.map((each) => h('li', {}, each)));

export function section(id, title, ...content) {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...content);
}

export const empty = (...text) => h('p', { class: 'empty' }, ...text);
export const off = (text) => h('span', { class: 'chip off' }, text);

/** A form whose fields stand in the address. */
export function filters(name, ...fields) {
  return h('form', { class: 'filters', role: 'search', 'aria-label': name, 'data-filters': true }, ...fields);
}
export const search = (label, query, placeholder) => h('label', {}, label,
  h('input', { type: 'search', name: 'q', value: query.get('q') || '', placeholder }));

/** @param any  what stands for no choice */
export function choice(label, name, query, any, values) {
  const value = query.get(name) || '';
  const all = ['', ...new Set([...values, ...(value ? [value] : [])])];
  return h('label', {}, label,
    h('select', { name, value }, all.map((each) => h('option', { value: each }, each || any))));
}

export const runLink = (id) => h('a', { href: `#/runs/${encodeURIComponent(id)}` }, id);
export const taskLink = (name) => h('a', { href: `#/tasks/${encodeURIComponent(name)}` }, name);
export const taskLinks = (names) => names.map((name, i) => [i > 0 && ', ', taskLink(name)]);
/** The whole of what a list can show, and how much of it is shown. */
export const count = (shown, all, noun) => h('p', { class: 'quiet', role: 'status' },
  `${shown === all ? '' : `${shown} of `}${all} ${noun}${all === 1 ? '' : 's'}`);
)js";
}  // namespace acrx::detail
#endif
