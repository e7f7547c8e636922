// The page on privacy: shows what is decided, what the tracker holds, and what is kept in the browser, as it is now.
import { decisionsInWords, heldCount } from './decisions.js';
import { tracker } from './tracking.js';

const EVERY_MS = 500;

/** What each name is for; `*` stands for what differs. @type {[pattern: RegExp, shown: string, what: string][]} */
const KNOWN = [
  [/^cookie _sp_id\./, 'cookie _sp_id.*', 'random ids of you and of your session, and when they were used'],
  [/^cookie _sp_ses\./, 'cookie _sp_ses.*', 'your session goes on: until half an hour after the last event'],
  [/^localStorage piste\//, 'localStorage piste/*', 'an event that waits to be sent'],
  [/^sessionStorage _sp_tab_id$/, 'sessionStorage _sp_tab_id', 'a random id of the tab'],
  [/^IndexedDB piste$/, 'IndexedDB piste', 'where events wait for longer than a second'],
  [/^localStorage silvaun-consent$/, 'localStorage silvaun-consent', 'your answer'],
  [/^localStorage silvaun-member$/, 'localStorage silvaun-member', 'your member number, until you sign out'],
  [/^sessionStorage silvaun-panel$/, 'sessionStorage silvaun-panel', 'whether the panel is open'],
];

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.querySelector(`#privacy-${id}`));

/** @param {string} tag @param {string} text */
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

/** Shows rows of texts where `target` is, if they have changed. @param {HTMLElement} target @param {string[][]} rows */
function write(target, rows) {
  const text = JSON.stringify(rows);
  if (target.dataset.shows === text) return;
  target.dataset.shows = text;
  const made = rows.map(([head = '', ...cells]) => {
    const row = document.createElement('tr');
    row.append(Object.assign(element('th', head), { scope: 'row' }), ...cells.map((cell) => element('td', cell)));
    return row;
  });
  target.replaceChildren(...made);
}

/** @param {import('./decisions.js').DecisionInWords} decision */
function sentence({ words, atMs }) {
  if (atMs === undefined) return words;
  return `${words}, ${new Date(atMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })}`;
}

function showDecisions() {
  const rows = decisionsInWords().map((one) => [one.purpose, sentence(one)]);
  write(place('decisions'), rows);
}

function showEvents() {
  const stats = tracker.stats();
  const { pending, delivered, dropped } = stats;
  const held = heldCount(stats);
  write(place('events'), [
    ['Held in memory until you answer', `${held}`],
    ['Waiting to be sent', `${pending - held}`],
    ['Arrived at the collector', `${delivered}`],
    ['Destroyed or refused, since you said no', `${dropped.denied ?? 0}`],
  ]);
}

/** Everything that a script can see of what this origin keeps, as `<where> <name>`. */
async function kept() {
  const cookies = document.cookie.split('; ').filter(Boolean);
  // Older browsers cannot list them.
  const databases = (await indexedDB.databases?.()) ?? [];
  return [
    ...cookies.map((cookie) => `cookie ${cookie.split('=')[0]}`),
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...databases.map(({ name }) => `IndexedDB ${name}`),
  ];
}

async function showKept() {
  /** @type {Map<string, { count: number, what: string }>} */
  const groups = new Map();
  for (const name of await kept()) {
    const [, shown, what] = KNOWN.find(([pattern]) => pattern.test(name)) ?? [/^/, name, ''];
    groups.set(shown, { count: (groups.get(shown)?.count ?? 0) + 1, what });
  }
  const rows = [...groups].map(([name, { count, what }]) => [name, count > 1 ? `${count} times: ${what}` : what]);
  const isOwn = (/** @type {string[]} */ [name = '']) => name.includes(' silvaun-');
  write(
    place('piste'),
    rows.filter((row) => !isOwn(row)),
  );
  write(place('own'), rows.filter(isOwn));
  place('nothing').hidden = !rows.every(isOwn);
}

function showAll() {
  showDecisions();
  showEvents();
  void showKept();
}

export function startPrivacy() {
  if (!document.querySelector('#privacy')) return;
  showAll();
  setInterval(showAll, EVERY_MS);
}
