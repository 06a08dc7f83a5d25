// @ts-check
// Shows the document of the API. Readers that one can buy need inline styles or markup from text, which our policy of
// content forbids; this one only ever sets text.
import { h } from '../dom.js';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** @param {any} document_ @param {any} value whose reference, if it is one, is followed */
function resolve(document_, value) {
  if (!value || !value.$ref) return value;
  return value.$ref.slice(2).split('/').reduce((/** @type {any} */ at, /** @type {string} */ name) => at[name], document_);
}

/** The name behind a reference. @param {string} ref */
function nameOf(ref) {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** A schema in few words. @param {any} schema @returns {string} */
function words(schema) {
  if (!schema) return '';
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.oneOf) return schema.oneOf.map(words).join(' or ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((/** @type {any} */ one) => (one === null ? 'null' : one)).join(', ');
  const type = [schema.type].flat().join(' or ');
  if (schema.items) return `${type} of ${words(schema.items)}`;
  return [type, schema.format, ...limits(schema)].filter(Boolean).join(', ');
}

/** @param {any} schema */
function limits(schema) {
  return ['minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'default']
    .filter((name) => name in schema)
    .map((name) => `${name} ${schema[name]}`);
}

/** @param {any} schema */
function members(schema) {
  const list = h('dl');
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const needed = (schema.required ?? []).includes(name) ? '' : ' (may be absent)';
    list.append(h('dt', {}, name), h('dd', {}, words(member) + needed, member.description && ` · ${member.description}`));
  }
  return schema.properties ? list : h('p', {}, words(schema));
}

/** @param {any} content of a body @returns {HTMLElement[]} */
function body(content) {
  return Object.entries(content ?? {}).map(([type, media]) => {
    const ref = media.schema?.$ref;
    const shown = ref ? h('a', { href: `#schema-${nameOf(ref)}` }, nameOf(ref)) : h('span', {}, words(media.schema));
    return h('p', {}, h('code', {}, type), ' ', shown);
  });
}

/** @param {any} document_ @param {string} path @param {string} method @param {any} operation */
function operationOf(document_, path, method, operation) {
  const parameters = (operation.parameters ?? []).map((/** @type {any} */ one) => resolve(document_, one));
  const list = h('dl');
  for (const parameter of parameters) {
    const what = [parameter.in, words(parameter.schema), parameter.description].filter(Boolean).join(' · ');
    list.append(h('dt', {}, parameter.name), h('dd', {}, what));
  }
  const replies = h('dl');
  for (const [status, reply] of Object.entries(operation.responses)) {
    const known = resolve(document_, reply);
    replies.append(h('dt', {}, status), h('dd', {}, known.description, ...body(known.content)));
  }
  return h('details', { id: operation.operationId, class: operation.deprecated && 'deprecated' },
    h('summary', {}, h('span', { class: 'method' }, method.toUpperCase()), h('span', { class: 'path' }, path),
      h('span', { class: 'aside' }, operation.summary)),
    h('div', { class: 'inside' },
      parameters.length > 0 && h('h3', {}, 'Parameters'), parameters.length > 0 && list,
      operation.requestBody && h('h3', {}, 'Body'), ...body(operation.requestBody?.content),
      h('h3', {}, 'Replies'), replies));
}

/** @param {any} document_ */
function operations(document_) {
  /** @type {Map<string, HTMLElement[]>} */
  const byTag = new Map();
  for (const [path, methods] of Object.entries(document_.paths)) {
    for (const method of METHODS.filter((one) => one in methods)) {
      const operation = methods[method];
      const tag = operation.tags[0];
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationOf(document_, path, method, operation)]);
    }
  }
  return byTag;
}

/** Opens what the address names. */
function openNamed() {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
    named.scrollIntoView();
  }
}

async function show() {
  const main = /** @type {HTMLElement} */ (document.getElementById('main'));
  const reply = await fetch('api/openapi.json');
  if (!reply.ok) {
    main.replaceChildren(h('p', {}, `The document cannot be had (${reply.status}).`));
    return;
  }
  const document_ = await reply.json();
  const byTag = operations(document_);
  const nav = h('ul', {}, ...[...byTag.keys(), 'shapes'].map((tag) => h('li', {}, h('a', { href: `#tag-${tag}` }, tag))));
  main.replaceChildren(
    h('div', {}, h('h1', {}, `${document_.info.title} API`), h('p', {}, document_.info.description)), h('nav', {}, nav),
    ...[...byTag].map(([tag, shown]) => h('section', { id: `tag-${tag}` }, h('h2', {}, tag), ...shown)),
    h('section', { id: 'tag-shapes' }, h('h2', {}, 'shapes'),
      ...Object.entries(document_.components.schemas).map(([name, schema]) =>
        h('details', { id: `schema-${name}` }, h('summary', { class: 'path' }, name),
          h('div', { class: 'inside' }, schema.description && h('p', {}, schema.description), members(schema))))));
  window.addEventListener('hashchange', openNamed);
  openNamed();
}

show();
