// The benchmark `consent`: what a page with a tracker writes and sends before its visitor has agreed, and after he has
// taken it back. All figures are to be 0.
import { printTable } from '../table.mjs';
import { browsers, isInstalled } from '../exit/browsers.mjs';
import { startField } from './field.mjs';
import { checkTraps, figuresOf, runScenario } from './scenario.mjs';

/** @type {import('node:util').ParseArgsConfig['options']} */
export const options = {
  browser: { type: 'string', default: 'chromium' },
  entry: { type: 'string', default: 'index.js,full.js' },
};

/** What happens in a browser of that name. @param {string} name @param {string} [entry] @param {boolean} [heeds] */
export async function runIn(name, entry, heeds) {
  const known = browsers[name];
  if (!known || !isInstalled(name)) throw new Error(`--browser: there is no ${JSON.stringify(name)} here`);
  const [field, browser] = await Promise.all([startField(entry, heeds), known.open()]);
  try {
    const visit = await browser.visit();
    const seen = await runScenario(field, () => visit.openWindow());
    if (heeds === false) return figuresOf(seen);
    checkTraps(seen);
    for (const [phase, { writes, kept }] of Object.entries({ before: seen.before, after: seen.after }))
      for (const text of [...writes, ...kept]) console.log(`${name}: written ${phase}: ${text}`);
    for (const text of seen.withdrawn) console.log(`${name}: left: ${text}`);
    return figuresOf(seen);
  } finally {
    await browser.close();
    field.close();
  }
}

/** @param {Record<string, string | boolean | undefined>} given */
export async function run(given) {
  const browserNames = String(given['browser']).split(',');
  const entries = String(given['entry']).split(',');
  /** By browser and entry. @type {Record<string, ReturnType<typeof figuresOf>>} */
  const engines = {};
  for (const name of browserNames) for (const entry of entries) engines[`${name} ${entry}`] = await runIn(name, entry);
  const names = Object.keys(engines);
  printTable(
    'Without consent',
    ['', ...names],
    Object.keys(engines[names[0] ?? ''] ?? {}).map((figure) => [
      figure.replaceAll('_', ' '),
      ...names.map((name) => String(Reflect.get(engines[name] ?? {}, figure))),
    ]),
  );
  return { engines };
}
