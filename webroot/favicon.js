// @ts-check
const link = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=icon]'));
const plain = link.getAttribute('href') ?? '';
const SHOWN_MAX = 99;
let shown = 0;

/** Shows in the tab's icon how many sessions run. @param {number} running */
export function showInFavicon(running) {
  if (running === shown) return;
  shown = running;
  link.href = running === 0 ? plain : `data:image/svg+xml,${encodeURIComponent(badge(Math.min(running, SHOWN_MAX)))}`;
}

/** @param {number} number */
function badge(number) {
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fbf"/>'
    + `<text x="16" y="23" font-family="system-ui,sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">${number}</text></svg>`;
}
