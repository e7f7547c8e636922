// A page that is left, put away and taken back, on the real core and both storages: no event is lost or there twice.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { TrackerOptions } from '../../js/src/types.ts';
import { settled, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const offline = (): Promise<never> => Promise.reject(new TypeError('offline'));

/** A tracker that has begun, in a page whose time stands. */
async function open(t: TestContext, options: Partial<TrackerOptions> = {}) {
  const time = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, () => answer(200));
  const make = () =>
    createTrackerWith((ready) => ready(realEngine()), { collector: 'https://collector.example', ...options });
  const run = async (ms = 5): Promise<void> => {
    page.becomeIdle();
    for (let i = 0; i < 5; ++i) {
      time.tick(ms / 5);
      await settled();
    }
  };
  /** How often each title was delivered. */
  const titles = (): Record<string, number> => {
    const count: Record<string, number> = {};
    for (const { page: title = '' } of network.events()) count[title] = (count[title] ?? 0) + 1;
    return count;
  };
  /** Rows in both places. */
  const stored = async (): Promise<number> =>
    page.localStorage.rows.size + Object.keys(await page.database.rows()).length;
  const tracker = make();
  await run();
  return { ...time, page, network, make, tracker, run, titles, stored };
}

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

test('what could not be sent is sent once by the page that comes back', async (t) => {
  const { page, network, tracker, run, titles, stored } = await open(t);
  network.respond = offline;
  tracker.trackPageView({ title: 'a' });
  await run();
  page.putAway();
  await run();
  assert.deepEqual([tracker.stats().pending, await stored()], [0, 1], 'it is whose who takes it');
  network.requests.length = 0;
  network.respond = () => answer(200);
  page.comeBack();
  await run(600_000);
  assert.deepEqual([titles(), await stored()], [{ a: 1 }, 0]);
  const { accepted, restored, delivered, pending } = tracker.stats();
  assert.deepEqual([accepted, restored, delivered, pending], [1, 1, 1, 0]);
});

test('what another page took meanwhile is not sent again by the page that comes back', async (t) => {
  const { page, network, tracker, make, run, titles, stored } = await open(t);
  network.respond = offline;
  tracker.trackPageView({ title: 'a' });
  await run();
  page.putAway();
  await run();
  network.requests.length = 0;
  network.respond = () => answer(200);
  make(); // in the fake, the next page shares the window: it hears nothing before it is idle
  await run(100);
  assert.deepEqual(titles(), { a: 1 });
  page.comeBack();
  await run(600_000);
  assert.deepEqual([titles(), await stored(), tracker.stats().pending], [{ a: 1 }, 0, 0]);
});

test('what a site tracks while its page is put away, after our own listener, is there once', async (t) => {
  const { page, network, tracker, run, titles, stored } = await open(t);
  network.respond = offline;
  page.happens('pagehide');
  tracker.trackPageView({ title: 'late' });
  page.show('hidden');
  await run();
  assert.equal(await stored(), 1, 'whoever comes next can take it');
  network.requests.length = 0;
  network.respond = () => answer(200);
  page.comeBack();
  await run(600_000);
  assert.deepEqual([titles(), await stored()], [{ late: 1 }, 0]);
  assert.equal(tracker.stats().pending, 0);
});

test('a request that the browser ends while the page is put away keeps nothing from being sent', async (t) => {
  const { page, network, tracker, run, titles } = await open(t);
  let end = (): void => {};
  network.respond = () => new Promise<never>((_, reject) => (end = () => reject(new TypeError('Failed to fetch'))));
  tracker.trackPageView({ title: 'under way' });
  await run();
  tracker.trackPageView({ title: 'waits' });
  await settled();
  assert.deepEqual(titles(), { 'under way': 1 });
  page.happens('pagehide');
  end();
  await settled();
  assert.equal(tracker.stats().failures, 0);
  page.show('hidden');
  assert.deepEqual(titles(), { 'under way': 1, waits: 1 });
  assert.equal(network.requests.at(-1)?.init.keepalive, true);
});

test('a page whose request was ended while it was put away goes on sending when it is taken back', async (t) => {
  const { page, network, tracker, run, titles, stored } = await open(t);
  network.respond = offline;
  tracker.trackPageView({ title: 'old' });
  page.putAway();
  await run();
  network.requests.length = 0;
  network.respond = () => answer(200);
  page.comeBack();
  await run(600_000);
  for (const title of ['new', 'newer']) {
    tracker.trackPageView({ title });
    await run(600_000);
  }
  assert.deepEqual([titles(), await stored()], [{ old: 1, new: 1, newer: 1 }, 0]);
  assert.deepEqual([tracker.stats().inFlight, tracker.stats().pending], [0, 0]);
});

test('an event of the last moment, before there is an engine, is in localStorage when the page is gone', (t) => {
  const time = stopTime(t);
  const page = openPage(t);
  const network = openNetwork(t, offline);
  const tracker = createTrackerWith((ready) => ready(realEngine()), { collector: 'https://collector.example' });
  tracker.trackPageView();
  page.putAway();
  assert.equal(page.localStorage.rows.size, 1, 'within the call: there may be no other');
  assert.equal(network.requests.length, 1);
  time.tick(1);
});

test('while a page is hidden new events go out at once, in requests that outlive it', async (t) => {
  const { page, network, tracker } = await open(t);
  page.show('hidden');
  tracker.trackPageView();
  assert.equal(network.requests.length, 1, 'within the call');
  assert.equal(network.requests[0]?.init.keepalive, true);
});

test('stats say how many of the events have a copy', async (t) => {
  const { network, tracker, run, stored } = await open(t);
  network.respond = () => new Promise<never>(() => {});
  for (let i = 0; i < 3; ++i) tracker.trackPageView();
  await run();
  const { pending, stored: copies } = tracker.stats();
  assert.deepEqual([pending, copies, await stored()], [3, 3, 3]);
});

test('rows move from localStorage to IndexedDB when they are a second old, and are there once', async (t) => {
  const { page, network, tracker, run } = await open(t);
  network.respond = () => new Promise<never>(() => {});
  for (let i = 0; i < 3; ++i) tracker.trackPageView();
  await run();
  assert.deepEqual([page.localStorage.rows.size, Object.keys(await page.database.rows()).length], [3, 0]);
  await run(1100);
  assert.deepEqual([page.localStorage.rows.size, Object.keys(await page.database.rows()).length], [0, 3]);
  assert.equal(tracker.stats().stored, 3);
});

test('many comings and goings lose nothing and send nothing twice', async (t) => {
  const { page, network, tracker, run, titles, stored } = await open(t);
  network.respond = offline;
  for (let i = 0; i < 10; ++i) {
    tracker.trackPageView({ title: `${i}` });
    if (i % 3 === 0) await run();
    page.putAway();
    if (i % 2 === 0) await run();
    page.comeBack();
    if (i % 4 === 0) await run();
  }
  await run();
  network.requests.length = 0;
  network.respond = () => answer(200);
  for (let i = 0; i < 4; ++i) await run(300_000);
  assert.deepEqual([Object.keys(titles()).length, sum(titles()), await stored()], [10, 10, 0]);
  const { accepted, delivered, pending } = tracker.stats();
  assert.deepEqual([accepted, delivered, pending], [10, 10, 0]);
});

for (const [state, waitsMs] of [
  ['visible', 50],
  ['hidden', 0],
] as const) {
  test(`rows of a page that is gone go out after ${waitsMs} ms where the page is ${state}`, async (t) => {
    const { page, run, tick, titles } = await open(t);
    page.show(state);
    const key = 'piste/piste/aaaaaaaa/1';
    page.localStorage.setItem(key, '2p-111700000000000{"e":"pv","eid":"x","page":"of the gone"}\n');
    page.happens('storage', { key });
    await settled();
    if (waitsMs) {
      tick(waitsMs - 1);
      await settled();
      assert.deepEqual(titles(), {});
      tick(1);
      await settled();
    }
    assert.deepEqual(titles(), { 'of the gone': 1 });
    await run();
  });
}
