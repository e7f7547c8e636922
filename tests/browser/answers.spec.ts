// What collectors answer, and what they do instead: each event is delivered or accounted for, and no collector is asked
// more often than it should be.
import { expect, flush, ledgerOf, storedRows, test, trackMany } from './fixtures.ts';
import type { Asked } from './scripted-collector.ts';

const POISON = 'event7';
const hasPoison = ({ events }: Asked): boolean => events.some((event) => event['se_ac'] === POISON);
const idOfPoison = (asked: readonly Asked[]): string | undefined =>
  asked.flatMap(({ events }) => events).find((event) => event['se_ac'] === POISON)?.['eid'];

test('a collector that takes a connection and drops it has the events when it is well again', async ({
  field,
  scripted,
}) => {
  scripted.answer = () => (scripted.asked.length < 3 ? 'drop' : {});
  const page = await field.open({ collector: scripted.url });
  await trackMany(page, 'event', 5);
  // By its own timers.
  await expect.poll(() => scripted.taken().length, { timeout: 20_000 }).toBe(5);
  await expect.poll(() => ledgerOf(page)).toMatchObject({ delivered: 5, pending: 0, failures: 0 });
  expect(scripted.asked).toHaveLength(3);
  await expect.poll(() => storedRows(page)).toEqual([]);
});

test('an answer of ten megabytes is an answer, and the page stays as it is', async ({ field, scripted }) => {
  const body = Buffer.alloc(10_000_000, 'x');
  scripted.answer = () => ({ body });
  const page = await field.open({ collector: scripted.url });
  for (let i = 1; i <= 3; ++i) {
    await trackMany(page, `${i}.`, 2);
    expect(await flush(page)).toMatchObject({ delivered: 2 * i, pending: 0, failures: 0 });
  }
  expect(scripted.taken()).toHaveLength(6);
  expect(field.noise).toEqual([]);
});

test('a request that is never answered ends after the time-out, and its events are sent again', async ({
  field,
  scripted,
}) => {
  scripted.answer = () => (scripted.asked.length === 1 ? 'hang' : {});
  const page = await field.open({ collector: scripted.url, requestTimeoutMs: 500 });
  await trackMany(page, 'event', 5);
  await expect.poll(() => scripted.taken().length).toBe(5);
  const [first, second] = scripted.asked;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(490);
  expect(second?.events.map((event) => event['eid'])).toEqual(first?.events.map((event) => event['eid']));
  // The time of sending is that of the attempt.
  expect(Number(second?.events[0]?.['stm'])).toBeGreaterThan(Number(first?.events[0]?.['stm']));
});

for (const [form, valueOf] of [
  ['seconds', () => '2'],
  ['a date', () => new Date(Date.now() + 3000).toUTCString()],
] as const) {
  test(`503 with Retry-After as ${form} is obeyed, whatever happens meanwhile`, async ({
    field,
    scripted,
    context,
  }) => {
    const value = valueOf();
    const until = form === 'seconds' ? Infinity : Date.parse(value);
    scripted.answer = () => (scripted.asked.length === 1 ? { status: 503, headers: { 'Retry-After': value } } : {});
    const page = await field.open({ collector: scripted.url });
    await trackMany(page, 'event', 2);
    await flush(page);
    expect(await ledgerOf(page)).toMatchObject({ pending: 2, failures: 1 });
    // None of these ends a wait that the collector has asked for.
    await flush(page);
    await context.setOffline(true);
    await context.setOffline(false);
    await trackMany(page, 'more', 1);
    await expect.poll(() => scripted.taken().length).toBe(3);
    const [first, second] = scripted.asked;
    expect(second?.at).toBeGreaterThanOrEqual(Math.min(until, (first?.at ?? 0) + 1990));
    expect(scripted.asked).toHaveLength(2);
  });
}

for (const status of [400, 413, 422]) {
  test(`of twenty events the one that is answered ${status} is found and dropped, the others arrive`, async ({
    field,
    scripted,
  }) => {
    scripted.answer = (asked) => (hasPoison(asked) ? { status } : {});
    const page = await field.open({ collector: scripted.url });
    await trackMany(page, 'event', 20);
    expect(await flush(page)).toMatchObject({ accepted: 20, delivered: 19, pending: 0, rejected: { [status]: 1 } });
    const actions = scripted.taken().map((event) => event['se_ac']);
    expect(actions).toHaveLength(19);
    expect(new Set(actions).size).toBe(19);
    expect(actions).not.toContain(POISON);
    await expect
      .poll(() => page.evaluate(() => window.told.dropped))
      .toEqual([{ code: 202, eventId: idOfPoison(scripted.asked), status }]);
    // Halved each time: 20, 10, 5, 3, 2, 1, and what is left beside them.
    expect(scripted.asked.length).toBeLessThanOrEqual(12);
    expect(await storedRows(page)).toEqual([]);
    await trackMany(page, 'later', 1);
    expect(await flush(page)).toMatchObject({ delivered: 20 });
  });
}

test('a request that is too large for the collector is divided until it is not', async ({ field, scripted }) => {
  scripted.answer = ({ bytes }) => (bytes > 5000 ? { status: 413 } : {});
  const page = await field.open({ collector: scripted.url });
  await trackMany(page, 'event', 40);
  expect(await flush(page)).toMatchObject({ accepted: 40, delivered: 40, pending: 0, rejected: {} });
  expect(scripted.taken()).toHaveLength(40);
});

test('a collector that refuses everything is not asked for each event alone', async ({ field, scripted }) => {
  scripted.answer = () => ({ status: 422 });
  const page = await field.open({ collector: scripted.url });
  await trackMany(page, 'event', 200);
  expect(await flush(page)).toMatchObject({ accepted: 200, pending: 0, rejected: { 422: 200 } });
  expect(scripted.asked.length).toBeLessThan(50);
  await expect.poll(() => page.evaluate(() => window.told.dropped.length)).toBe(200);
});
