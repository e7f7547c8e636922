// What a page can get wrong: each mistake has a defined answer, and the ledger adds up.
import type { Page } from '@playwright/test';
import { expect, flush, ledgerOf, test } from './fixtures.ts';

const codes = (page: Page): Promise<number[]> => page.evaluate(() => window.problems.map((problem) => problem.code));

test('data that cannot be written as JSON is refused at the call', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const schema = 'iglu:com.acme/a/jsonschema/1-0-0';
    window.tracker.trackSelfDescribing({ schema, data: cycle });
    window.tracker.trackSelfDescribing({ schema, data: { big: 1n } });
    window.tracker.trackSelfDescribing({ schema, data: {}, entities: [{ schema, data: cycle }] });
    window.tracker.trackStructured({ category: Symbol('x') as unknown as string, action: 'a' });
    window.tracker.trackStructured({
      get category(): string {
        throw new Error('a getter of the site');
      },
      action: 'a',
    });
  });
  expect(await flush(page)).toMatchObject({ accepted: 5, dropped: { unserialisable: 5 } });
  expect(await codes(page)).toEqual([107, 107, 107, 107, 107]);
  expect(field.noise).toEqual([]);
});

test('undefined everywhere is a missing field, never an exception', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    const tracker = window.tracker as unknown as Record<string, (argument?: unknown) => void>;
    tracker['trackPageView']?.(undefined);
    tracker['trackPageView']?.({ title: undefined, entities: undefined });
    tracker['trackStructured']?.(undefined);
    tracker['trackStructured']?.({ category: undefined, action: undefined });
    tracker['trackStructured']?.(null);
    tracker['trackSelfDescribing']?.({ schema: undefined, data: undefined });
    tracker['track']?.(undefined);
    tracker['track']?.({ type: 'no such type' });
    tracker['setUserId']?.(undefined);
  });
  const stats = await flush(page);
  expect(stats).toMatchObject({ accepted: 8, delivered: 2, pending: 0 });
  expect(field.noise).toEqual([]);
});

test('lone surrogates are replaced in text and kept escaped in JSON', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackStructured({ category: 'a\ud800b', action: '\udfff' });
    window.tracker.trackSelfDescribing({ schema: 'iglu:com.acme/a/jsonschema/1-0-0', data: { text: '\ud800' } });
  });
  expect(await flush(page)).toMatchObject({ delivered: 2 });
  const [structured, other] = await field.arrived(2);
  expect(structured?.payload).toMatchObject({ se_ca: 'a\ufffdb', se_ac: '\ufffd' });
  expect(other?.payload['ue_pr']).toContain('{"text":"\\ud800"}');
});

test('numbers that are none, and times that are no times, are refused', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackStructured({ category: 'c', action: 'a', value: NaN });
    window.tracker.trackStructured({ category: 'c', action: 'a', value: -Infinity });
    window.tracker.trackPageView({ trueTimestamp: -1 });
  });
  expect(await flush(page)).toMatchObject({ accepted: 3, dropped: { invalid: 3 } });
  expect(await codes(page)).toEqual([104, 104, 104]);
});

test('an event of 2 MB is refused as too large, and those around it are not held up', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackPageView();
    window.tracker.trackStructured({ category: 'c', action: 'x'.repeat(2_000_000) });
    window.tracker.trackStructured({ category: 'c', action: 'é'.repeat(300_000) });
    window.tracker.trackStructured({ category: 'c', action: 'x'.repeat(400_000) });
    window.tracker.trackPageView();
  });
  expect(await flush(page)).toMatchObject({ accepted: 5, delivered: 3, dropped: { too_large: 2 } });
});

test('of ten thousand events in a loop each is delivered or counted as dropped', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(async () => {
    // The engine first: before it is there only a thousand are kept.
    await window.tracker.flush();
    for (let i = 0; i < 10_000; ++i) window.tracker.trackStructured({ category: 'c', action: `${i}` });
  });
  const stats = await flush(page);
  expect(stats.accepted).toBe(10_000);
  expect(stats.pending).toBe(0);
  expect(stats.delivered).toBeGreaterThan(3000);
  expect(stats.dropped).toEqual({ queue_full: 10_000 - stats.delivered });
  const ids = new Set(field.collector.store.events().map((event) => event.payload['eid']));
  expect(ids.size).toBe(stats.delivered);
});

test('ten thousand events before the engine is there: a thousand are kept, the rest is counted', async ({ field }) => {
  const script = `for (let i = 0; i < 10000; ++i) window.tracker.trackStructured({ category: 'c', action: 'a' });`;
  const page = await field.open({}, { script });
  expect(await flush(page)).toMatchObject({ accepted: 10_000, delivered: 1000, dropped: { queue_full: 9000 } });
});

test('a second tracker of the same name is a second tracker', async ({ field }) => {
  const page = await field.open();
  const both = await page.evaluate(async (collector) => {
    const second = window.createTracker({ collector });
    window.tracker.trackStructured({ category: 'first', action: 'a' });
    second.trackStructured({ category: 'second', action: 'a' });
    return [await window.tracker.flush(), await second.flush()];
  }, field.collector.url);
  expect(both).toMatchObject([
    { accepted: 1, delivered: 1 },
    { accepted: 1, delivered: 1 },
  ]);
  expect(await field.arrived(2)).toHaveLength(2);
});

test('calls after close are counted and do nothing', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackPageView();
    window.tracker.close();
    window.tracker.trackPageView();
    window.tracker.setUserId('late');
    window.tracker.close();
  });
  expect(await flush(page)).toMatchObject({ accepted: 2, delivered: 1, dropped: { closed: 1 } });
  expect(await ledgerOf(page)).toMatchObject({ accepted: 2, pending: 0 });
  expect(await codes(page)).toEqual([201]);
});

test('a callback of the site that throws harms nobody', async ({ field }) => {
  const page = await field.open();
  await page.evaluate((collector) => {
    window.tracker = window.createTracker({
      collector,
      onProblem: () => {
        throw new Error('of the site');
      },
    });
    window.tracker.trackStructured({ category: '', action: '' });
    window.tracker.trackPageView();
  }, field.collector.url);
  expect(await flush(page)).toMatchObject({ accepted: 2, delivered: 1 });
  expect(field.noise).toEqual([]);
});

test('options that make no sense are told, and the defaults hold', async ({ field }) => {
  const page = await field.open({
    method: 'put' as 'post',
    maxBatchBytes: -1,
    requestTimeoutMs: NaN,
    batchWaitMs: 'soon' as unknown as number,
  });
  await page.evaluate(() => window.tracker.trackPageView());
  expect(await flush(page)).toMatchObject({ delivered: 1 });
  expect((await codes(page)).every((code) => code === 102)).toBe(true);
  expect(await codes(page)).toHaveLength(3);
});
