// A collector that fails in every way: events stay, the wait is visible, and the page hears nothing of it.
import { expect, flush, ledgerOf, storedRows, test } from './fixtures.ts';

test('without a collector the mistake is told, and events wait', async ({ field }) => {
  const page = await field.open({ collector: undefined as unknown as string });
  await page.evaluate(() => window.tracker.trackPageView());
  expect(await flush(page)).toMatchObject({ accepted: 1, pending: 1, failures: 0 });
  expect(await page.evaluate(() => window.problems)).toEqual([{ code: 102, during: 'configure', detail: 16 }]);
  expect(field.noise).toEqual([]);
});

for (const collector of ['http://127.0.0.1:9', 'http://', 'no such host/%', 'javascript:alert(1)', '//']) {
  test(`with the wrong collector ${collector} events wait`, async ({ field }) => {
    const page = await field.open({ collector });
    await page.evaluate(() => window.tracker.trackPageView());
    await flush(page);
    expect(await ledgerOf(page)).toMatchObject({ accepted: 1, pending: 1 });
    // When the page has the right to its name: a request that fails at once may be quicker.
    await expect.poll(() => storedRows(page)).toHaveLength(1);
    // The browser itself reports a failed request; nothing else may be there.
    expect(field.noise.filter((line) => !line.includes('Failed to load resource'))).toEqual([]);
  });
}

test('after 500 the wait grows, and all arrives once the collector is back', async ({ field }) => {
  field.collector.faults.set({ status: 500 });
  const page = await field.open();
  let refusedCount = 0;
  page.on('response', (response) => (refusedCount += +(response.status() === 500)));
  await page.evaluate(() => window.tracker.trackPageView());
  await flush(page);
  await flush(page);
  const stats = await ledgerOf(page);
  expect(stats).toMatchObject({ accepted: 1, pending: 1 });
  // More than the two that were asked for, if the first wait was short: it is random.
  expect(stats.failures).toBeGreaterThanOrEqual(2);
  await expect.poll(() => refusedCount).toBeGreaterThanOrEqual(stats.failures);
  expect(stats.retryInMs).toBeLessThanOrEqual(1000 * 2 ** (stats.failures - 1));
  field.collector.faults.set({});
  const events = await field.arrived(1);
  expect(events).toHaveLength(1);
  await expect.poll(async () => (await ledgerOf(page)).failures).toBe(0);
});

test('429 with Retry-After is obeyed, even when the page asks for more', async ({ field }) => {
  field.collector.faults.set({ status: 429, retryAfter: '2', count: 1 });
  const page = await field.open();
  const asked = Date.now();
  await page.evaluate(() => window.tracker.trackPageView());
  await expect.poll(async () => (await ledgerOf(page)).retryInMs).toBeGreaterThan(1000);
  expect(await flush(page)).toMatchObject({ pending: 1, failures: 1 });
  await field.arrived(1);
  expect(Date.now() - asked).toBeGreaterThanOrEqual(2000);
});

test('a collector that answers garbage has the events', async ({ field }) => {
  field.collector.faults.set({ garbage: true });
  const page = await field.open();
  await page.evaluate(() => window.tracker.trackPageView());
  expect(await flush(page)).toMatchObject({ delivered: 1 });
  expect(await field.arrived(1)).toHaveLength(1);
});

test('a collector that never answers is given up after the time-out', async ({ field }) => {
  field.collector.faults.set({ hang: true });
  const page = await field.open({ requestTimeoutMs: 1500 });
  await page.evaluate(() => window.tracker.trackPageView());
  expect(await flush(page)).toMatchObject({ pending: 1, failures: 1, inFlight: 0 });
  field.collector.faults.set({});
  // The right to try may still be asked for, and a flush does not wait for that.
  await expect.poll(() => flush(page)).toMatchObject({ delivered: 1 });
});

test('a connection that breaks after the events were taken brings them twice, with the same id', async ({ field }) => {
  field.collector.faults.set({ drop: 'after', count: 1 });
  const page = await field.open();
  await page.evaluate(() => window.tracker.trackPageView());
  await flush(page);
  const events = await field.arrived(2);
  expect(events[0]?.payload['eid']).toBe(events[1]?.payload['eid']);
});

for (const status of [400, 401, 403, 410, 422]) {
  test(`${status} is final: the events are counted as rejected, and the next ones go out`, async ({ field }) => {
    field.collector.faults.set({ status, count: 1 });
    const page = await field.open();
    await page.evaluate(() => window.tracker.trackPageView());
    expect(await flush(page)).toMatchObject({ pending: 0, rejected: { [status]: 1 } });
    await expect
      .poll(() => page.evaluate(() => window.problems))
      .toEqual([{ code: 202, during: 'send', detail: status }]);
    expect(await storedRows(page)).toEqual([]);
    await page.evaluate(() => window.tracker.trackPageView());
    expect(await flush(page)).toMatchObject({ delivered: 1 });
  });
}
