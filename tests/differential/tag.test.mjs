// Each page with the script tag does what it says: the same as calls of the peer's functions, key by key. With
// PISTE_PEER_TAG=FILE, the peer's own tag, that is compared, too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { hasChromium, launch } from './browser.mjs';
import { allowance, compare, told } from './compare.mjs';
import { comparable } from './mask.mjs';
import { runScenario } from './run.mjs';
import { tabsOf } from './tabs.mjs';
import { scenarios } from './tag-scenarios.mjs';

const skip = !hasChromium && 'there is no Chromium here';
const file = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const LINK_CLICKS = file('node_modules/snowplow-plugin-link-click-tracking/dist/index.umd.min.js');
const PEER_TAG = process.env['PISTE_PEER_TAG'];

const allowed = allowance([{ scenario: '*', path: '*/events/*/*/tv', reason: 'a tracker says which one it is' }]);
/** Of the peer's tag. */
const allowedToPeer = allowance([
  {
    scenario: 'tag: two global functions',
    path: '*/stored/cookies/**',
    reason: 'two copies of the library write one cookie, each what it knows itself',
  },
]);

/** The program of the pages: by the tag in a file, or by the peer's functions. @param {string} [tag] */
async function programOf(tag) {
  const read = (/** @type {string} */ path) => readFileSync(path, 'utf8');
  const scripts = tag === undefined ? undefined : { tag: read(tag), linkClicks: read(LINK_CLICKS) };
  const result = await build({
    stdin: {
      contents: `import { install } from './tag-program.mjs';\ninstall(${JSON.stringify(scripts)});`,
      resolveDir: file('tests/differential'),
    },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return result.outputFiles[0]?.text ?? '';
}

describe('the tag and the functions', { skip, concurrency: 3 }, () => {
  /** @type {import('@playwright/test').Browser} */
  let browser;
  /** @type {import('./tabs.mjs').Tabs} */
  let tabs;
  const programs = { functions: '', piste: '', peer: '' };

  before(async () => {
    programs.functions = await programOf();
    programs.piste = await programOf(file('js/dist/sp.js'));
    if (PEER_TAG) programs.peer = await programOf(PEER_TAG);
    browser = await launch();
    tabs = tabsOf(browser);
  });
  after(() => browser.close());

  /** @param {import('./tag-scenarios.mjs').TagScenario} scenario @param {string} program */
  const seen = async ({ name, tags = { snowplow: ['shop'] }, steps }, program) => {
    const trackers = Object.values(tags).flat();
    const scenario = { name, trackers, steps: steps.map((step) => ({ ...step, run: () => {} })) };
    const sides = /** @type {const} */ ({ first: 'piste', second: 'piste' });
    return comparable(await runScenario(tabs, { scenario, sides, programs: { piste: program, peer: '' } }), scenario);
  };

  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      const functions = await seen(scenario, programs.functions);
      const found = allowed.unexplained(scenario.name, compare(functions, await seen(scenario, programs.piste)));
      assert.ok(!found.length, `our tag:\n${told(found)}`);
      if (!PEER_TAG) return;
      const differences = compare(functions, await seen(scenario, programs.peer));
      const peer = allowedToPeer.unexplained(scenario.name, differences);
      assert.ok(!peer.length, `the peer's tag:\n${told(peer)}`);
    });
  }

  test('a page that says something else is noticed', async () => {
    const [scenario] = scenarios;
    assert.ok(scenario);
    const other = { ...scenario, name: 'tag: calls after the load' };
    const found = compare(await seen(scenario, programs.functions), await seen(other, programs.piste));
    assert.ok(found.length > 0);
  });
});

test('every difference that is allowed is there', () => {
  assert.deepEqual(allowed.needless(), []);
});
