// Each face that is wrong on purpose is noticed, at the place where it is wrong.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hasChromium, launch } from './browser.mjs';
import { allowance, compare, told } from './compare.mjs';
import { faults } from './faults.mjs';
import { comparable } from './mask.mjs';
import { programOf } from './programs.mjs';
import { runScenario } from './run.mjs';
import { all } from './scenarios/all.mjs';
import { tabsOf } from './tabs.mjs';

const skip = !hasChromium && 'there is no Chromium here';

describe('a fault is noticed:', { skip, concurrency: 3 }, () => {
  /** @type {import('@playwright/test').Browser} */
  let browser;
  /** @type {import('./tabs.mjs').Tabs} */
  let tabs;
  const programs = { peer: '', piste: '' };

  before(async () => {
    programs.peer = await programOf('peer');
    browser = await launch();
    tabs = tabsOf(browser);
  });
  after(() => browser.close());

  for (const [fault, { scenario: name, path }] of Object.entries(faults)) {
    test(fault, async () => {
      const scenario = all.find((one) => one.name === name);
      assert.ok(scenario, `no scenario "${name}"`);
      const plan = { scenario, sides: /** @type {const} */ ({ first: 'peer', second: 'peer' }), programs };
      const right = comparable(await runScenario(tabs, plan), scenario);
      const wrong = comparable(await runScenario(tabs, { ...plan, fault }), scenario);
      const found = compare(right, wrong);
      const elsewhere = allowance([{ scenario: '*', path, reason: 'it is looked for' }]).unexplained(name, found);
      assert.ok(found.length > elsewhere.length, `nothing at ${path}, but:\n${told(found)}`);
    });
  }
});
