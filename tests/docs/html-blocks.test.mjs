// Each HTML block of the docs is a page with the script tag: it runs in Chromium, and its events must arrive at a
// collector, valid. The loader snippet that is shown is the one that its source gives.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { snippet } from '../../js/build/snippet.mjs';
import { blocksIn, nameOf, ROOT } from './blocks.mjs';
import { startBrowser } from './browser.mjs';

const blocks = blocksIn('html');
const loader = await snippet();
const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');

/** What the pages load. */
const files = {
  '/sp.js': read('js/dist/sp.js'),
  '/link-clicks.js': read('node_modules/snowplow-plugin-link-click-tracking/dist/index.umd.min.js'),
};

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

/** The first block shows the snippet; those after it begin where it ends. @param {string} code */
const pageOf = (code) =>
  `<!doctype html><link rel="icon" href="data:,">${code.includes(loader) ? '' : `<script>${loader}</script>`}${code}`;

test('the snippet is shown as it is built', () => {
  const [first] = blocks;
  assert.ok(
    first?.code.split('\n').some((line) => line.trim() === loader),
    `not there:\n${loader}`,
  );
});

for (const block of blocks) {
  test(`${nameOf(block)} runs in a browser, and its events are good`, async () => {
    const { noise, events } = await browser.run({ ...files, '/': pageOf(block.code) });
    assert.deepEqual(noise, []);
    assert.ok(events.length > 0, 'no event arrived');
    for (const event of events) assert.deepEqual([event.verdict, event.reasons], ['good', []]);
  });
}

test('a block that makes a mistake is found out', async () => {
  const { noise, events } = await browser.run({ ...files, '/': pageOf("<script>snowplow('trackPageVeiw');</script>") });
  assert.equal(noise.length, 1);
  assert.match(noise[0] ?? '', /trackPageVeiw/);
  assert.deepEqual(events, []);
});
