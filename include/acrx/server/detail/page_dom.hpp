// Script of the page: makes elements, and brings those of the page in line with others without losing focus or selection.
#ifndef ACRX_SERVER_DETAIL_PAGE_DOM_HPP
#define ACRX_SERVER_DETAIL_PAGE_DOM_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/dom.js`
inline constexpr std::string_view page_dom = R"js(const svgNames = new Set(['svg', 'g', 'path', 'rect', 'circle', 'text', 'title']);
const isShown = (child) => child !== null && child !== undefined && child !== false && child !== '';

/** An element. Texts become text nodes, never markup; attributes that are false or missing are left out. */
export function h(name, attributes, ...children) {
  const space = svgNames.has(name) ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml';
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (key !== 'value' && isShown(value)) made.setAttribute(key, value === true ? '' : value);
  made.append(...children.flat(Infinity).filter(isShown));
  if (attributes && 'value' in attributes) made.value = attributes.value;
  return made;
}

const keyOf = (node) => (node.dataset ? node.dataset.key : undefined);
const isAlike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function updateAttributes(have, want) {
  for (const { name } of [...have.attributes])
    if (!want.hasAttribute(name) && name !== 'open') have.removeAttribute(name);  // `open` is the reader's
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
}

function updateNode(have, want) {
  if (have.nodeType === Node.TEXT_NODE) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  if (have.hasAttribute('data-own')) return;  // somebody else fills it
  updateAttributes(have, want);
  update(have, ...want.childNodes);
  const isField = have.nodeName === 'INPUT' || have.nodeName === 'SELECT';
  if (isField && have !== document.activeElement && have.value !== want.value) have.value = want.value;
}

/** Makes `wanted` the children of `parent`. Those that are alike stay, by `data-key` where they have one. */
export function update(parent, ...wanted) {
  const toNode = (each) => (each instanceof Node ? each : document.createTextNode(each));
  const list = wanted.flat(Infinity).filter(isShown).map(toNode);
  const keys = new Set(list.map(keyOf).filter(isShown));
  for (const child of [...parent.childNodes]) if (isShown(keyOf(child)) && !keys.has(keyOf(child))) child.remove();
  list.forEach((want, i) => {
    let have = parent.childNodes[i];
    const key = keyOf(want);
    if (have && key && keyOf(have) !== key) {
      const moved = [...parent.children].find((each) => keyOf(each) === key);
      parent.insertBefore(moved || want, have);
      have = parent.childNodes[i];
    }
    if (!have) parent.append(want);
    else if (have !== want && !isAlike(have, want)) have.replaceWith(want);
    else if (have !== want) updateNode(have, want);
  });
  while (parent.childNodes.length > list.length) parent.lastChild.remove();
}
)js";
}  // namespace acrx::detail
#endif
