// The benchmarks run and say what they promise, with figures too few to judge; and they notice when a side cheats.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './build.mjs';
import { bundle } from './bundles.mjs';
import { launchChromium } from './chromium.mjs';
import { servePages } from './page-server.mjs';
import { entryNames } from './size/sizes.mjs';
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
