// The panel of this demo: shows the tracker's own account of itself. A site of yours needs none of it.
import { tracker } from '../tracking.js';
import { showLedger } from './ledger.js';
import { startProblems } from './problems.js';
import { startSwitch } from './switch.js';

const EVERY_MS = 250;
/** Whether it was open on the page before, in this tab. */
const KEY = 'silvaun-panel';

const panel = /** @type {HTMLElement} */ (document.querySelector('#panel'));
const toggle = /** @type {HTMLButtonElement} */ (document.querySelector('#panel-toggle'));

/** @param {string} id @param {() => void} task */
const onClick = (id, task) => document.querySelector(id)?.addEventListener('click', task);

/** @param {boolean} open */
function show(open) {
  panel.hidden = !open;
  toggle.setAttribute('aria-expanded', String(open));
  document.body.classList.toggle('with-panel', open);
}

function open() {
  show(true);
  sessionStorage.setItem(KEY, 'true');
  /** @type {HTMLElement | null} */ (document.querySelector('#panel-title'))?.focus();
}

function close() {
  show(false);
  sessionStorage.removeItem(KEY);
  toggle.focus();
}

/** What a site could do wrong: an object that holds itself cannot be written as JSON. */
function makeMistake() {
  /** @type {Record<string, unknown>} */
  const data = {};
  data.self = data;
  tracker.trackSelfDescribing({ schema: 'iglu:com.example/mistake/jsonschema/1-0-0', data });
}

function refresh() {
  showLedger(tracker.stats());
}

export function startPanel() {
  show(sessionStorage.getItem(KEY) === 'true');
  toggle.addEventListener('click', open);
  onClick('#panel-close', close);
  onClick('#panel-flush', () => void tracker.flush().then(refresh));
  onClick('#panel-mistake', makeMistake);
  panel.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  startProblems();
  startSwitch();
  refresh();
  setInterval(refresh, EVERY_MS);
}
