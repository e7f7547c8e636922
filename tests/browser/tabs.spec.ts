// Tabs that share a storage and a collector: each event goes out once, every row has one living owner, and while the
// collector is down one of them asks for all.
import type { Page } from '@playwright/test';
import { hide, show } from './chromium.ts';
import {
  actionsOf,
  expect,
  flush,
  lastingRows,
  ledgerOf,
  storedRows,
  test,
  trackMany,
  whenTracking,
} from './fixtures.ts';
import type { ScriptedCollector } from './scripted-collector.ts';

const DOWN = { status: 503 };

/** Which tab sent each request: each tracks events that have its name. */
const tabsOf = ({ asked }: ScriptedCollector): string[] =>
  asked.map(({ events }) => events[0]?.['se_ac']?.slice(0, 1) ?? '');

/** The pages that have the right to try the collector, and how many wait for it. */
const probesOf = (page: Page): Promise<{ held: number; waiting: number }> =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const ofProbe = (locks: LockInfo[]): number => locks.filter(({ name }) => name?.startsWith('piste ')).length;
    return { held: ofProbe(held), waiting: ofProbe(pending) };
  });

test('two tabs whose collector is away and comes back deliver each event once', async ({ field, context }) => {
  field.collector.faults.set(DOWN);
  const first = await field.open();
  const second = await context.newPage();
  await second.goto(field.address());
  await whenTracking(second);
  await Promise.all([trackMany(first, 'first', 20), trackMany(second, 'second', 20)]);
  await Promise.all([flush(first), flush(second)]);
  await expect.poll(() => storedRows(first)).toHaveLength(40);
  field.collector.faults.set({});
  for (const page of [first, second]) {
    await expect.poll(async () => (await flush(page)).pending).toBe(0);
    expect(await ledgerOf(page)).toMatchObject({ accepted: 20, restored: 0, delivered: 20, stored: 0 });
  }
  const actions = (await field.arrived(40)).map(({ payload }) => payload['se_ac']);
  expect(actions.sort()).toEqual([...actionsOf('first', 20), ...actionsOf('second', 20)].sort());
  await expect.poll(() => storedRows(first)).toEqual([]);
});

test('a tab that is seen again takes over what a closed one has left', async ({ field, visitor }) => {
  field.collector.faults.set(DOWN);
  const [left, stays] = [await visitor.open(field.address()), await visitor.open(field.address())];
  await Promise.all([whenTracking(left), whenTracking(stays)]);
  await trackMany(left, 'left', 5);
  await flush(left);
  await hide(stays);
  await left.close();
  field.collector.faults.set({});
  await show(stays);
  expect(await field.arrived(5)).toHaveLength(5);
  await expect.poll(async () => (await ledgerOf(stays)).delivered).toBe(5);
  expect(await ledgerOf(stays)).toMatchObject({ accepted: 5, restored: 5 });
  await expect.poll(() => storedRows(stays)).toEqual([]);
});

test('a tab that is seen all the time takes over at once what a closed one has left', async ({ field, context }) => {
  field.collector.faults.set(DOWN);
  const stays = await field.open();
  const left = await context.newPage();
  await left.goto(field.address());
  await whenTracking(left);
  await trackMany(left, 'left', 5);
  await flush(left);
  // In this order: with a collector the tab might send its events itself, while it closes.
  await left.close();
  await expect.poll(() => ledgerOf(stays)).toMatchObject({ accepted: 5, restored: 5, pending: 5 });
  field.collector.faults.set({});
  expect(await field.arrived(5)).toHaveLength(5);
  await expect.poll(() => ledgerOf(stays)).toMatchObject({ accepted: 5, restored: 5, delivered: 5 });
  await expect.poll(() => storedRows(stays)).toEqual([]);
});

test('the next page takes over the rows of all tabs that were closed, oldest first', async ({ field, context }) => {
  field.collector.faults.set(DOWN);
  const keeper = await context.newPage();
  await keeper.goto(`${field.siteUrl}/next`);
  for (const label of ['a', 'b', 'c']) {
    const page = await context.newPage();
    await page.goto(field.address());
    await whenTracking(page);
    await trackMany(page, label, 3);
    await page.close();
  }
  expect(await storedRows(keeper)).toHaveLength(9);
  field.collector.faults.set({});
  await keeper.goto(field.address());
  const actions = (await field.arrived(9)).map(({ payload }) => payload['se_ac']);
  expect(actions).toEqual([...actionsOf('a', 3), ...actionsOf('b', 3), ...actionsOf('c', 3)]);
  await expect.poll(() => storedRows(keeper)).toEqual([]);
});

test('rows of a living tab are never taken, however many pages come and go', async ({ field, context }) => {
  field.collector.faults.set(DOWN);
  const living = await field.open();
  await trackMany(living, 'living', 10);
  await flush(living);
  await expect.poll(() => storedRows(living)).toHaveLength(10);
  const rows = await storedRows(living);
  const other = await context.newPage();
  for (let i = 0; i < 3; ++i) {
    await other.goto(field.address());
    await whenTracking(other);
    await flush(other);
    expect(await ledgerOf(other)).toMatchObject({ accepted: 0, restored: 0 });
  }
  expect(await storedRows(other)).toEqual(rows);
  expect(await ledgerOf(living)).toMatchObject({ accepted: 10, pending: 10, stored: 10 });
});

test('trackers of different names never meet, not even a and a/b', async ({ field }) => {
  const names = ['a', 'a/b', 'a%2Fb', 'a.b', 'A', ''];
  field.collector.faults.set(DOWN);
  const page = await field.open({ namespace: 'a/b' });
  await trackMany(page, 'row', 3);
  await flush(page);
  await page.goto(`${field.siteUrl}/next`);
  await expect.poll(() => storedRows(page)).toHaveLength(3);
  field.collector.faults.set({});
  for (const namespace of names.filter((name) => name !== 'a/b')) {
    await page.goto(field.address({ namespace }));
    await whenTracking(page);
    // Its own event went out: it has looked at what is stored.
    await trackMany(page, 'own', 1);
    expect(await flush(page)).toMatchObject({ accepted: 1, restored: 0, delivered: 1 });
  }
  expect(await storedRows(page)).toHaveLength(3);
  await page.goto(field.address({ namespace: 'a/b' }));
  const events = await field.arrived(names.length - 1 + 3);
  expect(events.slice(-3).map(({ payload }) => payload['tna'])).toEqual(['a/b', 'a/b', 'a/b']);
});

test('while the collector is down one of four tabs tries it, and all deliver afterwards', async ({
  field,
  context,
  scripted,
}) => {
  const tabs = ['0', '1', '2', '3'];
  // The first answers come when all four have asked: each tab discovers it for itself.
  const discovered = { tell: (): void => {} };
  const all = new Promise<void>((resolve) => (discovered.tell = resolve));
  scripted.answer = async () => {
    if (scripted.asked.length === tabs.length) discovered.tell();
    await all;
    return DOWN;
  };
  const pages: Page[] = [];
  for (const tab of tabs) {
    const page = await context.newPage();
    await page.goto(field.address({ collector: scripted.url, requestTimeoutMs: 60_000 }));
    await whenTracking(page);
    await trackMany(page, `${tab}.`, 3);
    pages.push(page);
  }
  const [one] = pages as [Page];
  await expect.poll(() => probesOf(one)).toEqual({ held: 1, waiting: 3 });
  const before = scripted.asked.length;
  // Each asks for all it can: new events, and at once. Only the one with the right sends.
  for (let round = 0; round < 5; ++round) {
    await Promise.all(pages.map((page, i) => trackMany(page, `${tabs[i]}.later`, 1)));
    await Promise.all(pages.map((page) => flush(page)));
  }
  const probes = tabsOf(scripted).slice(before);
  expect(probes.length).toBeGreaterThanOrEqual(1);
  expect(probes.length).toBeLessThanOrEqual(10);
  expect(new Set(probes).size).toBe(1);
  expect(tabsOf(scripted).slice(0, tabs.length).sort()).toEqual(tabs);
  for (const page of pages) expect(await ledgerOf(page)).toMatchObject({ accepted: 8, pending: 8 });

  scripted.answer = () => ({});
  // The one with the right tries at once; the others follow by themselves.
  await expect
    .poll(async () => (await Promise.all(pages.map(flush))).map(({ delivered }) => delivered), { timeout: 20_000 })
    .toEqual([8, 8, 8, 8]);
  const ids = scripted.taken().map((event) => event['eid']);
  expect(ids).toHaveLength(32);
  expect(new Set(ids).size).toBe(32);
  expect(await probesOf(one)).toEqual({ held: 0, waiting: 0 });
});

test('a tab that is seen takes the right to try from one that is not', async ({ field, visitor, scripted }) => {
  scripted.answer = () => DOWN;
  const address = field.address({ collector: scripted.url });
  const [unseen, seen] = [await visitor.open(address), await visitor.open(address)];
  await Promise.all([whenTracking(unseen), whenTracking(seen)]);
  await trackMany(unseen, 'u', 1);
  await expect.poll(() => probesOf(unseen)).toEqual({ held: 1, waiting: 0 });
  await hide(unseen);
  await trackMany(seen, 's', 1);
  await expect.poll(() => probesOf(seen)).toEqual({ held: 1, waiting: 1 });
  const before = scripted.asked.length;
  for (let round = 0; round < 3; ++round) await Promise.all([flush(unseen), flush(seen)]);
  expect(new Set(tabsOf(scripted).slice(before))).toEqual(new Set(['s']));
});

test('a tab that waited for the right has it when it is seen and the other is not any more', async ({
  field,
  visitor,
  scripted,
}) => {
  scripted.answer = () => DOWN;
  const address = field.address({ collector: scripted.url });
  const pages = [await visitor.open(address), await visitor.open(address)] as const;
  await Promise.all(pages.map(whenTracking));
  await Promise.all([trackMany(pages[0], '0', 1), trackMany(pages[1], '1', 1)]);
  await expect.poll(() => probesOf(pages[0])).toEqual({ held: 1, waiting: 1 });
  // Which one it is, is told by who asks.
  const before = scripted.asked.length;
  await Promise.all(pages.map(flush));
  expect(scripted.asked.length).toBeGreaterThan(before);
  const name = tabsOf(scripted).at(-1) === '0' ? '1' : '0';
  const [holder, other] = name === '1' ? pages : [pages[1], pages[0]];
  await hide(other);
  await hide(holder);
  await show(other);
  const between = scripted.asked.length;
  await expect
    .poll(async () => {
      await flush(other);
      return tabsOf(scripted).slice(between);
    })
    .toContain(name);
});

test('what a killed renderer had accepted is delivered by the next page', async ({ field, visitor }) => {
  field.collector.faults.set(DOWN);
  const page = await visitor.open(field.address());
  await whenTracking(page);
  await trackMany(page, 'row', 20);
  await expect.poll(async () => (await ledgerOf(page)).stored).toBe(20);
  await visitor.crash(page);
  field.collector.faults.set({});
  const next = await visitor.open(field.address());
  await whenTracking(next);
  const actions = (await field.arrived(20)).map(({ payload }) => payload['se_ac']);
  expect(actions.sort()).toEqual(actionsOf('row', 20).sort());
  await expect.poll(() => storedRows(next)).toEqual([]);
  expect(await ledgerOf(next)).toMatchObject({ restored: 20, delivered: 20 });
});

test('a tab that lives takes over what a killed renderer has left', async ({ field, visitor }) => {
  field.collector.faults.set(DOWN);
  const [page, living] = [await visitor.open(field.address()), await visitor.open(field.address())];
  await Promise.all([whenTracking(page), whenTracking(living)]);
  await trackMany(page, 'row', 20);
  await expect.poll(() => lastingRows(page)).toHaveLength(20);
  field.collector.faults.set({});
  await visitor.crash(page);
  expect(await field.arrived(20)).toHaveLength(20);
  await expect.poll(() => storedRows(living)).toEqual([]);
});
