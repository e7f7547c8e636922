// Clocks that are wrong, and days without a network: no time goes back, nothing is lost, and what comes late comes in
// order and slowly.
import { expect, flush, ledgerOf, storedRows, test, trackMany, whenTracking } from './fixtures.ts';

const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;

test('times do not go back when the clock of the device does, and nothing is lost', async ({ field }) => {
  const page = await field.open();
  await trackMany(page, 'before', 3);
  await flush(page);
  await page.evaluate((year) => {
    const now = Date.now;
    Date.now = () => now() - year;
  }, YEAR_MS);
  await trackMany(page, 'after', 3);
  await flush(page);
  field.collector.faults.set({ status: 503 });
  await trackMany(page, 'stored', 3);
  expect(await flush(page)).toMatchObject({ accepted: 9, delivered: 6, pending: 3 });
  const events = await field.arrived(6);
  const times = events.map(({ payload }) => Number(payload['dtm']));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const { payload } of events) expect(Number(payload['stm'])).toBeGreaterThanOrEqual(Number(payload['dtm']));
  // The next page believes the clock that was set back: rows of the future are rows all the same.
  const before = `const now = Date.now; Date.now = () => now() - ${YEAR_MS};`;
  await page.goto(field.address({}, { before }));
  await whenTracking(page);
  field.collector.faults.set({});
  expect(await field.arrived(9)).toHaveLength(9);
  await expect.poll(() => ledgerOf(page)).toMatchObject({ accepted: 3, restored: 3, delivered: 3, dropped: {} });
});

test('a clock that is set forward by a year drops nothing of a page that lives', async ({ field }) => {
  field.collector.faults.set({ status: 503 });
  const page = await field.open();
  await trackMany(page, 'event', 3);
  await flush(page);
  await page.evaluate((year) => {
    const now = Date.now;
    Date.now = () => now() + year;
  }, YEAR_MS);
  field.collector.faults.set({});
  await expect.poll(() => flush(page)).toMatchObject({ delivered: 3, pending: 0, dropped: {} });
});

test('what was tracked in three days offline arrives oldest first, in one request after the other', async ({
  field,
  context,
  page,
  scripted,
}) => {
  await page.clock.install();
  await field.open({ collector: scripted.url });
  // The timers stand still unless they are moved.
  const pass = async (ms: number): Promise<void> => page.clock.fastForward(ms);
  await trackMany(page, 'online', 1);
  await expect.poll(() => scripted.taken().length).toBe(1);
  await context.setOffline(true);
  for (let day = 0; day < 3; ++day) {
    await trackMany(page, `day${day}.`, 60);
    await pass(1000);
    await pass(DAY_MS);
  }
  await expect.poll(() => ledgerOf(page)).toMatchObject({ accepted: 181, pending: 180, stored: 180 });
  scripted.mostAtOnce = 0;
  await context.setOffline(false);
  await expect.poll(() => scripted.taken().length).toBe(181);
  const late = scripted.taken().slice(1);
  const actions = late.map((event) => event['se_ac']);
  expect(actions).toEqual([0, 1, 2].flatMap((day) => Array.from({ length: 60 }, (_, i) => `day${day}.${i}`)));
  expect(scripted.mostAtOnce).toBe(1);
  expect(scripted.asked.length - 1).toBeGreaterThan(2);
  const times = late.map((event) => Number(event['dtm']));
  expect((times[179] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2 * DAY_MS);
  for (const event of late) expect(Number(event['stm'])).toBeGreaterThanOrEqual((times[0] ?? 0) + 3 * DAY_MS);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('days offline across pages: the page that is online again delivers all, oldest first', async ({
  field,
  context,
  page,
  scripted,
}) => {
  scripted.answer = () => ({ status: 503 });
  // Each page is opened a day later than the one before.
  for (let day = 0; day < 3; ++day) {
    const before = `const now = Date.now; Date.now = () => now() + ${day * DAY_MS};`;
    await page.goto(field.address({ collector: scripted.url }, { before }));
    await whenTracking(page);
    await context.setOffline(true);
    await trackMany(page, `day${day}.`, 15);
    await flush(page);
    await expect.poll(async () => (await ledgerOf(page)).stored).toBe(15 * (day + 1));
    await context.setOffline(false);
  }
  scripted.asked.length = 0;
  scripted.answer = () => ({});
  scripted.mostAtOnce = 0;
  await page.goto(
    field.address(
      { collector: scripted.url },
      { before: `const now = Date.now; Date.now = () => now() + ${3 * DAY_MS};` },
    ),
  );
  await expect.poll(() => scripted.taken().length).toBeGreaterThanOrEqual(45);
  await expect.poll(() => storedRows(page)).toEqual([]);
  const last = scripted.asked.filter(({ events }) => Number(events[0]?.['stm']) - Date.now() > 2.5 * DAY_MS);
  const actions = last.flatMap(({ events }) => events.map((event) => event['se_ac']));
  const wanted = [0, 1, 2].flatMap((day) => Array.from({ length: 15 }, (_, i) => `day${day}.${i}`));
  // What the page before could still send when it was left is not sent again.
  expect(actions).toEqual(wanted.filter((action) => actions.includes(action)));
  expect(new Set(scripted.taken().map((event) => event['se_ac'])).size).toBe(45);
});
