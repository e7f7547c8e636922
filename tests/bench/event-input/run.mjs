// The benchmark `event-input`: microseconds for one event to cross into the wasm and become a payload, by form.
import { bundle } from '../bundles.mjs';
import { launchChromium } from '../chromium.mjs';
import { servePages } from '../page-server.mjs';
import { median, rounded, spread } from '../quantiles.mjs';
import { printTable } from '../table.mjs';
import { compileForms } from './compile.mjs';

/** @typedef {{ timeAll: import('./page.mjs').TimeAll }} PageGlobals */
/** @typedef {Awaited<ReturnType<import('./page.mjs').TimeAll>>} Times */

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = { browsers: { type: 'string', default: '3' }, rounds: { type: 'string', default: '150' } };

const PAGE = '<!doctype html><meta charset="utf-8"><title>forms</title><script src="/page.js"></script>';

/** @param {string} origin @param {number} rounds @returns {Promise<Times>} */
async function once(origin, rounds) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/page.html`);
    return await page.evaluate(
      (count) => /** @type {typeof globalThis & PageGlobals} */ (globalThis).timeAll('/forms.wasm', count),
      rounds,
    );
  } finally {
    await browser.close();
  }
}

/** @param {Times[]} all @param {string} kind @param {'whole' | 'crossing'} part @param {string} form */
const timesOf = (all, kind, part, form) => all.flatMap((one) => one.forms[kind]?.[part][form] ?? []);

/** @param {Times[]} all */
function printForms(all) {
  for (const [kind, { bytes, whole }] of Object.entries(all[0]?.forms ?? {})) {
    const rows = Object.keys(whole).map((form) => {
      const [complete, crossing] = [timesOf(all, kind, 'whole', form), timesOf(all, kind, 'crossing', form)];
      return [form, median(complete).toFixed(2), spread(complete, 2), median(crossing).toFixed(2), spread(crossing, 2)];
    });
    printTable(`${kind}, payload of ${bytes} bytes, µs`, ['', 'with payload', '', 'crossing only', ''], rows);
  }
}

/** @param {Times[]} all */
function summary(all) {
  const forms = Object.fromEntries(
    Object.entries(all[0]?.forms ?? {}).map(([kind, { whole }]) => [
      kind,
      Object.fromEntries(
        Object.keys(whole).map((form) => {
          const part = (/** @type {'whole' | 'crossing'} */ name) => rounded(median(timesOf(all, kind, name, form)), 3);
          return [form, { whole_us: part('whole'), crossing_us: part('crossing') }];
        }),
      ),
    ]),
  );
  const writing = (all[0]?.writing ?? []).map((first, i) =>
    Object.fromEntries(
      Object.keys(first).map((name) => [
        name,
        rounded(median(all.map((one) => /** @type {Record<string, number>} */ (one.writing[i])[name] ?? NaN)), 3),
      ]),
    ),
  );
  return { forms, writing };
}

/** @param {Record<string, string | boolean | undefined>} options */
export async function run({ browsers, rounds }) {
  const { text } = await bundle(`import './tests/bench/event-input/page.mjs';`);
  const server = await servePages({ '/page.html': PAGE, '/page.js': text, '/forms.wasm': compileForms() });
  /** @type {Times[]} */
  const all = [];
  try {
    for (let i = 0; i < Number(browsers); ++i) all.push(await once(server.origin, Number(rounds)));
  } finally {
    server.close();
  }
  printForms(all);
  const result = summary(all);
  const [head = {}] = result.writing;
  printTable(
    'writing one text, µs',
    Object.keys(head),
    result.writing.map((row) => Object.values(row).map(String)),
  );
  return result;
}
