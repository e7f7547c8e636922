// Each scenario gives the same with the peer and with ours, key by key; until ours is there, the peer with itself.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hasChromium, launch } from './browser.mjs';
import { allowance, compare, told } from './compare.mjs';
import { differences } from './differences.mjs';
import { comparable } from './mask.mjs';
import { hasFace, programOf } from './programs.mjs';
import { runScenario } from './run.mjs';
import { all } from './scenarios/all.mjs';
import { tabsOf } from './tabs.mjs';

/** @typedef {import('./programs.mjs').Side} Side */
/** @typedef {import('./scenario.mjs').Scenario} Scenario */

/** How many scenarios run at one time, each in its own window. */
const AT_ONCE = 3;

const skip = !hasChromium && 'there is no Chromium here';
/** `PISTE_DIFFERENTIAL=peer` compares the peer with itself in any case. */
const other = hasFace() && process.env['PISTE_DIFFERENTIAL'] !== 'peer' ? 'piste' : 'peer';
const allowed = allowance(other === 'piste' ? differences : []);

/** Which library the pages have. @param {Scenario} scenario @returns {{ first: Side, second: Side }[]} */
function pairings({ kind, ways = 'both' }) {
  if (kind !== 'upgrade' || other === 'peer') return [{ first: other, second: other }];
  /** @type {{ first: Side, second: Side }} */
  const forward = { first: 'peer', second: other };
  return ways === 'forward' ? [forward] : [forward, { first: other, second: 'peer' }];
}

/** Whether the scenario itself has made something, accepted or not. @param {import('./run.mjs').Seen} seen */
const showsSomething = ({ pages }) =>
  pages.some(
    ({ asked, notes }) =>
      notes.length > 0 || asked.flatMap(({ events }) => events).some((event) => event['se_ca'] !== 'marker'),
  );

test('names of scenarios are unique, and there are enough of them', () => {
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  assert.ok(all.length >= 60, `${all.length} scenarios`);
});

test('ours against the peer', { skip: other === 'peer' && 'piste/snowplow is not compared: see README.md' }, () => {});

describe(`the peer and ${other}`, { skip, concurrency: AT_ONCE }, () => {
  /** @type {import('@playwright/test').Browser} */
  let browser;
  /** @type {import('./tabs.mjs').Tabs} */
  let tabs;
  /** @type {Record<Side, string>} */
  const programs = { peer: '', piste: '' };

  before(async () => {
    programs.peer = await programOf('peer');
    if (other === 'piste') programs.piste = await programOf('piste');
    browser = await launch();
    tabs = tabsOf(browser);
  });
  after(() => browser.close());

  for (const scenario of all) {
    test(scenario.name, async () => {
      const seen = async (/** @type {{ first: Side, second: Side }} */ sides) => {
        const found = await runScenario(tabs, { scenario, sides, programs });
        assert.ok(showsSomething(found), 'nothing but markers: this compares nothing');
        return comparable(found, scenario);
      };
      const peer = await seen({ first: 'peer', second: 'peer' });
      for (const sides of pairings(scenario)) {
        const found = allowed.unexplained(scenario.name, compare(peer, await seen(sides)));
        assert.ok(!found.length, `${sides.first}, then ${sides.second}:\n${told(found)}`);
      }
    });
  }
});

test('every difference that is allowed is there', () => {
  assert.deepEqual(allowed.needless(), []);
});
