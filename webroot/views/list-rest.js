// @ts-check
import { h, setHidden, setText } from '../dom.js';
import { texts } from '../texts-list.js';

const words = texts.list;

/** What stands around the rows: what is new above them, how many there are below, and a sentence where there are none. */
export class ListRest {
  /** @param {{onNews: () => void, onSort: () => void, onMore: () => void}} acts */
  constructor({ onNews, onSort, onMore }) {
    this.news = h('button', { class: 'news', type: 'button', 'data-action': 'show-new', hidden: true, onclick: onNews });
    this.resort = h('button', { class: 'news', type: 'button', 'data-action': 'sort-again', hidden: true, onclick: onSort });
    this.above = h('div', { class: 'news-place' }, this.news, this.resort);
    this.message = h('p', { class: 'message' });
    this.number = h('span', { class: 'number', 'data-shown': true });
    this.more = h('button', { class: 'button', type: 'button', 'data-action': 'more', onclick: onMore });
    this.foot = h('div', { class: 'list-foot' }, this.number, this.more);
  }

  /** @param {{held: number, unsorted: number}} waiting what is new, and what another sorting would show */
  showWaiting({ held, unsorted }) {
    setHidden(this.news, held === 0);
    if (held > 0) setText(this.news, words.news(held));
    setHidden(this.resort, unsorted === 0);
    if (unsorted > 0) setText(this.resort, words.sortAgain(unsorted));
  }

  /** @param {{shown: number, total: number, mayLoad: boolean, isLoading: boolean}} loaded */
  showLoaded({ shown, total, mayLoad, isLoading }) {
    setHidden(this.foot, total === 0);
    setText(this.number, words.shown(shown, total));
    setHidden(this.more, !mayLoad);
    setText(this.more, isLoading ? words.loading : words.more);
    if (this.more.disabled !== isLoading) this.more.disabled = isLoading;
  }

  /** @param {string|null} text */
  showMessage(text) {
    setHidden(this.message, text === null);
    if (text !== null) setText(this.message, text);
  }
}
