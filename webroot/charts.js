// @ts-check
// What the server has done since this page was opened, out of its measurements; each chart leads to the list behind it.
import uPlot from './uplot/uPlot.esm.js';
import { Api, ApiError } from './api.js';
import { h, setText } from './dom.js';
import { timeOfDay } from './format.js';
import { texts } from './texts.js';
import { Login } from './views/login.js';

const EVERY_MILLIS = 5_000;
/** An hour. */
const POINTS_MAX = 720;
const HEIGHT = 180;
/** What a chart shows at the least: of a single point alone a scale of time makes years. */
const SECONDS_MIN = 60;

/** @typedef {Map<string, number>} Measured by name and labels, as Prometheus writes them */
/** @typedef {{label: string, value: (now: Measured, before: Measured, seconds: number) => number|null}} Line */
/** @typedef {{name: string, title: string, link: string, href: string, lines: Line[]}} Chart */

/** @type {Chart[]} */
const CHARTS = [
  { name: 'throughput', title: 'Changes a second', link: 'All sessions', href: './#/', lines: [
    { label: 'changes', value: (now, before, seconds) => grown(now, before, 'holdfast_command_seconds_count', 'outcome="changed"') / seconds },
    { label: 'rows reported', value: (now, before, seconds) => grown(now, before, 'holdfast_command_seconds_count', 'command="ReportRows"') / seconds }] },
  { name: 'running', title: 'Running', link: 'Running sessions', href: './#/?state=running', lines: [
    { label: 'sessions', value: (now) => sum(now, 'holdfast_sessions', 'state="running"') },
    { label: 'analyses here', value: (now) => sum(now, 'holdfast_analyses_running') }] },
  { name: 'queue', title: 'Waiting', link: 'Queued sessions', href: './#/?state=queued', lines: [
    { label: 'sessions', value: (now) => sum(now, 'holdfast_sessions', 'state="queued"') },
    { label: 'changes', value: (now) => sum(now, 'holdfast_commands_waiting') }] },
  { name: 'durations', title: 'Analysis, seconds each', link: 'Completed sessions', href: './#/?state=completed', lines: [
    { label: 'mean', value: (now, before) => mean(now, before, 'holdfast_analysis_seconds') }] },
  { name: 'latency', title: 'Answer to a change, milliseconds', link: 'All sessions', href: './#/', lines: [
    { label: 'owner', value: (now, before) => millis(mean(now, before, 'holdfast_command_seconds')) },
    { label: 'journal', value: (now, before) => millis(mean(now, before, 'holdfast_append_seconds')) }] },
];

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const status = /** @type {HTMLElement} */ (document.querySelector('[data-charts-status]'));
const api = new Api();
const login = new Login(api, () => void measure());
const times = /** @type {number[]} */ ([]);
const shown = CHARTS.map(show);
/** @type {{at: number, measured: Measured}|null} */
let last = null;

api.addEventListener('unauthorized', () => login.ask());
addEventListener('resize', fit);
fit();
void measure();
setInterval(() => document.hidden || void measure(), EVERY_MILLIS);

/** @param {string} text @returns {Measured} */
export function parse(text) {
  const measured = new Map();
  for (const line of text.split('\n')) {
    const space = line.lastIndexOf(' ');
    if (space > 0 && !line.startsWith('#')) measured.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return measured;
}

/** All that has this name and label. @param {Measured} measured @param {string} name @param {string} [label] */
function sum(measured, name, label = '') {
  let total = 0;
  for (const [key, value] of measured) if ((key === name || key.startsWith(`${name}{`)) && key.includes(label)) total += value;
  return total;
}

/** A counter that fell belongs to a server that began anew. @param {Measured} now @param {Measured} before @param {string} name @param {string} [label] */
function grown(now, before, name, label) {
  return Math.max(0, sum(now, name, label) - sum(before, name, label));
}

/** @param {Measured} now @param {Measured} before @param {string} name @returns {number|null} */
function mean(now, before, name) {
  const count = grown(now, before, `${name}_count`);
  return count === 0 ? null : grown(now, before, `${name}_sum`) / count;
}

/** @param {number|null} seconds */
function millis(seconds) { return seconds === null ? null : seconds * 1000; }

/** @param {HTMLElement} card */
function widthOf(card) { return Math.max(200, card.clientWidth - 24); }

/** A card has its width once all of them are there. */
function fit() { for (const { plot, card } of shown) plot.setSize({ width: widthOf(card), height: HEIGHT }); }

/** A canvas knows no custom properties: what this one comes to where it is used. @param {HTMLElement} card @param {string} name */
function resolved(card, name) {
  const probe = h('i', {});
  probe.style.color = `var(${name})`;
  card.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {Chart} chart */
function show(chart) {
  const card = h('section', { 'data-chart': chart.name },
    h('header', {}, h('h2', {}, chart.title), h('a', { href: chart.href }, chart.link)));
  main.append(card);
  const color = (/** @type {string} */ name) => resolved(card, name);
  // why: the library writes into what it is given, so each axis needs an object of its own
  const axis = (/** @type {object} */ own) => ({ ...own, stroke: color('--muted'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line'), width: 1 } });
  const strokes = [color('--accent'), color('--partial')];
  const plot = new uPlot({
    width: widthOf(card), height: HEIGHT, axes: [axis({ values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map(clockOf), space: 80 }), axis({})],
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { range: span },
      y: { range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ max) => [0, Math.max(1, max * 1.1)] },
    },
    series: [{ label: 'time', value: (/** @type {any} */ _, /** @type {number|null} */ at) => clockOf(at) }, ...chart.lines.map(({ label }, i) => ({ label, stroke: strokes[i], width: 2, points: { show: true, size: 3 }, spanGaps: true }))],
  }, [[], ...chart.lines.map(() => [])], card);
  return { card, plot, lines: chart.lines, values: chart.lines.map(() => /** @type {(number|null)[]} */ ([])) };
}

/** What all charts show, in seconds; what the library makes of a single point is no part of it. */
function span() {
  const end = times.at(-1) ?? Date.now() / 1000;
  return [Math.min(times[0] ?? end, end - SECONDS_MIN), end];
}

/** @param {number|null} seconds */
function clockOf(seconds) { return timeOfDay(seconds === null ? null : seconds * 1000); }

async function measure() {
  try {
    await api.me();
    const reply = await fetch('metrics', { cache: 'no-store' });
    if (!reply.ok) throw new ApiError(reply.status, `The measurements cannot be had (${reply.status}).`);
    add(Date.now(), parse(await reply.text()));
    setText(status, '');
  } catch (error) {
    setText(status, error instanceof ApiError ? error.message : texts.errors.network);
  }
}

/** @param {number} at @param {Measured} measured */
function add(at, measured) {
  const before = last;
  last = { at, measured };
  if (before === null) return;
  times.push(at / 1000);
  if (times.length > POINTS_MAX) times.shift();
  for (const { plot, lines, values } of shown) {
    lines.forEach((line, i) => {
      values[i].push(line.value(measured, before.measured, (at - before.at) / 1000));
      if (values[i].length > POINTS_MAX) values[i].shift();
    });
    plot.setData([times, ...values]);
  }
  main.dataset.points = String(times.length);
}
