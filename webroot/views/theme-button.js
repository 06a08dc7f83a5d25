// @ts-check
import { h, setText } from '../dom.js';
import { texts } from '../texts.js';

const THEMES = /** @type {const} */ (['system', 'light', 'dark']);
const KEY = 'holdfast-theme';

/** Follows the system, or stays light or dark; the choice is kept by theme.js, which runs before the first paint. */
export function themeButton() {
  const root = document.documentElement;
  const name = h('span', { class: 'wide' });
  const button = h('button', { class: 'button quiet', type: 'button', 'data-action': 'theme', onclick: () => set(following()) }, '◐', ' ', name);
  const current = () => THEMES.find((theme) => theme === root.dataset.theme) ?? 'system';
  const following = () => THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length];
  const show = () => {
    setText(name, texts.theme[current()]);
    button.setAttribute('aria-label', `${texts.theme.label}: ${texts.theme[current()]}`);
  };
  /** @param {typeof THEMES[number]} theme */
  const set = (theme) => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // why: where nothing may be stored, the choice lasts as long as the page
    }
    show();
  };
  show();
  return button;
}
