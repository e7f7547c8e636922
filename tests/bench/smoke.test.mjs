// The benchmarks run and say what they promise, with figures too few to judge; and they notice when a side cheats.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './build.mjs';
import { bundle } from './bundles.mjs';
import { launchChromium } from './chromium.mjs';
import { runIn } from './consent/run.mjs';
import { servePages } from './page-server.mjs';
import { entryNames } from './size/sizes.mjs';
import { inPage, openPage, withBrowser, withProfile } from './storage/browsers.mjs';
import * as storage from './storage/run.mjs';
import { openBench, PAGE, PROGRAM } from './track-cost/bench-page.mjs';

/** Runs the front door; gives the object of its last line. @param {string[]} args */
function bench(...args) {
  const output = execFileSync(process.execPath, [join(root, 'tests/bench/main.mjs'), ...args, '--no-build'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
}

/**
 * The same keys; numbers above zero where the shape says 1, any where it says 0.
 * @param {unknown} value
 * @param {unknown} shape
 * @param {string} where
 */
function assertShape(value, shape, where) {
  if (typeof shape === 'number') {
    assert.ok(Number.isFinite(value) && (shape === 0 || Number(value) > 0), `${where} is ${JSON.stringify(value)}`);
    return;
  }
  const given = /** @type {Record<string, unknown>} */ (value);
  const wanted = /** @type {Record<string, unknown>} */ (shape);
  assert.deepEqual(Object.keys(given).sort(), Object.keys(wanted).sort(), where);
  for (const key of Object.keys(wanted)) assertShape(given[key], wanted[key], `${where}.${key}`);
}

test('size prints every size', () => {
  const bundleSize = { min: 1, gzip: 1, brotli: 1 };
  assertShape(
    bench('size'),
    {
      wasm: { raw: 1, gzip: 1, brotli: 1 },
      entries: Object.fromEntries(entryNames().map((name) => [name, bundleSize])),
      peers: { '@snowplow/browser-tracker': bundleSize, '@gitlab/application-sdk-browser': bundleSize },
    },
    'size',
  );
});

test('track-cost prints every case', () => {
  const percentiles = { p50: 1, p99: 1 };
  const one = { ours_us: percentiles, peer_us: percentiles, ratio_p50: 1, call_us: { ours: 0, peer: 0 } };
  assertShape(
    bench('track-cost', '--rounds', '1', '--events', '20', '--queued-events', '3'),
    { structured: one, self_describing: one, queue_500: { structured: one, self_describing: one } },
    'track-cost',
  );
});

test('start prints both times', () => {
  assertShape(
    bench('start', '--samples', '1'),
    { ours_ms: { p50: 1 }, peer_ms: { p50: 1 }, ratio_p50: 1, first_event_ms: { ours: 1, peer: 1 } },
    'start',
  );
});

test('chaos looks for every event of both sides', () => {
  const { ours, peer } = bench('chaos', '--tabs', '2', '--events', '40', '--pace-ms', '50');
  for (const side of [ours, peer]) {
    assert.equal(side.accepted, side.delivered + side.lost);
    assert.ok(side.accepted + side.young >= 80, `only ${side.accepted} events and ${side.young} young ones`);
  }
});

test('storage prints what each way costs and what a kill leaves', () => {
  const few = ['--rounds', '1', '--blocks', '1', '--events', '10', '--series', '1', '--kills', '0', '--leaves', '0'];
  const way = { cpu_us: 0, other_tab_us: 0, call_us: 0, confirmed_us: 0 };
  const single = { local_storage: way, indexed_db_batched: way, mix_acknowledged: way, mix_lasting: way };
  const several = { ...single, indexed_db_each: way };
  const questions = { lock_if_available: way, lock_refused: way, lock_held: way, databases: way, open: way };
  const { browser, ...parts } = bench('storage', '--parts', 'costs,survival', ...few);
  assert.equal(browser, 'chromium');
  const survivors = { written: 1, confirmed: 0, local_storage: 0, indexed_db: 0 };
  assertShape(
    parts,
    {
      costs: {
        per_event: {
          waiting_0_task_of_1: single,
          waiting_0_task_of_10: several,
          waiting_1000_task_of_1: single,
          waiting_1000_task_of_10: several,
        },
        questions,
      },
      survival: { killed_after_a_series_of_1: survivors },
    },
    'storage',
  );
});

test('a way to store that does not store is not timed', async () => {
  const { text } = await bundle(storage.PROGRAM);
  const server = await servePages({ '/page.html': storage.PAGE, '/page.js': text });
  try {
    await withProfile((profile) =>
      withBrowser('chromium', profile, async (context) => {
        const page = await openPage(context, server.origin);
        await inPage(page, 'check', 'localStorage');
        await page.evaluate(() => (Storage.prototype.setItem = () => {}));
        await assert.rejects(inPage(page, 'check', 'localStorage'), /localStorage: 0 rows stored instead of 2, 0 left/);
      }),
    );
  } finally {
    server.close();
  }
});

test('exit says of each cell what arrived', () => {
  const few = ['--browser', 'chromium', '--exits', 'navigate,background', '--origins', 'cross', '--samples', '1'];
  const cells = bench('exit', ...few, '--events', '2', '--lanes', '2');
  const side = { at_once: 0, after_next_load: 1, duplicates: 0 };
  const ranges = { at_once_range: [0, 0], after_next_load_range: [1, 1], duplicates_range: [0, 0] };
  assert.equal(cells.length, 2);
  for (const { browser, exit, origin, events, ours, peer } of cells) {
    assert.deepEqual([browser, origin, events], ['chromium', 'cross', 2]);
    for (const one of [ours, peer]) assertShape(one, { ...side, ...ranges }, exit);
    assert.equal(ours.after_next_load, 100, exit);
  }
});

test('consent finds that nothing is written, sent or left without it', () => {
  const nothing = {
    writes_before_grant: 0,
    requests_before_grant: 0,
    writes_after_denial: 0,
    requests_after_denial: 0,
    left_after_withdrawal: 0,
  };
  assert.deepEqual(bench('consent'), { engines: { 'chromium index.js': nothing, 'chromium full.js': nothing } });
});

test('and of a tracker that does not heed it, that all of that is', async () => {
  for (const entry of ['index.js', 'full.js'])
    for (const [figure, count] of Object.entries(await runIn('chromium', entry, false)))
      assert.ok(count > 0, `${entry}: ${figure}`);
});

test('an unknown name is refused with the names that there are', () => {
  assert.throws(() => bench('sizes'), { status: 2 });
});

test('a side that does not store its events is not timed', async () => {
  const { text } = await bundle(PROGRAM);
  const server = await servePages({ '/page.html': PAGE, '/page.js': text });
  const browser = await launchChromium();
  try {
    const { bench: opened } = await openBench(browser, server.origin, { useLocalStorage: false });
    const plan = /** @type {const} */ ({ kind: 'structured', queue: 0, events: 1, warmUp: 1 });
    await assert.rejects(
      opened.evaluate((one, given) => one.measure(given), plan),
      /peer: 0 events in localStorage instead of 1/,
    );
  } finally {
    await browser.close();
    server.close();
  }
});
