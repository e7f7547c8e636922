// What the site is told of its events: delivered, dropped with the reason, tried again; and what stats() counts.
import type { Page } from '@playwright/test';
import { expect, flush, ledgerOf, test, trackMany, whenTracking } from './fixtures.ts';

const told = (page: Page): Promise<Window['told']> => page.evaluate(() => window.told);

test('each delivered event is told once, by its id, and never inside of a call', async ({ field }) => {
  const script = `
    window.inCall = false;
    window.insideOfCalls = 0;
    window.told.delivered.push = function (delivery) {
      window.insideOfCalls += window.inCall;
      return Array.prototype.push.call(this, delivery);
    };`;
  const page = await field.open({}, { script });
  await page.evaluate(async () => {
    const state = window as unknown as { inCall: boolean };
    for (let i = 0; i < 10; ++i) {
      state.inCall = true;
      window.tracker.trackStructured({ category: 'c', action: `${i}` });
      window.tracker.stats();
      state.inCall = false;
      if (i % 3 === 0) await window.tracker.flush();
    }
  });
  await flush(page);
  const events = await field.arrived(10);
  await expect.poll(async () => (await told(page)).delivered.length).toBe(10);
  const { delivered, dropped, retries } = await told(page);
  expect(delivered.map(({ eventId }) => eventId)).toEqual(events.map(({ payload }) => payload['eid']));
  expect([dropped, retries]).toEqual([[], []]);
  expect(await page.evaluate(() => (window as unknown as { insideOfCalls: number }).insideOfCalls)).toBe(0);
});

test('events of requests by GET are told by their ids, too', async ({ field }) => {
  const page = await field.open({ method: 'get' }, { entry: 'full.js' });
  await trackMany(page, 'event', 3);
  const events = await field.arrived(3);
  await expect.poll(async () => (await told(page)).delivered.length).toBe(3);
  const ids = events.map(({ payload }) => payload['eid']);
  expect((await told(page)).delivered.map(({ eventId }) => eventId)).toEqual(ids);
});

test('each event that is dropped is told with its reason', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    window.tracker.trackSelfDescribing({ schema: 'iglu:com.acme/a/jsonschema/1-0-0', data: cycle });
    window.tracker.trackStructured({ category: 'c', action: 'x'.repeat(2_000_000) });
    window.tracker.trackStructured({ category: '', action: '' });
  });
  expect((await flush(page)).dropped).toEqual({ unserialisable: 1, too_large: 1, invalid: 1 });
  await expect.poll(async () => (await told(page)).dropped.map(({ code }) => code).sort()).toEqual([103, 106, 107]);
});

test('an event that a full queue gives up for a more valuable one is told by its id', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await page.evaluate(async () => {
    await window.tracker.flush();
    const track = (priority: 'low' | 'normal' | 'high', action: string): void =>
      window.tracker.trackStructured({ category: 'c', action, label: 'x'.repeat(100_000), priority });
    for (let i = 0; i < 25; ++i) track(i < 3 ? 'low' : 'normal', `${i}`);
    track('high', 'high');
  });
  const { dropped, pending, accepted } = await flush(page);
  expect(accepted).toBe(26);
  expect(dropped['evicted']).toBeGreaterThanOrEqual(1);
  expect(pending + (dropped['evicted'] ?? 0) + (dropped['queue_full'] ?? 0)).toBe(26);
  const count = (dropped['evicted'] ?? 0) + (dropped['queue_full'] ?? 0);
  await expect.poll(async () => (await told(page)).dropped.length).toBe(count);
  const evicted = (await told(page)).dropped.filter(({ code }) => code === 203);
  expect(evicted).toHaveLength(dropped['evicted'] ?? 0);
  for (const { eventId } of evicted) expect(eventId).toMatch(/^[\da-f-]{36}$/);
  field.collector.faults.set({});
  const events = await field.arrived(pending);
  expect(events.map(({ payload }) => payload['se_ac'])).toContain('high');
  const ids = events.map(({ payload }) => payload['eid']);
  for (const { eventId } of evicted) expect(ids).not.toContain(eventId);
});

test('each failed request is told with its status and the wait', async ({ field }) => {
  field.collector.faults.set({ status: 503, count: 2 });
  const page = await field.open();
  await trackMany(page, 'event', 2);
  await flush(page);
  await flush(page);
  expect(await flush(page)).toMatchObject({ delivered: 2, failures: 0 });
  await expect.poll(async () => (await told(page)).delivered.length).toBe(2);
  const { retries } = await told(page);
  expect(retries.map(({ status, failures }) => [status, failures])).toEqual([
    [503, 1],
    [503, 2],
  ]);
  expect(retries[0]?.retryInMs).toBeLessThanOrEqual(1000);
  expect(retries[1]?.retryInMs).toBeLessThanOrEqual(2000);
});

test('a request without an answer is told as status 0', async ({ field }) => {
  field.collector.faults.set({ drop: 'before', count: 1 });
  const page = await field.open();
  await trackMany(page, 'event', 1);
  await flush(page);
  await expect.poll(async () => (await told(page)).retries.length).toBe(1);
  expect((await told(page)).retries[0]).toMatchObject({ status: 0, failures: 1 });
  await field.arrived(1);
});

test('stats tell how many pending events survive the page', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await trackMany(page, 'event', 7);
  await flush(page);
  await expect.poll(() => ledgerOf(page)).toMatchObject({ pending: 7, stored: 7 });
  field.collector.faults.set({});
  await expect.poll(() => flush(page)).toMatchObject({ pending: 0, stored: 0, delivered: 7 });
  await page.goto(field.address({ storage: 'memory' }));
  await whenTracking(page);
  field.collector.faults.set({ status: 503 });
  await trackMany(page, 'event', 7);
  expect(await flush(page)).toMatchObject({ pending: 7, stored: 0 });
});

test('callbacks of the site that throw harm nobody', async ({ field }) => {
  const script = `
    const fail = () => { throw new Error('of the site'); };
    window.told.delivered.push = window.told.dropped.push = window.told.retries.push = fail;`;
  field.collector.faults.set({ status: 503, count: 1 });
  const page = await field.open({}, { script });
  await trackMany(page, 'event', 3);
  await page.evaluate(() => window.tracker.trackStructured({ category: '', action: '' }));
  await flush(page);
  await expect.poll(() => flush(page)).toMatchObject({ accepted: 4, delivered: 3, dropped: { invalid: 1 } });
  expect(field.noise.filter((line) => !line.includes('Failed to load resource'))).toEqual([]);
});

/** What the tracker of a development build says of an event. */
const explain = (page: Page, eventId: string | undefined): Promise<unknown> =>
  page.evaluate((id) => window.tracker.explain?.(`${id}`), eventId);

test('a development build explains what became of an event, by its id', async ({ field, scripted }) => {
  scripted.answer = () => (scripted.asked.length === 1 ? { status: 503 } : {});
  const page = await field.open({ collector: scripted.url }, { entry: 'index.dev.js' });
  await trackMany(page, 'event', 1);
  await flush(page);
  const eventId = scripted.asked[0]?.events[0]?.['eid'];
  const waiting = { state: 'pending', stored: true, attempts: 1, status: 503 };
  await expect.poll(() => explain(page, eventId)).toMatchObject(waiting);
  await flush(page);
  await expect.poll(() => explain(page, eventId)).toMatchObject({ state: 'delivered', attempts: 2, status: 200 });
  scripted.answer = () => ({ status: 422 });
  await trackMany(page, 'refused', 1);
  await flush(page);
  const refusedId = scripted.asked.at(-1)?.events[0]?.['eid'];
  expect(refusedId).not.toBe(eventId);
  await expect
    .poll(() => explain(page, refusedId))
    .toMatchObject({ state: 'dropped', attempts: 1, status: 422, code: 202 });
  expect(await explain(page, 'no such event')).toBeUndefined();
});

test('an event of an earlier page is explained by the page that took it over', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await trackMany(page, 'event', 1);
  await flush(page);
  await page.goto(field.address({}, { entry: 'index.dev.js' }));
  await whenTracking(page);
  await expect.poll(() => ledgerOf(page)).toMatchObject({ restored: 1 });
  field.collector.faults.set({});
  const [event] = await field.arrived(1);
  await expect
    .poll(() => explain(page, event?.payload['eid']))
    .toMatchObject({ state: 'delivered', stored: true, status: 200 });
});

test('the default entry does not explain', async ({ field }) => {
  const page = await field.open();
  expect(await page.evaluate(() => typeof window.tracker.explain)).toBe('undefined');
});

test('the health of a tracker arrives as an event that adds up', async ({ field }) => {
  const script = `
    import('/piste/health.js').then(({ reportHealth }) => {
      window.endHealth = reportHealth(window.tracker, { everyMs: 200 });
    });`;
  const page = await field.open({}, { script });
  await page.evaluate(() => {
    window.tracker.trackStructured({ category: '', action: '' });
    window.tracker.trackStructured({ category: 'c', action: 'a' });
  });
  const [first, health] = await field.arrived(2);
  expect(first?.payload['se_ac']).toBe('a');
  expect(health?.decoded.event?.schema).toMatch(/tracker_health\/jsonschema\/1-0-1$/);
  expect(health?.decoded.event?.data).toMatchObject({ accepted: 2, dropped: { invalid: 1 } });
  await page.evaluate(() => (window as unknown as { endHealth: () => void }).endHealth());
  expect((await flush(page)).accepted).toBe(3);
});
