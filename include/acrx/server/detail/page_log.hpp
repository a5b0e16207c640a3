// Script of the page: the log of a run as it comes, by lines that can be searched.
#ifndef ACRX_SERVER_DETAIL_PAGE_LOG_HPP
#define ACRX_SERVER_DETAIL_PAGE_LOG_HPP

#include <string_view>

namespace acrx::detail {
/// `/page/log.js`
inline constexpr std::string_view page_log = R"js(import { linkToLog } from './api.js';
import { h } from './dom.js';

const mostLines = 20000;
const plain = (line) => line.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07?/g, '');

/** The log of one run, in an element of its own. */
export class LogView {
  /** @param told  `{steps(list), ended(status), lost()}` */
  constructor(run, told) {
    this.run = run;
    this.told = told;
    this.offset = 0;
    this.isFollowed = true;
    this.wanted = { text: '', step: '' };
    const name = `Log of ${run}`;
    this.element = h('div', { class: 'log', role: 'log', tabindex: 0, 'aria-label': name, 'aria-live': 'polite' });
    this.element.addEventListener('scroll', () => this.noticeScroll(), { passive: true });
    this.open();
  }

  async open() {
    let link;
    try {
      link = await linkToLog(this.run);
    } catch (refusal) {
      if (refusal.status === 0) this.openSoon();
      else this.told.lost(refusal);
      return;
    }
    if (this.isClosed) return;
    this.link = link;
    this.stream = new EventSource(`${link}&offset=${this.offset}`);
    this.stream.addEventListener('log', (event) => this.add(event));
    this.stream.addEventListener('steps', (event) => this.told.steps(JSON.parse(event.data)));
    this.stream.addEventListener('end', (event) => {
      this.stream.close();
      this.told.ended(event.data);
    });
    this.stream.addEventListener('error', () => {  // a link that has run out; the browser itself goes on after all else
      if (this.stream.readyState === EventSource.CLOSED) this.openSoon();
    });
  }

  openSoon() {
    if (!this.isClosed) this.retry = setTimeout(() => this.open(), 2000);
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.retry);
    if (this.stream) this.stream.close();
  }

  add(event) {
    this.offset = Number(event.lastEventId) || this.offset;
    const lines = event.data.split('\n').map((text) => this.lineOf(plain(text)));
    this.element.append(...lines);
    while (this.element.childElementCount > mostLines) this.element.firstElementChild.remove();
    if (this.isFollowed) this.showEnd();
  }

  lineOf(text) {
    const [, step] = /^(\S+) +\| /.exec(text) || [];
    const isBad = / failed$| error: |^Run ID: \S+ (failed|timed out)/.test(text);
    const isAside = /^(warning|note): /.test(text);
    const line = h('div', { class: isBad ? 'bad' : isAside && 'aside', 'data-step': step }, text || '\u00a0');
    line.hidden = !this.isWanted(line);
    return line;
  }

  isWanted(line) {
    const { text, step } = this.wanted;
    return (!step || line.dataset.step === step) && (!text || line.textContent.toLowerCase().includes(text));
  }

  /** Shows the lines of one step, and those with a text; empty is all. */
  show({ text = '', step = '' }) {
    const wanted = { text: text.toLowerCase(), step };
    if (wanted.text === this.wanted.text && wanted.step === this.wanted.step) return;
    this.wanted = wanted;
    for (const line of this.element.children) line.hidden = !this.isWanted(line);
    if (this.isFollowed) this.showEnd();
  }

  follow(isOn) {
    this.isFollowed = isOn;
    if (isOn) this.showEnd();
  }

  showEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** Whoever scrolls up wants to read; whoever comes back to the end wants to follow. */
  noticeScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 24;
    if (isAtEnd === this.isFollowed) return;
    this.isFollowed = isAtEnd;
    this.told.scrolled();
  }
}
)js";
}  // namespace acrx::detail
#endif
