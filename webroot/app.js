// @ts-check
import { Api } from './api.js';
import { addChanges, noChanges } from './changes.js';
import { clock } from './clock.js';
import { listenToKeys } from './keys.js';
import { lazily, notFetched } from './lazy.js';
import { pages } from './pages.js';
import { hrefOf, routeOf } from './router.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { texts } from './texts.js';
import { SessionActions } from './views/actions.js';
import { acceptDrops } from './views/drop.js';
import { Identity } from './views/identity.js';
import { Shell } from './views/shell.js';

/** @typedef {import('./list-page.js').ListPage} ListPage */
/** @typedef {import('./views/session.js').SessionView} SessionView */
/** @typedef {keyof typeof pages} PageName */

const PING_EVERY_MILLIS = 15_000;

const main = find('main');
const newAnalysis = /** @type {HTMLButtonElement} */ (find('[data-action=new]'));
const store = new Store();
const api = new Api();
const stream = new Stream(store, api);
const shell = new Shell(store, stream, { time: () => list?.askPast(), pause: () => list?.togglePause(), help: openHelp }, routeOf(location.hash).page === 'list');
const identity = new Identity(api, find('[data-place]'), find('[data-identity]'));
const actions = new SessionActions({ api, store, shell, onDeleted: leaveSession });
const fail = (/** @type {unknown} */ error) => actions.fail(error);
const help = lazily('views/help.js', (/** @type {typeof import('./views/help.js')} */ code) => code.openHelp, fail);
const login = lazily('views/login.js', (/** @type {typeof import('./views/login.js')} */ { Login }) => new Login(api, () => { stream.start(); showRoute(); void identity.ask(); }), fail);
const start = lazily('views/start.js', (/** @type {typeof import('./views/start.js')} */ { StartDialog }) => new StartDialog(api, openSession), fail);

/** What has come of the code of the pages, and what of it is on its way. @type {Partial<Record<PageName, any>>} */
const code = {};
/** @type {Set<PageName>} */
const coming = new Set();
/** Made when it is first shown. @type {ListPage|null} */
let list = null;
/** The session page where it is open; else the list is. @type {SessionView|null} */
let sessionView = null;
let listScroll = 0;
/** The list that was left for a session, to go back to. */
let listHref = hrefOf({ page: 'list' });
/** Where the page that is shown can be found. @type {string|null} */
let shownHref = null;
let changes = noChanges();
let paintDue = false;

store.addEventListener('change', (event) => {
  const { detail } = /** @type {CustomEvent<import('./types.js').Changes>} */ (event);
  addChanges(changes, detail);
  shell.count(detail);
  schedulePaint();
});
stream.addEventListener('state', () => { showConnection(); if (stream.connection === 'live') void ping(); });
api.addEventListener('unauthorized', () => { stream.stop(); void login((dialog) => dialog.ask()); });
identity.addEventListener('change', showRights);
api.addEventListener('version', () => shell.askForReload());
addEventListener('hashchange', showRoute);
newAnalysis.addEventListener('click', () => openStart());
find('[data-skip]').addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
history.scrollRestoration = 'manual';
acceptDrops((files) => identity.whyNot === null && openStart(files));
listenToKeys(() => ({ '?': openHelp, ...shown()?.keys }));
setInterval(() => tick(clock.now()), 1000);
setInterval(() => document.hidden || void ping(), PING_EVERY_MILLIS);
document.addEventListener('visibilitychange', () => document.hidden || void ping());
showRoute();
stream.start();
void ping();
void identity.ask();

/** The page that is open, null as long as its code has not come. */
function shown() { return sessionView ?? list; }

/** @param {File[]} [files] */
function openStart(files) { void start((dialog) => dialog.open(files)); }

function openHelp() { void help((open) => open()); }

/** One paint shows one revision: rows, counts and the number in the status line change together. */
function schedulePaint() {
  if (paintDue) return;
  paintDue = true;
  requestAnimationFrame(paint);
}

function paint() {
  if (!paintDue) return;
  paintDue = false;
  const painted = changes;
  changes = noChanges();
  shown()?.update(painted);
  showRevision();
}

function showRevision() {
  if (shown()) shell.showRevision(sessionView || !list ? store : list.source);
}

/** Nobody is told that the page is live before it shows what it is live with. */
function showConnection() {
  if (!shown()) return;
  paint();
  shell.showConnection();
}

/** @param {number} now */
function tick(now) {
  // why: what the clock changes is shown beside counts, which must not run ahead of the rows
  paint();
  shown()?.tick(now);
  shell.tick(Date.now());
}

/** Learns the lag, the server's clock and its version. */
async function ping() {
  try {
    await api.ping();
  } catch {
    api.lag = null;
  }
  shell.showLag(api.lag);
}

/** Who may only look sees so before they try. */
function showRights() {
  const { whyNot } = identity;
  newAnalysis.disabled = whyNot !== null;
  newAnalysis.title = whyNot ?? '';
  list?.setRights(whyNot, identity.me);
}

/** @param {string} selector @returns {HTMLElement} */
function find(selector) { return /** @type {HTMLElement} */ (document.querySelector(selector)); }

function showRoute() {
  if (location.hash === '#/charts') return location.replace('charts.html');
  const route = routeOf(location.hash);
  // why first: the rows are on their way while the code is
  if (route.page === 'session') follow(route.id);
  if (!code[route.page]) return void fetchPage(route.page);
  if (!sessionView && list?.element.isConnected) listScroll = scrollY;
  sessionView?.close();
  sessionView = null;
  if (route.page === 'session') showSession(route.id);
  else showList(route.query);
  shownHref = location.hash || listHref;
  showRevision();
  showConnection();
}

/** What is shown stays until the code is there; by then the address may be another one. @param {PageName} page */
async function fetchPage(page) {
  if (coming.has(page)) return;
  coming.add(page);
  const fetched = await pages[page]().catch(() => null);
  coming.delete(page);
  if (fetched) code[page] = fetched;
  if (routeOf(location.hash).page !== page) return;
  if (fetched) showRoute();
  else if (shownHref === null) main.replaceChildren(notFetched(showRoute));
  else {
    // why: the same link can be followed again only from another address
    location.replace(shownHref);
    shell.notify(texts.errors.code, 'bad');
  }
}

/** @param {string|null} id of the session whose rows are wanted, too */
function follow(id) {
  store.watch(id);
  stream.follow(id);
}

/** @param {string} id */
function showSession(id) {
  list?.leave();
  shell.showTime(null, false);
  shell.showPause(false, 0, 0, false);
  sessionView = new code.session.SessionView(id, { store, api, actions });
  enter(/** @type {SessionView} */ (sessionView).element, 0);
}

/** @param {string} query */
function showList(query) {
  list ??= makeList();
  const isBack = !list.element.isConnected;
  listHref = hrefOf({ page: 'list', query });
  follow(null);
  list.open(query);
  if (isBack) enter(list.element, listScroll);
}

/** @returns {ListPage} */
function makeList() {
  const made = new code.list.ListPage({ store, api, shell, actions, choose: openStart, onSession: openSession });
  made.setRights(identity.whyNot, identity.me);
  return made;
}

/** @param {HTMLElement} page @param {number} scroll */
function enter(page, scroll) {
  const isFirst = main.childElementCount === 0;
  main.replaceChildren(page);
  scrollTo(0, scroll);
  // why: the link that led here is gone, and the keyboard would start again at the top of the document
  if (!isFirst) main.focus({ preventScroll: true });
}

/** @param {string} id */
function openSession(id) { location.hash = hrefOf({ page: 'session', id }); }

/** @param {string} id */
function leaveSession(id) {
  if (sessionView?.id === id) location.hash = listHref;
}
