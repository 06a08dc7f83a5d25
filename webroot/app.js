// @ts-check
import { Api, ApiError } from './api.js';
import { addChanges, noChanges } from './changes.js';
import { Pager } from './pager.js';
import { hrefOf, routeOf } from './router.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { texts } from './texts.js';
import { SessionActions } from './views/actions.js';
import { acceptDrops } from './views/drop.js';
import { emptyState } from './views/empty.js';
import { ListView } from './views/list.js';
import { Login } from './views/login.js';
import { SessionView } from './views/session.js';
import { Shell } from './views/shell.js';
import { StartDialog } from './views/start.js';

const SAMPLE = 'sample/pump-station-specification.pdf';
const SAMPLE_SET = 'bid-spec';

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const store = new Store();
const api = new Api();
const stream = new Stream(store, api);
const shell = new Shell(store, stream);
const pager = new Pager(store, api);
const login = new Login(api, () => { stream.start(); showRoute(); });
const actions = new SessionActions({ api, store, shell, onDeleted: leaveSession });
const start = new StartDialog(api, openSession);
const list = new ListView({ store, pager, actions, empty: emptyState({ choose: () => start.open(), sample: trySample }) });

/** @type {SessionView|null} the session page where it is open; else the list is */
let sessionView = null;
let listScroll = 0;
let changes = noChanges();
let paintDue = false;

store.addEventListener('change', (event) => {
  const { detail } = /** @type {CustomEvent<import('./types.js').Changes>} */ (event);
  addChanges(changes, detail);
  shell.count(detail);
  if (store.unconfirmed.size > 0) void pager.confirm();
  schedulePaint();
});
stream.addEventListener('state', () => shell.showConnection());
api.addEventListener('unauthorized', () => { stream.stop(); login.ask(); });
addEventListener('hashchange', showRoute);
document.querySelector('[data-action=new]')?.addEventListener('click', () => start.open());
document.querySelector('[data-skip]')?.addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
history.scrollRestoration = 'manual';
acceptDrops((files) => start.open(files));
setInterval(() => tick(Date.now()), 1000);
showRoute();

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
  shell.showRevision();
}

/** @param {number} now */
function tick(now) {
  // why: what the clock changes is shown beside counts, which must not run ahead of the rows
  paint();
  (sessionView ?? list).tick(now);
  shell.tick(now);
}

function showRoute() {
  const route = routeOf(location.hash);
  if (!sessionView && list.element.isConnected) listScroll = scrollY;
  sessionView?.close();
  sessionView = null;
  if (route.page === 'session') showSession(route.id);
  else showList(route.state);
  shell.showRevision();
}

/** @param {string} id */
function showSession(id) {
  store.watch(id);
  stream.follow(id);
  sessionView = new SessionView(id, { store, api, actions });
  enter(sessionView.element, 0);
}

/** @param {import('./types.js').SessionState|null} state */
function showList(state) {
  const isBack = !list.element.isConnected;
  store.watch(null);
  stream.follow(null);
  list.show(state);
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
  if (sessionView?.id === id) location.hash = hrefOf({ page: 'list', state: null });
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
