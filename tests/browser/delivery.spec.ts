// The main job: what a page tracks arrives at the collector, valid and as it was said.
import type { Arrived } from './fixtures.ts';
import { expect, flush, ledgerOf, storedRows, test } from './fixtures.ts';

const kinds = (events: Arrived[]): (string | undefined)[] => events.map((event) => event.payload['e']);
const ENTITY = { schema: 'iglu:com.snowplowanalytics.snowplow/application/jsonschema/1-0-0', data: { version: '1.2' } };
const LINK_CLICK = 'iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1';

test('every kind of event arrives once, in order, and valid', async ({ field }) => {
  const page = await field.open({ appId: 'shop', namespace: 'main' });
  await page.evaluate(
    ([entity, schema]) => {
      window.tracker.trackPageView({ entities: [entity] });
      window.tracker.trackStructured({ category: 'c', action: 'a', label: 'l', property: 'p', value: 0 });
      window.tracker.trackSelfDescribing({ schema, data: { targetUrl: 'https://x.example/"é✓\u{1F355}"' } });
      window.tracker.track({ type: 'page_ping', minX: 0, maxX: 12.4, minY: -3, maxY: 99.6 });
    },
    [ENTITY, LINK_CLICK] as const,
  );
  const stats = await flush(page);
  const events = await field.arrived(4);
  expect(events.map((event) => event.reasons)).toEqual([[], [], [], []]);
  expect(kinds(events)).toEqual(['pv', 'se', 'ue', 'pp']);
  expect(stats).toMatchObject({ accepted: 4, delivered: 4, pending: 0, engine: 'wasm' });
  expect(events[0]?.payload).toMatchObject({ aid: 'shop', tna: 'main', p: 'web', page: 'A page', tv: 'piste-0.1.0' });
  expect(events[0]?.decoded.entities[0]).toEqual(ENTITY);
  expect(events[1]?.payload).toMatchObject({ se_ca: 'c', se_ac: 'a', se_la: 'l', se_pr: 'p', se_va: '0' });
  expect(events[2]?.decoded.event).toEqual({
    schema: LINK_CLICK,
    data: { targetUrl: 'https://x.example/"é✓\u{1F355}"' },
  });
  expect(events[3]?.payload).toMatchObject({ pp_max: '12', pp_miy: '-3', pp_may: '100' });
  expect(events[3]?.payload).not.toHaveProperty('pp_mix');
  expect(await storedRows(page)).toEqual([]);
  expect(field.noise).toEqual([]);
});

test('the events of one page view share the web_page entity, and the next page view gets another', async ({
  field,
}) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackStructured({ category: 'before', action: 'it' });
    window.tracker.trackPageView();
    window.tracker.trackStructured({ category: 'during', action: 'it' });
    window.tracker.trackPageView();
  });
  await flush(page);
  const ids = (await field.arrived(4)).map((event) => JSON.stringify(event.decoded.entities.at(-1)?.data));
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  expect(ids[3]).not.toBe(ids[0]);
});

test('calls made before the engine is there keep their own times, addresses and titles', async ({ field }) => {
  const script = `
    window.times = [];
    for (const step of [1, 2, 3]) {
      history.pushState(null, '', '/step' + step);
      document.title = 'Step ' + step;
      const before = Date.now();
      window.tracker.trackPageView();
      window.times.push([before, Date.now()]);
      const until = performance.now() + 30;
      while (performance.now() < until);
    }
    window.early = window.tracker.stats();`;
  const page = await field.open({}, { script });
  expect(await page.evaluate(() => (window as unknown as { early: { engine: string } }).early.engine)).toBe('loading');
  const times = await page.evaluate(() => (window as unknown as { times: [number, number][] }).times);
  const events = await field.arrived(3);
  events.forEach((event, i) => {
    const [before, after] = times[i] ?? [0, 0];
    expect(Number(event.payload['dtm'])).toBeGreaterThanOrEqual(before);
    expect(Number(event.payload['dtm'])).toBeLessThanOrEqual(after);
    expect(event.payload['url']).toBe(`${field.siteUrl}/step${i + 1}`);
    expect(event.payload['page']).toBe(`Step ${i + 1}`);
  });
  expect(events[1]?.payload['refr']).toBe(`${field.siteUrl}/step1`);
  expect(Number(events[0]?.payload['stm'])).toBeGreaterThan(times[2]?.[1] ?? 0);
});

test('a call returns before its event is sent, and events of one task share a request', async ({ field }) => {
  const page = await field.open();
  await flush(page);
  await page.evaluate(() => {
    for (let i = 0; i < 20; ++i) window.tracker.trackStructured({ category: 'c', action: `${i}` });
  });
  const events = await field.arrived(20);
  expect(events.map((event) => event.payload['se_ac'])).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
  expect(field.collector.store.counts().requests).toBe(1);
});

test('the user id goes with the events after it', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackPageView();
    window.tracker.setUserId('ann');
    window.tracker.trackPageView();
    window.tracker.setUserId(null);
    window.tracker.trackPageView();
  });
  const events = await field.arrived(3);
  expect(events.map((event) => event.payload['uid'])).toEqual([undefined, 'ann', undefined]);
});

test('timestamps of the site replace those of the device', async ({ field }) => {
  const page = await field.open();
  await page.evaluate(() => {
    window.tracker.trackPageView({ trueTimestamp: 1700000000000 });
    window.tracker.trackPageView({ deviceTimestamp: 1700000000001.4 });
  });
  const [first, second] = await field.arrived(2);
  expect(first?.payload).toMatchObject({ ttm: '1700000000000' });
  expect(first?.payload).not.toHaveProperty('dtm');
  expect(second?.payload).toMatchObject({ dtm: '1700000000001' });
});

test('by GET each event is one request, base64-encoded, with stm first', async ({ field }) => {
  const page = await field.open({ method: 'get' }, { entry: 'full.js' });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.evaluate((schema) => {
    window.tracker.trackPageView({ title: "It's 100% “so” & more" });
    window.tracker.trackSelfDescribing({ schema, data: { targetUrl: '>>>???é' } });
  }, LINK_CLICK);
  const events = await field.arrived(2);
  expect(events.map((event) => event.reasons)).toEqual([[], []]);
  expect(events[0]?.payload['page']).toBe("It's 100% “so” & more");
  expect(events[1]?.decoded.event?.data).toEqual({ targetUrl: '>>>???é' });
  const sent = (): string[] => requests.filter((url) => url.startsWith(field.collector.url));
  await expect.poll(sent).toHaveLength(2); // told by the browser, when it comes to it
  for (const url of sent()) expect(url).toMatch(/\/i\?stm=\d{13}&e=(pv|ue)&.*&cx=[\w-]+$/);
});

test('paths, headers and anonymity are as configured', async ({ field }) => {
  const page = await field.open({
    postPath: '/com.acme/track',
    headers: { 'X-Team': 'web' },
    serverAnonymisation: true,
    webPage: false,
  });
  await page.evaluate(() => window.tracker.trackPageView());
  const [event] = await field.arrived(1);
  expect(event?.request).toMatchObject({ path: '/com.acme/track', anonymous: true, networkUserId: null });
  expect(event?.request.headers['x-team']).toBe('web');
  expect(event?.decoded.entities).toEqual([]);
});

test('page pings follow the visitor, and stop when he is gone', async ({ field }) => {
  const page = await field.open({ pagePings: { minimumVisitSeconds: 1, heartbeatSeconds: 1 } });
  await page.evaluate((entity) => window.tracker.trackPageView({ title: 'Read me', entities: [entity] }), ENTITY);
  await page.mouse.move(10, 10);
  await page.mouse.wheel(0, 400);
  const events = await field.arrived(2);
  expect(kinds(events)).toEqual(['pv', 'pp']);
  expect(events[1]?.payload).toMatchObject({ page: 'Read me', pp_may: '400' });
  expect(events[1]?.decoded.entities).toEqual(events[0]?.decoded.entities);
  // A real clock is the point: two heartbeats without activity bring nothing.
  await page.waitForTimeout(2500);
  expect((await ledgerOf(page)).accepted).toBe(2);
});

test('a page in another charset, under a strict policy, without eval or Trusted Types sinks, works', async ({
  field,
}) => {
  const csp =
    "default-src 'none'; style-src 'unsafe-inline'; connect-src *; " +
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'";
  const page = await field.open({}, { charset: 'iso-8859-1', title: 'Fußgänger', csp });
  await page.evaluate(() => window.tracker.trackPageView());
  const [event] = await field.arrived(1);
  expect(event?.payload).toMatchObject({ page: 'Fußgänger', cs: 'windows-1252' });
  expect(field.noise).toEqual([]);
});

test('where WebAssembly is forbidden the page is unharmed and the events are counted', async ({ field }) => {
  const script = 'window.tracker.trackPageView();';
  const page = await field.open({}, { csp: "script-src 'self' 'unsafe-inline'", script });
  await expect.poll(async () => (await ledgerOf(page)).engine).toBe('none');
  await page.evaluate(() => window.tracker.trackPageView());
  expect(await flush(page)).toMatchObject({ accepted: 2, pending: 1, dropped: { queue_full: 1 } });
  expect(await page.evaluate(() => window.problems.map((problem) => problem.code))).toContain(900);
  expect(field.noise.filter((line) => !line.includes('Content Security Policy'))).toEqual([]);
});

test('the entry with the wasm as a file does the same', async ({ field }) => {
  const page = await field.open({ wasm: '/piste/piste.wasm' } as object, { entry: 'wasm.js' });
  await page.evaluate(() => window.tracker.trackPageView());
  const [event] = await field.arrived(1);
  expect(event?.verdict).toBe('good');
});
