// On plain http browsers have no Web Locks: rows are owned by leases then. The names under `.test` are such pages.
import type { Page } from '@playwright/test';
import { hide, show } from './chromium.ts';
import type { Field } from './fixtures.ts';
import { expect, flush, ledgerOf, localRows, storedRows, test, trackMany, whenTracking } from './fixtures.ts';

const DOWN = { status: 503 };
const isOurs = (url: string): string => url.replace('localhost', 'test');
const addressOf = (field: Field): string => isOurs(field.address());

const expectNoLocks = async (page: Page): Promise<void> => {
  expect(await page.evaluate(() => [isSecureContext, 'locks' in navigator])).toEqual([false, false]);
};

test('without Web Locks two living tabs do not touch the rows of each other', async ({ field, visitor }) => {
  field.collector.faults.set(DOWN);
  const [first, second] = [await visitor.open(addressOf(field)), await visitor.open(addressOf(field))];
  await Promise.all([whenTracking(first), whenTracking(second)]);
  await expectNoLocks(first);
  await Promise.all([trackMany(first, 'first', 10), trackMany(second, 'second', 10)]);
  await Promise.all([flush(first), flush(second)]);
  await expect.poll(() => storedRows(first)).toHaveLength(20);
  const third = await whenTracking(await visitor.open(addressOf(field)));
  await hide(second);
  await show(second);
  field.collector.faults.set({});
  await trackMany(third, 'third', 1);
  await expect
    .poll(async () => (await Promise.all([first, second, third].map(flush))).map(({ delivered }) => delivered))
    .toEqual([10, 10, 1]);
  for (const page of [first, second, third]) expect(await ledgerOf(page)).toMatchObject({ restored: 0, pending: 0 });
  const ids = field.collector.store.events().map(({ payload }) => payload['eid']);
  expect(ids).toHaveLength(21);
  expect(new Set(ids).size).toBe(21);
  await expect.poll(() => storedRows(first)).toEqual([]);
});

test('without Web Locks the next page takes over what a closed one has left, once', async ({ field, visitor }) => {
  field.collector.faults.set(DOWN);
  const page = await whenTracking(await visitor.open(addressOf(field)));
  await trackMany(page, 'row', 10);
  await flush(page);
  await page.close();
  field.collector.faults.set({});
  // Both see the rows, and both would like them.
  const [one, other] = await Promise.all([visitor.open(), visitor.open()]);
  await Promise.all([one.goto(addressOf(field)), other.goto(addressOf(field))]);
  await Promise.all([whenTracking(one), whenTracking(other)]);
  await field.arrived(10);
  await expect.poll(() => storedRows(one)).toEqual([]);
  const [a, b] = await Promise.all([flush(one), flush(other)]);
  expect([a.restored, b.restored].sort((x, y) => x - y)).toEqual([0, 10]);
  expect(field.collector.store.events()).toHaveLength(10);
});

test('a lease that was not renewed ends; one that runs does not', async ({ field, visitor }) => {
  field.collector.faults.set(DOWN);
  const page = await whenTracking(await visitor.open(addressOf(field)));
  await trackMany(page, 'row', 2);
  await flush(page);
  // A page that dies does not give its lease back: two rows of such pages.
  await expect.poll(() => storedRows(page)).toHaveLength(2);
  await visitor.crash(page);
  const early = await whenTracking(await visitor.open(addressOf(field)));
  field.collector.faults.set({});
  await trackMany(early, 'own', 1);
  await field.arrived(1);
  expect(await ledgerOf(early)).toMatchObject({ accepted: 1, restored: 0 });
  expect(await storedRows(early)).toHaveLength(2);
  await early.close();
  // Ten minutes later.
  const before = `const now = Date.now; Date.now = () => now() + 600000;`;
  const late = await whenTracking(await visitor.open(isOurs(field.address({}, { before }))));
  await field.arrived(3);
  await expect.poll(() => localRows(late)).toEqual([]);
  expect(field.collector.store.events()).toHaveLength(3);
});
