// @ts-check
import { Api, ApiError } from './api.js';
import { addChanges, noChanges } from './changes.js';
import { clock } from './clock.js';
import { listenToKeys } from './keys.js';
import { ListPage } from './list-page.js';
import { ListQuery } from './list-query.js';
import { Pager } from './pager.js';
import { hrefOf, routeOf } from './router.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { texts } from './texts.js';
import { SessionActions } from './views/actions.js';
import { acceptDrops } from './views/drop.js';
import { emptyState } from './views/empty.js';
import { openHelp } from './views/help.js';
import { Identity } from './views/identity.js';
import { Login } from './views/login.js';
import { Shell } from './views/shell.js';
import { StartDialog } from './views/start.js';

const SAMPLE = 'sample/pump-station-specification.pdf';
const SAMPLE_SET = 'bid-spec';
const PING_EVERY_MILLIS = 15_000;

const main = find('main');
const newAnalysis = /** @type {HTMLButtonElement} */ (find('[data-action=new]'));
const store = new Store();
const api = new Api();
const stream = new Stream(store, api);
const shell = new Shell(store, stream, { time: () => list.askPast(), pause: () => list.togglePause(), help: openHelp });
const pager = new Pager(store, api);
const identity = new Identity(api, find('[data-place]'), find('[data-identity]'));
const login = new Login(api, () => { stream.start(); showRoute(); void identity.ask(); });
const actions = new SessionActions({ api, store, shell, onDeleted: leaveSession });
const start = new StartDialog(api, openSession);
const list = new ListPage({ store, api, pager, shell, actions, empty: emptyState({ choose: () => start.open(), sample: trySample }) });

/** @typedef {import('./views/session.js').SessionView} SessionView */

/** The code of the session page: fetched when the first one is opened. @type {typeof import('./views/session.js')|null} */
let sessionPage = routeOf(location.hash).page === 'session' ? await import('./views/session.js') : null;
/** @type {SessionView|null} the session page where it is open; else the list is */
let sessionView = null;
let listScroll = 0;
/** The list that was left for a session, to go back to. */
let listHref = hrefOf({ page: 'list', query: new ListQuery() });
let changes = noChanges();
let paintDue = false;

store.addEventListener('change', (event) => {
  const { detail } = /** @type {CustomEvent<import('./types.js').Changes>} */ (event);
  addChanges(changes, detail);
  shell.count(detail);
  if (store.unconfirmed.size > 0) void pager.confirm();
  schedulePaint();
});
stream.addEventListener('state', () => { shell.showConnection(); if (stream.connection === 'live') void ping(); });
api.addEventListener('unauthorized', () => { stream.stop(); login.ask(); });
identity.addEventListener('change', showRights);
api.addEventListener('version', () => shell.askForReload());
addEventListener('hashchange', showRoute);
newAnalysis.addEventListener('click', () => start.open());
find('[data-skip]').addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
history.scrollRestoration = 'manual';
acceptDrops((files) => identity.whyNot === null && start.open(files));
listenToKeys(() => ({ '?': openHelp, ...(sessionView ?? list).keys }));
setInterval(() => tick(clock.now()), 1000);
setInterval(() => document.hidden || void ping(), PING_EVERY_MILLIS);
document.addEventListener('visibilitychange', () => document.hidden || void ping());
showRoute();
stream.start();
void ping();
void identity.ask();

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
  (sessionView ?? list).update(painted);
  shell.showRevision(sessionView ? store : list.source);
}

/** @param {number} now */
function tick(now) {
  // why: what the clock changes is shown beside counts, which must not run ahead of the rows
  paint();
  (sessionView ?? list).tick(now);
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
  list.setRights(whyNot, identity.me);
}

/** @param {string} selector @returns {HTMLElement} */
function find(selector) { return /** @type {HTMLElement} */ (document.querySelector(selector)); }

function showRoute() {
  if (location.hash === '#/charts') return location.replace('charts.html');
  const route = routeOf(location.hash);
  if (route.page === 'session' && !sessionPage) return void fetchSessionPage();
  if (!sessionView && list.element.isConnected) listScroll = scrollY;
  sessionView?.close();
  sessionView = null;
  if (route.page === 'session' && sessionPage) showSession(route.id, sessionPage);
  else if (route.page === 'list') showList(route.query);
  shell.showRevision(sessionView ? store : list.source);
}

/** What is shown stays until the code is there; by then the address may be another one. */
async function fetchSessionPage() {
  try {
    sessionPage = await import('./views/session.js');
    showRoute();
  } catch {
    // why: the same link can be followed again only from another address
    location.replace(listHref);
    actions.fail(new ApiError(0, texts.errors.network));
  }
}

/** @param {string} id @param {typeof import('./views/session.js')} page */
function showSession(id, page) {
  list.leave();
  store.watch(id);
  stream.follow(id);
  sessionView = new page.SessionView(id, { store, api, actions });
  enter(sessionView.element, 0);
}

/** @param {ListQuery} query */
function showList(query) {
  const isBack = !list.element.isConnected;
  listHref = hrefOf({ page: 'list', query });
  store.watch(null);
  stream.follow(null);
  list.show(query);
  if (isBack) enter(list.element, listScroll);
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

async function trySample() {
  try {
    const file = await fetch(SAMPLE);
    if (!file.ok) throw new ApiError(file.status, texts.errors.sample);
    const pdf = await file.blob();
    const document = await api.uploadDocument(pdf, SAMPLE.replace(/^.*\//, ''), () => {});
    const session = await api.createSession({ questionSet: SAMPLE_SET, documentId: document.id, title: texts.empty.sampleTitle });
    openSession(session.id);
  } catch (error) {
    actions.fail(error instanceof TypeError ? new ApiError(0, texts.errors.network) : error);
  }
}
