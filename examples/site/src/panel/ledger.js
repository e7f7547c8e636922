// Shows the ledger: every event that the tracker took is delivered, pending, rejected or dropped. And what the visitor
// has decided, since that is why events wait or are dropped.
import { decisionsInWords, heldCount } from '../decisions.js';

/** @typedef {import('piste').Stats} Stats */

/** @param {Record<string, number>} counts */
const sum = (counts) => Object.values(counts).reduce((all, one) => all + one, 0);

/** Why events were lost, as `1 dropped: unserialisable`. @param {Stats} stats */
function losses({ rejected, dropped }) {
  const refusals = Object.entries(rejected).map(([status, count]) => `${count} rejected: status ${status}`);
  const drops = Object.entries(dropped).map(([why, count]) => `${count} dropped: ${why.replace('_', ' ')}`);
  return [...refusals, ...drops].join(', ');
}

/** @param {string} selector @param {string} text Only a change is written: a screen reader says it again otherwise. */
function write(selector, text) {
  const element = document.querySelector(selector);
  if (element && element.textContent !== text) element.textContent = text;
}

/** One sentence on how things are. @param {Stats} stats @param {number} held */
function sentence({ engine, failures, pending }, held) {
  const events = pending === 1 ? '1 event waits' : `${pending} events wait`;
  if (held > 0) return `${events} in memory until you answer.`;
  if (engine === 'none') return 'The engine could not start: nothing is sent from this page.';
  if (engine === 'loading') return 'The engine starts. Events are kept until then.';
  if (failures > 0) return `No good answer from the collector: ${events} for the next attempt.`;
  return pending > 0 ? `${events} to be sent.` : 'All that was tracked has been dealt with.';
}

/** @param {Stats} stats @param {number} held */
function stateOf({ engine, failures, pending }, held) {
  if (held > 0) return 'held';
  if (engine === 'none' || failures > 0) return 'trouble';
  return pending > 0 ? 'busy' : 'calm';
}

function showDecisions() {
  for (const { purpose, words } of decisionsInWords()) write(`#panel [data-purpose=${purpose}]`, words);
}

/** @param {Stats} stats */
export function showLedger(stats) {
  const held = heldCount(stats);
  const { accepted, restored, delivered, pending, rejected, dropped, inFlight, failures, retryInMs, engine } = stats;
  const parts = { delivered, pending, rejected: sum(rejected), dropped: sum(dropped) };
  for (const [part, count] of Object.entries(parts)) {
    const bar = /** @type {HTMLElement | null} */ (document.querySelector(`#panel-bar [data-part=${part}]`));
    if (bar) bar.style.flexGrow = String(count);
  }
  const seconds = retryInMs > 0 ? `${(retryInMs / 1000).toFixed(1)} s` : '–';
  const texts = { ...parts, accepted, restored, inFlight, failures, held, engine, retryInMs: seconds };
  for (const [name, value] of Object.entries(texts)) write(`#panel [data-stat=${name}]`, String(value));
  write('#panel-state', sentence(stats, held));
  write('#panel-why', losses(stats));
  write('#panel-toggle b', held > 0 ? `${held} held` : `${pending} waiting`);
  document.documentElement.dataset.tracker = stateOf(stats, held);
  showDecisions();
}
