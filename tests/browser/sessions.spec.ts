// Who the visitor is and in which session, as a browser keeps it: in cookies or localStorage, as other trackers do.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { Arrived, Field } from './fixtures.ts';
import { expect, flush, ledgerOf, test } from './fixtures.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const SESSION_ENTITY = 'iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2';

interface Visit {
  duid: string | undefined;
  sid: string | undefined;
  vid: string | undefined;
}

const visitOf = (event: Arrived | undefined): Visit => ({
  duid: event?.payload['duid'],
  sid: event?.payload['sid'],
  vid: event?.payload['vid'],
});

/** Tracks a page view; what the last of all events, which are then so many, says of the visitor. */
const view = async (field: Field, page: Page, count: number): Promise<Visit> => {
  await page.evaluate(() => window.tracker.trackPageView());
  await flush(page);
  return visitOf((await field.arrived(count)).at(-1));
};

/** Name and value of each cookie that a script of the page can see. */
const cookiesOf = async (page: Page): Promise<[name: string, value: string][]> => {
  const text = await page.evaluate(() => document.cookie);
  return text
    .split('; ')
    .filter(Boolean)
    .map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]);
};

const cookieOf = async (page: Page, start: string): Promise<[name: string, value: string]> =>
  (await cookiesOf(page)).find(([name]) => name.startsWith(start)) ?? ['', ''];

const fieldsOf = async (page: Page): Promise<string[]> => (await cookieOf(page, '_sp_id.'))[1].split('.');

const localKeys = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('_sp_')));

const removeCookie = (page: Page, name: string): Promise<void> =>
  page.evaluate((text) => {
    document.cookie = `${text}=; Path=/; Domain=${location.hostname}; Max-Age=0`;
  }, name);

test('events carry user, session and its number, and the cookies last as long as they should', async ({ field }) => {
  const page = await field.open({ identity: 'cookie' });
  const { duid, sid, vid } = await view(field, page, 1);
  expect(duid).toMatch(UUID);
  expect(sid).toMatch(UUID);
  expect(vid).toBe('1');
  const [event] = await field.arrived(1);
  expect(event?.reasons).toEqual([]);
  const now = Date.now() / 1000;
  const cookies = await page.context().cookies();
  const [id, ses] = ['_sp_id.', '_sp_ses.'].map((start) => cookies.find(({ name }) => name.startsWith(start)));
  expect(cookies).toHaveLength(2);
  expect(id?.name).toMatch(/^_sp_id\.[\da-f]{4}$/);
  expect(ses?.name).toBe(id?.name.replace('id', 'ses'));
  for (const cookie of [id, ses]) expect(cookie).toMatchObject({ path: '/', sameSite: 'Lax', secure: false });
  // Chromium keeps no cookie for more than 400 days.
  expect((id?.expires ?? 0) - now).toBeGreaterThan(399 * 86_400);
  expect(Math.abs((ses?.expires ?? 0) - now - 1800)).toBeLessThan(60);
  expect(await page.evaluate(() => window.tracker.session())).toEqual({
    userId: duid,
    sessionId: sid,
    sessionIndex: 1,
    eventIndex: 1,
  });
  expect(field.noise).toEqual([]);
});

test('the next page goes on in the same session with the same user', async ({ field }) => {
  const first = await view(field, await field.open({ identity: 'cookie' }), 1);
  const page = await field.open({ identity: 'cookie' }, {}, '/skis/red');
  expect(await view(field, page, 2)).toEqual(first);
  expect((await fieldsOf(page))[9]).toBe('2');
});

test('a tab beside it shares the session, and its events count in it', async ({ field, context }) => {
  const page = await field.open({ identity: 'cookie' });
  const first = await view(field, page, 1);
  const other = await context.newPage();
  await other.goto(field.address({ identity: 'cookie' }));
  await other.waitForFunction(() => 'tracker' in window);
  expect(await view(field, other, 2)).toEqual(first);
  await page.waitForTimeout(60); // what was read of a cookie is good for 50 ms
  expect(await view(field, page, 3)).toEqual(first);
  expect((await fieldsOf(other))[9]).toBe('3');
});

test('without the cookie of the session the next one begins, which knows the one before', async ({ field }) => {
  const page = await field.open({ identity: 'cookie' });
  const first = await view(field, page, 1);
  const [, firstSecond] = await fieldsOf(page);
  await removeCookie(page, (await cookieOf(page, '_sp_ses.'))[0]);
  expect(await cookiesOf(page)).toHaveLength(1);
  await page.waitForTimeout(60);
  const second = await view(field, page, 2);
  expect(second).toMatchObject({ duid: first.duid, vid: '2' });
  expect(second.sid).not.toBe(first.sid);
  const [duid, created, index, , lastVisit, sid, before, firstEvent, , eventIndex] = await fieldsOf(page);
  expect([duid, created, index]).toEqual([first.duid, firstSecond, '2']);
  expect([sid, before, eventIndex]).toEqual([second.sid, first.sid, '1']);
  expect(firstEvent).toBe((await field.arrived(2))[1]?.payload['eid']);
  expect(Number(lastVisit)).toBeGreaterThanOrEqual(Number(created));
  expect(await cookiesOf(page)).toHaveLength(2);
});

test('fifteen frames of a page that begin at once share one session', async ({ field }) => {
  const script = `
    window.tracker.trackPageView();
    for (let i = 0; i < 15; ++i) {
      const frame = document.createElement('iframe');
      frame.src = ${JSON.stringify(
        field.address({ identity: 'cookie' }, { script: 'window.tracker.trackPageView();' }),
      )};
      document.body.append(frame);
    }`;
  const page = await field.open({ identity: 'cookie' }, { script });
  const events = await field.arrived(16);
  expect(events).toHaveLength(16);
  expect(new Set(events.map((event) => JSON.stringify(visitOf(event)))).size).toBe(1);
  expect(visitOf(events[0])).toMatchObject({ vid: '1' });
  expect((await fieldsOf(page))[0]).toBe(events[0]?.payload['duid']);
  expect(await cookiesOf(page)).toHaveLength(2);
});

/** What is called of Snowplow's browser tracker. */
interface PeerApi {
  newTracker(namespace: string, collector: string, options: { appId: string }): void;
  trackPageView(): void;
}
const PEER_FILE = fileURLToPath(import.meta.resolve('@snowplow/browser-tracker/dist/index.umd.min.js'));

/** The identity as the Snowplow browser tracker (4.x) leaves it. */
const PEER = {
  duid: '0b6e1f0c-5c0f-4b0e-9d6c-2f7a4d1c9a11',
  sid: '7c9d7d1e-7f0e-4b1f-8f5d-3a0d9e2b6c22',
  before: '5e2b8a90-1d3c-4f6a-a7b8-c9d0e1f2a333',
  firstEvent: 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c44',
};

test('the identity that another tracker of the protocol has written goes on, field for field', async ({ field }) => {
  const page = await field.open({ identity: 'cookie' });
  const [[id], [ses]] = [await cookieOf(page, '_sp_id.'), await cookieOf(page, '_sp_ses.')];
  const nowS = Math.floor(Date.now() / 1000);
  const { duid, sid, before, firstEvent } = PEER;
  const peers = [duid, nowS - 9000, 7, nowS - 20, nowS - 5000, sid, before, firstEvent, (nowS - 60) * 1000, 4];
  await page.evaluate(
    ([idName, sesName, text]) => {
      document.cookie = `${idName}=${text}; Path=/; Domain=${location.hostname}; Max-Age=63072000; SameSite=Lax`;
      document.cookie = `${sesName}=*; Path=/; Domain=${location.hostname}; Max-Age=1800; SameSite=Lax`;
    },
    [id, ses, peers.join('.')] as const,
  );
  const next = await field.open({ identity: 'cookie', sessionEntity: true }, { entry: 'full.js' });
  expect(await view(field, next, 1)).toEqual({ duid, sid, vid: '7' });
  const fields = await fieldsOf(next);
  expect(fields).toHaveLength(10);
  const nowField = Number(fields[3]);
  expect(nowField).toBeGreaterThanOrEqual(nowS);
  expect(fields).toEqual([...peers.slice(0, 3), nowField, ...peers.slice(4, 9), 5].map(String));
  expect(await cookiesOf(next)).toHaveLength(2);
  const [event] = await field.arrived(1);
  expect(event?.reasons).toEqual([]);
  expect(event?.decoded.entities.find(({ schema }) => schema === SESSION_ENTITY)?.data).toEqual({
    userId: duid,
    sessionId: sid,
    eventIndex: 5,
    sessionIndex: 7,
    previousSessionId: before,
    storageMechanism: 'COOKIE_1',
    firstEventId: firstEvent,
    firstEventTimestamp: new Date((nowS - 60) * 1000).toISOString(),
  });
});

test('Snowplow’s browser tracker goes on where this one was, and this one after it', async ({ field }) => {
  const page = await field.open({ identity: 'cookie' });
  const first = await view(field, page, 1);
  const names = (await cookiesOf(page)).map(([name]) => name);
  await page.addScriptTag({ path: PEER_FILE });
  await page.evaluate((collector) => {
    const peer = (window as unknown as { snowplowBrowserTracking: PeerApi }).snowplowBrowserTracking;
    peer.newTracker('peer', collector, { appId: 'peer' });
    peer.trackPageView();
  }, field.collector.url);
  const [, ofPeer] = await field.arrived(2);
  expect(ofPeer?.payload['aid']).toBe('peer');
  expect(visitOf(ofPeer)).toEqual(first);
  expect((await cookiesOf(page)).map(([name]) => name).sort()).toEqual(names.sort());
  expect((await fieldsOf(page))[9]).toBe('2');
  await page.waitForTimeout(60);
  expect(await view(field, page, 3)).toEqual(first);
  expect((await fieldsOf(page))[9]).toBe('3');
});

test('a session that ended under another tracker is followed by the next of the same user', async ({ field }) => {
  const page = await field.open({ identity: 'cookie' });
  const [[id], [ses]] = [await cookieOf(page, '_sp_id.'), await cookieOf(page, '_sp_ses.')];
  const { duid, sid, before, firstEvent } = PEER;
  await page.evaluate(
    ([name, text]) => {
      document.cookie = `${name}=${text}; Path=/; Domain=${location.hostname}; Max-Age=63072000; SameSite=Lax`;
    },
    [id, `${duid}.1690000000.7.1690009000.1690005000.${sid}.${before}.${firstEvent}.1690008000123.4`] as const,
  );
  await removeCookie(page, ses);
  const next = await field.open({ identity: 'cookie' });
  const visit = await view(field, next, 1);
  expect(visit).toMatchObject({ duid, vid: '8' });
  const fields = await fieldsOf(next);
  expect([fields[1], fields[4], fields[6], fields[9]]).toEqual(['1690000000', '1690009000', sid, '1']);
});

for (const identity of [undefined, 'none', 'memory'] as const) {
  test(`identity ${identity}: neither cookie nor localStorage`, async ({ field, context }) => {
    const page = await field.open({ identity });
    const visit = await view(field, page, 1);
    expect(!!visit.sid).toBe(identity === 'memory');
    expect(await context.cookies()).toEqual([]);
    expect(await localKeys(page)).toEqual([]);
  });
}

test('identity local: localStorage under the names of the cookies, with the times of their ends', async ({
  field,
  context,
}) => {
  const page = await field.open({ identity: 'local' });
  const first = await view(field, page, 1);
  expect(await context.cookies()).toEqual([]);
  const names = (await localKeys(page)).sort();
  const ending = names[0]?.slice('_sp_id.'.length) ?? '';
  expect(ending).toMatch(/^[\da-f]{4}$/);
  expect(names).toEqual(
    ['id', 'id.expires', 'ses', 'ses.expires'].map((name) => {
      const [what = '', rest] = name.split('.');
      return `_sp_${what}.${ending}${rest ? `.${rest}` : ''}`;
    }),
  );
  const ends = await page.evaluate(
    (end) => ['id', 'ses'].map((what) => Number(localStorage.getItem(`_sp_${what}.${end}.expires`)) - Date.now()),
    ending,
  );
  expect(Math.abs((ends[0] ?? 0) / 1000 - 63_072_000)).toBeLessThan(60);
  expect(Math.abs((ends[1] ?? 0) / 1000 - 1800)).toBeLessThan(60);
  const next = await field.open({ identity: 'local' });
  expect(await view(field, next, 2)).toEqual(first);
  await next.evaluate((name) => localStorage.setItem(name, `${Date.now() - 1}`), `_sp_ses.${ending}.expires`);
  await next.waitForTimeout(60);
  expect(await view(field, next, 3)).toMatchObject({ duid: first.duid, vid: '2' });
});

test('an anonymous visitor leaves no cookie, and who asks for it is forgotten', async ({ field, context }) => {
  const page = await field.open({ identity: 'cookie', anonymous: true });
  expect(await view(field, page, 1)).toEqual({ duid: undefined, sid: undefined, vid: undefined });
  expect(await context.cookies()).toEqual([]);
  await page.evaluate(() => window.tracker.setAnonymous(false));
  expect((await view(field, page, 2)).vid).toBe('1');
  expect(await context.cookies()).toHaveLength(2);
  await page.evaluate(() => window.tracker.forgetVisitor());
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => window.tracker.session())).toBeUndefined();
});

test('where cookies are forbidden the session lives as long as the page, which is unharmed', async ({ field }) => {
  const before = `Object.defineProperty(document, 'cookie', {
    get() { throw new DOMException('denied', 'SecurityError'); },
    set() { throw new DOMException('denied', 'SecurityError'); },
  });`;
  const page = await field.open({ identity: 'cookie' }, { before });
  const first = await view(field, page, 1);
  expect(first).toMatchObject({ vid: '1' });
  await page.waitForTimeout(60);
  expect(await view(field, page, 2)).toEqual(first);
  expect(await ledgerOf(page)).toMatchObject({ delivered: 2, engine: 'wasm' });
  expect(field.noise).toEqual([]);
});
