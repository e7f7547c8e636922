// Joins the live page: the stream, the list of events, the filter, the buttons and the keys.
import { follow } from './feed.js';
import { makeRow } from './row.js';
import { matches, searchable } from './summary.js';

/** @typedef {import('../src/types.mjs').StoredEvent} StoredEvent */
/** @typedef {import('./summary.js').Filter} Filter */
/** @typedef {{ event: StoredEvent, haystack: string, row: HTMLElement }} Shown */

/** Rows on the page. The JSON API has all that the collector keeps. */
const MOST_ROWS = 500;

/** @type {Readonly<Record<import('./feed.js').State, string>>} */
const STATES = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again' };

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

const list = byId('events');
const search = /** @type {HTMLInputElement} */ (byId('search'));
const form = /** @type {HTMLFormElement} */ (byId('filter'));
const pause = byId('pause');

/** Newest first, as on the page. @type {Shown[]} */
let shown = [];
/** Arrived while the page was paused. @type {StoredEvent[]} */
let waiting = [];
let paused = false;
let total = 0;

/** @returns {Filter} */
function currentFilter() {
  const verdict = /** @type {Filter['verdict']} */ (new FormData(form).get('verdict') ?? 'all');
  return { verdict, text: search.value.trim() };
}

/** @param {string} id @param {boolean} visible */
function show(id, visible) {
  byId(id).hidden = !visible;
}

function applyFilter() {
  const filter = currentFilter();
  for (const { event, haystack, row } of shown) row.hidden = !matches(event, haystack, filter);
  refreshNotices();
}

function refreshNotices() {
  const notice = byId('notice');
  const older = total - shown.length - waiting.length;
  notice.textContent = older > 0 ? `The newest ${shown.length} of ${total}. The API has those that are kept.` : '';
  notice.hidden = older <= 0;
  pause.textContent = paused ? `Resume${waiting.length > 0 ? ` (${waiting.length} new)` : ''}` : 'Pause';
  show('empty', shown.length === 0 && waiting.length === 0);
  show('no-match', shown.length > 0 && shown.every(({ row }) => row.hidden));
}

/** @param {StoredEvent[]} events Oldest first. */
function add(events) {
  const filter = currentFilter();
  const fresh = events.slice(-MOST_ROWS).map((event) => {
    const haystack = searchable(event);
    const row = makeRow(event);
    row.hidden = !matches(event, haystack, filter);
    return { event, haystack, row };
  });
  fresh.reverse();
  list.prepend(...fresh.map(({ row }) => row));
  shown = [...fresh, ...shown];
  for (const { row } of shown.splice(MOST_ROWS)) row.remove();
  refreshNotices();
}

/** @param {StoredEvent[]} events */
function receive(events) {
  if (!paused) return add(events);
  waiting = [...waiting, ...events].slice(-MOST_ROWS);
  refreshNotices();
}

function forget() {
  shown = [];
  waiting = [];
  list.replaceChildren();
  refreshNotices();
}

/** @param {import('../src/store.mjs').Counts} counts */
function showCounts({ good, bad }) {
  total = good + bad;
  byId('count-all').textContent = total.toLocaleString('en');
  byId('count-good').textContent = good.toLocaleString('en');
  byId('count-bad').textContent = bad.toLocaleString('en');
  document.title = bad > 0 ? `(${bad} bad) Piste collector` : 'Piste collector';
  refreshNotices();
}

function togglePause() {
  paused = !paused;
  pause.setAttribute('aria-pressed', String(paused));
  const events = waiting;
  waiting = [];
  add(events);
}

/** @param {number} step Rows down; negative is up. */
function moveFocus(step) {
  const lines = [...list.querySelectorAll('li:not([hidden]) > details > summary')];
  const current = lines.findIndex((line) => line.parentElement?.contains(document.activeElement));
  const next = lines[current < 0 ? 0 : Math.min(Math.max(current + step, 0), lines.length - 1)];
  if (next instanceof HTMLElement) next.focus();
}

/** @param {EventTarget | null} target */
const inContent = (target) => target instanceof Element && target.closest('.content') !== null;

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { target } = event;
  // Inside an open event the arrows scroll.
  if (event.ctrlKey || event.metaKey || event.altKey || inContent(target)) return;
  const typing = target instanceof HTMLInputElement;
  if (event.key === 'Escape' && target === search) {
    search.value = '';
    applyFilter();
    return;
  }
  if (typing && (target.type === 'radio' || event.key !== 'ArrowDown')) return;
  if (event.key === '/') search.focus();
  else if (event.key === 'ArrowDown') moveFocus(1);
  else if (event.key === 'ArrowUp') moveFocus(-1);
  else return;
  event.preventDefault();
}

byId('example').textContent = `createTracker({ collector: '${location.origin}', appId: 'my-site' })`;
form.addEventListener('input', applyFilter);
form.addEventListener('submit', (event) => event.preventDefault());
pause.addEventListener('click', togglePause);
byId('reset').addEventListener('click', () => void fetch('/api/reset', { method: 'POST' }));
document.addEventListener('keydown', onKey);

follow(
  {
    onEvents: receive,
    onCounts: showCounts,
    onForget: forget,
    onState(state) {
      const status = byId('status');
      status.dataset['state'] = state;
      status.textContent = STATES[state];
    },
  },
  MOST_ROWS,
);
