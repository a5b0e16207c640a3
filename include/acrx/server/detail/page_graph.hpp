// Script of the page: draws a graph from left to right: each node behind all that point to it.
#ifndef ACRX_SERVER_DETAIL_PAGE_GRAPH_HPP
#define ACRX_SERVER_DETAIL_PAGE_GRAPH_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/graph.js`
inline constexpr std::string_view page_graph = R"js(import { h } from './dom.js';

const width = 200, height = 46, gapX = 44, gapY = 14, margin = 4;

/** For each node the longest way to it; edges that close a circle do not count. */
function layersOf(nodes, edges) {
  const before = new Map(nodes.map(({ id }) => [id, edges.filter(([, to]) => to === id).map(([from]) => from)]));
  const layers = new Map();
  const visit = (id, open) => {
    if (layers.has(id)) return layers.get(id);
    if (open.has(id)) return -1;
    open.add(id);
    const layer = 1 + Math.max(-1, ...before.get(id).map((each) => visit(each, open)));
    open.delete(id);
    layers.set(id, layer);
    return layer;
  };
  nodes.forEach(({ id }) => visit(id, new Set()));
  return layers;
}

/** Columns of nodes, and of the points where edges pass by; each as near as may be to what leads to it. */
function columnsOf(nodes, edges) {
  const layers = layersOf(nodes, edges);
  const columns = [];
  const place = (layer, item) => (columns[layer] ||= []).push(item);
  const items = new Map(nodes.map((node) => [node.id, { node, after: [] }]));
  for (const node of nodes) place(layers.get(node.id), items.get(node.id));
  for (const [from, to] of edges) {
    let last = items.get(from);
    for (let layer = layers.get(from) + 1; layer < layers.get(to); ++layer) {
      const point = { after: [last] };
      place(layer, point);
      last = point;
    }
    if (layers.get(from) < layers.get(to)) items.get(to).after.push(last);
  }
  for (const column of columns) {
    const mean = (rows) => rows.reduce((sum, each) => sum + each, 0) / rows.length;
    const wish = ({ after }) => (after.length ? mean(after.map(({ row }) => row)) : Number.MAX_VALUE);
    column.sort((a, b) => wish(a) - wish(b));  // which keeps the order of equals
    column.forEach((item, row) => (item.row = row));
  }
  return columns;
}

const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function drawNode({ node, x, y }) {
  return h('g', { class: `node ${node.look || ''}`, 'data-key': node.id, transform: `translate(${x} ${y})` },
    h('title', {}, node.title || node.label),
    h('rect', { width, height, rx: 7 }),
    h('rect', { class: 'mark', width: 5, height: height - 14, x: 7, y: 7, rx: 2.5 }),
    h('text', { x: 21, y: node.note ? 20 : 28 }, cut(node.label, 20)),
    node.note && h('text', { class: 'note', x: 21, y: 36 }, cut(node.note, 24)));
}

function drawEdge(from, to) {
  const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2];
  const bend = (x2 - x1) / 2;
  const passage = from.node ? '' : `M${from.x} ${y1} h${width} `;
  return h('path', { class: 'edge', d: `${passage}M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` });
}

/**
 * @param nodes  `{id, label, note, look, title}`; `look` is a class
 * @param edges  pairs of ids; one that is there twice is drawn once
 * @param name   what the picture shows, for those who do not see it
 */
export function graph(nodes, edges, name) {
  const columns = columnsOf(nodes, [...new Map(edges.map((edge) => [edge.join('\n'), edge])).values()]);
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const x = columns.length * (width + gapX) - gapX + 2 * margin;
  const y = tallest * (height + gapY) - gapY + 2 * margin;
  const all = columns.flat();
  columns.forEach((column, i) => column.forEach((item, row) => {
    item.x = margin + i * (width + gapX);
    item.y = margin + row * (height + gapY) + ((tallest - column.length) * (height + gapY)) / 2;
  }));
  const description = `${name}: ${nodes.map((node) => node.title || node.label).join(', ')}`;
  return h('div', { class: 'graph', 'data-key': name },
    h('svg', { role: 'img', 'aria-label': description, width: x, height: y, viewBox: `0 0 ${x} ${y}` },
      all.flatMap((item) => item.after.map((from) => drawEdge(from, item))),
      all.filter((item) => item.node).map(drawNode)));
}
)js";
}  // namespace acrx::detail
#endif
