// @ts-check
import { Api, ApiError } from './api.js';
import { h, setHidden, setText } from './dom.js';
import { texts } from './texts-people.js';
import { openDialog } from './views/dialog.js';
import { Login } from './views/login.js';

const words = texts.people;
const ROLES = /** @type {const} */ (['viewer', 'reviewer', 'operator', 'admin', 'worker']);

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const who = /** @type {HTMLElement} */ (document.querySelector('[data-me]'));
const leave = /** @type {HTMLButtonElement} */ (document.querySelector('[data-action=logout]'));
const api = new Api();
const login = new Login(api, () => void show());

document.title = words.title;
setText(leave, words.logout);
leave.addEventListener('click', async () => { await api.logout(); await show(); });
api.addEventListener('unauthorized', () => login.ask());
void show();

/** Shows everything as it is now; what was changed is asked for again. */
async function show() {
  try {
    const me = await api.me();
    setText(who, words.me(me.name, me.role));
    setHidden(leave, me.means !== 'login');
    if (me.role !== 'admin') {
      main.replaceChildren(h('p', { class: 'message' }, words.forAdmins));
      return;
    }
    const [users, keys, audit] = await Promise.all([api.accounts('users'), api.accounts('keys'), api.accounts('audit')]);
    main.replaceChildren(
      h('div', {}, h('a', { class: 'back', href: './' }, words.back), h('h1', {}, words.heading)),
      section(words.users, words.usersHint, button(words.addUser, 'add-user', addUser), usersTable(users)),
      section(words.keys, words.keysHint, button(words.addKey, 'add-key', addKey), keysTable(keys)),
      section(words.audit, '', null, auditTable(audit)));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 401) main.replaceChildren(h('p', { class: 'message', role: 'alert' }, error.message));
  }
}

/** @param {string} heading @param {string} hint @param {Node|null} action @param {Node} content */
function section(heading, hint, action, content) {
  return h('section', {}, h('div', { class: 'section-head' },
    h('div', {}, h('h2', {}, heading), hint ? h('p', { class: 'hint' }, hint) : null), action), content);
}

/** @param {string} label @param {string} action @param {() => void} run @param {string} [kind] */
function button(label, action, run, kind = '') {
  return h('button', { class: `button ${kind}`, type: 'button', 'data-action': action, onclick: run }, label);
}

/** @param {string[]} columns @param {Element[]} rows @param {string} none */
function table(columns, rows, none) {
  return rows.length === 0 ? h('p', { class: 'hint' }, none)
    : h('table', { class: 'plain' },
      h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...rows));
}

/** @param {any[]} users */
function usersTable(users) {
  const { name, role, created, by, actions } = words.columns;
  return table([name, role, created, by, actions], users.map((user) => h('tr', { 'data-user': user.name },
    h('td', {}, user.name, user.disabled ? h('span', { class: 'hint' }, ` ${words.disabled}`) : null),
    h('td', {}, roleChoice(user.role, (chosen) => change(user.name, { role: chosen }), user.name)),
    h('td', { class: 'number' }, moment(user.createdAt)), h('td', {}, user.createdBy),
    h('td', {}, h('div', { class: 'buttons' },
      button(words.newPassword, 'password', () => newPassword(user.name)),
      button(user.disabled ? words.enable : words.disable, 'disable', () => void change(user.name, { disabled: !user.disabled })),
      button(words.remove, 'remove', () => confirm(words.confirmRemove(user.name), words.remove, () => api.removeAccount('users', user.name)), 'danger'))),
  )), words.noUsers);
}

/** @param {any[]} keys */
function keysTable(keys) {
  const { name, role, secret, created, expires, actions } = words.columns;
  return table([name, role, secret, created, expires, actions], keys.map((key) => h('tr', { 'data-key': key.id },
    h('td', {}, key.name), h('td', {}, key.role), h('td', {}, h('code', {}, `hf_${key.id}_…${key.lastFour}`)),
    h('td', { class: 'number' }, moment(key.createdAt)),
    h('td', { class: 'number' }, key.expiresAt ? moment(key.expiresAt) : words.never),
    h('td', {}, h('div', { class: 'buttons' },
      button(words.revoke, 'revoke', () => confirm(words.confirmRevoke(key.name), words.revoke, () => api.removeAccount('keys', key.id)), 'danger'))),
  )), words.noKeys);
}

/** @param {any[]} events oldest first */
function auditTable(events) {
  const { when, what, who: by, details } = words.columns;
  return table([when, what, by, details], [...events].reverse().map((event) => h('tr', {},
    h('td', { class: 'number' }, moment(event.at)), h('td', {}, event.type.replace(/\.v\d+$/, '').replaceAll('-', ' ')),
    h('td', {}, event.actor),
    h('td', {}, Object.entries(event.data).filter(([, value]) => value !== null).map(detail).join(', ')),
  )), words.noAudit);
}

/** @param {[string, any]} member */
function detail([key, value]) {
  if (key === 'expiresAt') return `${words.until} ${moment(value)}`;
  return `${key} ${key === 'role' ? value.toLowerCase() : value}`;
}

/** @param {string} at */
function moment(at) {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** @param {string} now @param {(role: string) => void} onChange @param {string} label */
function roleChoice(now, onChange, label) {
  const choice = h('select', { name: 'role', 'aria-label': `${words.columns.role}: ${label}`, onchange: () => onChange(choice.value) },
    ...ROLES.map((role) => h('option', { value: role, selected: role === now }, words.roles[role])));
  return choice;
}

/** @param {string} name @param {Record<string, unknown>} body */
async function change(name, body) {
  await api.changeUser(name, body);
  await show();
}

function addUser() {
  const name = h('input', { name: 'name', required: true, maxlength: 64, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
  const password = h('input', { name: 'password', type: 'password', required: true, minlength: 8, maxlength: 256, autocomplete: 'new-password' });
  const role = roleChoice('viewer', () => {}, words.addUser);
  form(words.addUser, [field(words.columns.name, name), field(words.columns.role, role), field(words.password, password)], words.add,
    () => api.addAccount('users', { name: name.value.trim(), role: role.value, password: password.value }));
}

/** @param {string} name */
function newPassword(name) {
  const password = h('input', { name: 'password', type: 'password', required: true, minlength: 8, maxlength: 256, autocomplete: 'new-password' });
  form(`${words.newPassword} ${name}`, [field(words.password, password)], words.save, () => api.changeUser(name, { password: password.value }));
}

function addKey() {
  const name = h('input', { name: 'name', required: true, maxlength: 64, autocomplete: 'off' });
  const role = roleChoice('worker', () => {}, words.addKey);
  const expires = h('input', { name: 'expiresAt', type: 'date' });
  form(words.addKey, [field(words.columns.name, name), field(words.columns.role, role), field(words.expiresOn, expires)], words.add, async () => {
    const expiresAt = expires.value ? new Date(`${expires.value}T23:59:59`).toISOString() : null;
    const key = await api.addAccount('keys', { name: name.value.trim(), role: role.value, expiresAt });
    showSecret(key.secret);
  });
}

/** @param {string} secret */
function showSecret(secret) {
  const dialog = openDialog(words.keys, h('p', {}, words.secretOnce), h('code', { class: 'secret', 'data-secret': true }, secret),
    h('div', { class: 'buttons end' }, button(words.done, 'done', () => dialog.close(), 'primary')));
}

/** @param {string} label @param {HTMLElement} input */
function field(label, input) {
  return h('label', { class: 'field' }, label, input);
}

/** @param {string} heading @param {HTMLElement[]} fields @param {string} label @param {() => Promise<unknown>} send */
function form(heading, fields, label, send) {
  const error = h('p', { class: 'error', role: 'alert' });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      await send();
      dialog.close();
      await show();
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      setText(error, refused.message);
    }
  };
  const dialog = openDialog(heading, h('form', { onsubmit: submit }, ...fields, error,
    h('div', { class: 'buttons end' }, button(texts.dialog.cancel, 'cancel', () => dialog.close()),
      h('button', { class: 'button primary', type: 'submit', 'data-action': 'save' }, label))));
}

/** @param {string} question @param {string} label @param {() => Promise<unknown>} run */
function confirm(question, label, run) {
  form(label, [h('p', {}, question)], label.replace('…', ''), run);
}
