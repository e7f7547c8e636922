// Events outlive what happens to their page: reload, navigation, closing, and a collector that is away meanwhile.
import { expect, flush, ledgerOf, storedRows, test } from './fixtures.ts';

test('rows survive a reload and are delivered once by the next page', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await page.evaluate(() => {
    for (let i = 0; i < 5; ++i) window.tracker.trackStructured({ category: 'c', action: `${i}` });
  });
  await flush(page);
  expect(await storedRows(page)).toHaveLength(5);
  await page.reload();
  field.collector.faults.set({});
  const events = await field.arrived(5);
  expect(events.map((event) => event.payload['se_ac'])).toEqual(['0', '1', '2', '3', '4']);
  await expect.poll(() => storedRows(page)).toEqual([]);
  expect(await ledgerOf(page)).toMatchObject({ accepted: 5, restored: 5, delivered: 5 });
});

test('an event tracked while the page is left arrives, though nothing waits for it', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackStructured({ category: 'link', action: 'click' });
    location.href = '/next';
  });
  const events = await field.arrived(1);
  expect(events[0]?.payload['se_ca']).toBe('link');
});

test('an event tracked before the engine is there survives a page that is left at once', async ({ field, page }) => {
  const script = `window.tracker.trackStructured({ category: 'bounce', action: 'x' }); location.href = '/next';`;
  await page.goto(field.address({}, { script }));
  await page.waitForURL('**/next');
  expect((await field.arrived(1))[0]?.payload['se_ca']).toBe('bounce');
});

test('what does not fit into the last requests stays stored for the next page', async ({ field }) => {
  // A collector that never answers keeps the first request under way; the rest waits.
  field.collector.faults.set({ hang: true });
  const page = await field.open();
  await page.evaluate(() => {
    for (let i = 0; i < 40; ++i)
      window.tracker.trackStructured({ category: 'c', action: `${i}`, label: 'x'.repeat(4000) });
  });
  await page.goto(`${field.siteUrl}/next`);
  expect((await storedRows(page)).length).toBe(40);
  field.collector.faults.set({});
  await field.open();
  const events = await field.arrived(40);
  const actions = new Set(events.map((event) => event.payload['se_ac']));
  expect(actions.size).toBe(40);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('a tab that is closed leaves its rows to the tab that is opened next', async ({ field, context }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await page.evaluate(() => window.tracker.trackPageView());
  await flush(page);
  const other = await context.newPage();
  await other.goto(`${field.siteUrl}/next`);
  await page.close();
  field.collector.faults.set({});
  await other.goto(field.address());
  const events = await field.arrived(1);
  expect(events).toHaveLength(1);
});

test('a tab does not touch the rows of a tab that lives', async ({ field, context }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await page.evaluate(() => window.tracker.trackPageView());
  await flush(page);
  const before = await storedRows(page);
  const other = await context.newPage();
  await other.goto(field.address());
  await flush(other);
  expect(await ledgerOf(other)).toMatchObject({ accepted: 0, restored: 0 });
  expect(await storedRows(other)).toEqual(before);
});

test('trackers of different names never meet', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open({ namespace: 'a' });
  await page.evaluate(() => window.tracker.trackPageView());
  await flush(page);
  for (const namespace of ['a/b', 'a.b', 'A', '']) {
    await page.goto(field.address({ namespace }));
    await flush(page);
    expect(await ledgerOf(page)).toMatchObject({ accepted: 0 });
  }
  expect(await storedRows(page)).toHaveLength(1);
});

test('with memory only nothing is written', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open({ storage: 'memory' });
  await page.evaluate(() => window.tracker.trackPageView());
  expect(await flush(page)).toMatchObject({ pending: 1 });
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  field.collector.faults.set({});
  await flush(page);
  expect(await field.arrived(1)).toHaveLength(1);
});

test('a full storage keeps nothing from being delivered', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    localStorage.setItem('site', 'x'.repeat(5_200_000));
    for (let i = 0; i < 10; ++i)
      window.tracker.trackStructured({ category: 'c', action: `${i}`, label: 'y'.repeat(9000) });
  });
  expect(await flush(page)).toMatchObject({ accepted: 10, delivered: 10 });
  expect(await page.evaluate(() => localStorage.getItem('site')?.length)).toBe(5_200_000);
});

test('rows that are broken are counted and taken away, and do no harm', async ({ field, page }) => {
  await page.goto(`${field.siteUrl}/next`);
  await page.evaluate(() => {
    localStorage.setItem('piste/piste/00000000/1', 'not a row');
    localStorage.setItem('piste/piste/00000000/2', '9p-{"e":"pv"}');
    localStorage.setItem('piste/piste/00000000/3', '1p-{"e":"pv","tv":"x","p":"web","eid":"torn');
    localStorage.setItem('piste', 'the site’s own');
  });
  await field.open();
  await expect.poll(async () => (await ledgerOf(page)).dropped).toEqual({ unreadable: 3 });
  expect(await page.evaluate(() => localStorage.getItem('piste'))).toBe('the site’s own');
  expect(await storedRows(page)).toEqual([]);
});
