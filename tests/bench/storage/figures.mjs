// What the readings of all rounds say: medians over all of them together, less what turning the page's tasks over
// costs.
import { median, rounded, spread } from '../quantiles.mjs';
import { printTable } from '../table.mjs';

/** @typedef {import('./costs.mjs').Readings} Readings */
/** @typedef {import('./start-costs.mjs').Answers} Answers */

/** A name as people read it. @param {string} name */
const words = (name) => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A name as JSON has it. @param {string} name */
const key = (name) => words(name).replaceAll(/\W+/g, '_');

/** @param {Readings} readings @param {string} name @param {'cpu' | 'other'} what */
const net = (readings, name, what) =>
  median((readings[name] ?? []).map((one) => one[what])) - median((readings['nothing'] ?? []).map((one) => one[what]));

/** All rounds as one. @param {Readings[]} rounds @returns {Readings} */
const together = (rounds) =>
  Object.fromEntries(Object.keys(rounds[0] ?? {}).map((name) => [name, rounds.flatMap((round) => round[name] ?? [])]));

/** Those that are compared. @param {Record<string, unknown>} all */
const namesOf = (all) => Object.keys(all).filter((name) => name !== 'nothing');

/** Per event or question, µs. @param {Readings} all @param {string} name */
const costOf = (all, name) => ({
  cpu_us: rounded(net(all, name, 'cpu'), 1),
  other_tab_us: rounded(net(all, name, 'other'), 1),
  call_us: rounded(median((all[name] ?? []).flatMap((one) => one.call)), 1),
  confirmed_us: rounded(median((all[name] ?? []).flatMap((one) => one.done)), 1),
});

/** As it stands in the JSON. @param {Readings[]} rounds */
export function costSummary(rounds) {
  const all = together(rounds);
  return Object.fromEntries(namesOf(all).map((name) => [key(name), costOf(all, name)]));
}

/** @param {string} title @param {Readings[]} rounds */
export function printCosts(title, rounds) {
  const all = together(rounds);
  const rows = namesOf(all).map((name) => {
    const { cpu_us: cpu, other_tab_us: other, call_us: call, confirmed_us: confirmed } = costOf(all, name);
    return [
      words(name),
      cpu.toFixed(1),
      spread(rounds.map((round) => net(round, name, 'cpu'))),
      Number.isNaN(other) ? 'same process' : other.toFixed(1),
      call.toFixed(0),
      confirmed.toFixed(0),
    ];
  });
  printTable(title, ['', 'main thread', '', 'other tab', 'call', 'confirmed'], rows);
}

/** Once per page, ms. What a tab spends that is asked nothing is taken off where it was measured. @param {Answers}
 * answers @param {string} name */
function startOf(answers, name) {
  const middle = (/** @type {string} */ one, /** @type {'cpu' | 'call' | 'done'} */ what) =>
    median((answers[one] ?? []).map((answer) => answer[what]));
  const base = answers['nothing'] ? middle('nothing', 'cpu') : 0;
  return {
    cpu_ms: rounded(middle(name, 'cpu') - base),
    call_ms: rounded(middle(name, 'call')),
    answered_ms: rounded(middle(name, 'done')),
  };
}

/** As it stands in the JSON. @param {Answers} answers */
export const startSummary = (answers) =>
  Object.fromEntries(namesOf(answers).map((name) => [key(name), startOf(answers, name)]));

/** @param {string} title @param {Answers} answers */
export function printStarts(title, answers) {
  const rows = namesOf(answers).map((name) => {
    const { cpu_ms: cpu, call_ms: call, answered_ms: answered } = startOf(answers, name);
    const of = (/** @type {'call' | 'done'} */ what) =>
      spread(
        (answers[name] ?? []).map((one) => one[what]),
        2,
      );
    return [words(name), cpu.toFixed(2), call.toFixed(2), of('call'), answered.toFixed(2), of('done')];
  });
  printTable(title, ['', 'main thread', 'call', '', 'answered', ''], rows);
}

/** @typedef {Awaited<ReturnType<typeof import('./survival.mjs').measureSurvival>>} Survival */

/** @param {Survival} survival */
export function printSurvival(survival) {
  const rows = Object.entries(survival).map(([name, { written, confirmed, localStorage, indexedDb }]) => [
    words(name),
    written,
    confirmed,
    localStorage,
    indexedDb,
  ]);
  const head = ['', 'written', 'confirmed before', 'in localStorage', 'in IndexedDB'];
  printTable('rows found afterwards', head, rows);
}

/** As it stands in the JSON. @param {Survival} survival */
export const survivalSummary = (survival) =>
  Object.fromEntries(
    Object.entries(survival).map(([name, { written, confirmed, localStorage, indexedDb }]) => [
      key(name),
      { written, confirmed, local_storage: localStorage, indexed_db: indexedDb },
    ]),
  );
