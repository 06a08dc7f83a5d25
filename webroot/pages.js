// @ts-check
import { h } from './dom.js';
import { fetchCode } from './lazy.js';
import { routeOf } from './router.js';

/** @type {Promise<unknown>|null} */
let style = null;

/** The code of each of the two pages, which comes when the first of its kind is opened. */
export const pages = {
  list: () => fetchCode('list-page.js'),
  session: async () => {
    style ??= styled('session.css');
    const [code] = await Promise.all([fetchCode('views/session.js'), style]);
    return code;
  },
};

// why here: the page that the address names comes beside the frame around it, not after it
pages[routeOf(location.hash).page]().catch(() => {
  // why nothing more: app.js asks for it again, and says where it does not come
});

/** @param {string} href of a style sheet, which is there when this is done */
function styled(href) {
  return new Promise((resolve, reject) => {
    const link = h('link', { rel: 'stylesheet', href, onload: resolve });
    link.addEventListener('error', () => {
      link.remove();
      style = null;
      reject(new Error(href));
    });
    document.head.append(link);
  });
}
