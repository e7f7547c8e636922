// The host of the full flavour: which events go out as the core makes them, and what it keeps of page and visitor.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { EventKind, Key, Status } from '../../../js/src/constants.ts';
import { fieldsOf } from '../../../js/src/event-fields.ts';
import { DRAFTING } from '../../../js/src/full/drafts.ts';
import { FullHost, textOf } from '../../../js/src/full/full-host.ts';
import type { HostOptions } from '../../../js/src/full/options.ts';
import type { Parts } from '../../../js/src/full/parts.ts';
import type { PageViewState } from '../../../js/src/full/page-view-ids.ts';
import type { Plugin } from '../../../js/src/full/plugins.ts';
import { createBrowserEntity } from '../../../js/src/ports/browser-facts.ts';
import { monoNow, wallNow } from '../../../js/src/ports/clock.ts';
import type { Transport } from '../../../js/src/ports/transport.ts';
import { requestTransport } from '../../../js/src/ports/requests.ts';
import { refuses } from '../../../js/src/ports/refusal.ts';
import type { Problem } from '../../../js/src/types.ts';
import { COLLECTOR, entitiesOf, loadFull, namesOf, openSite, UUID } from '../snowplow/fake-site.ts';

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
const of = (a: number) => ({ schema, data: { a } });

/** As the collector of these tests wants requests. */
const transport = (): Transport => requestTransport({ credentials: 'include' });

/** Tracks a page view. */
const trackView = (host: FullHost, view: Parameters<FullHost['beginView']>[0] = {}, event: object = {}): void => {
  const fields = fieldsOf(EventKind.PageView, { ...event, entities: host.beginView(view) });
  host.track(EventKind.PageView, fields, wallNow(), monoNow());
};

function open(t: TestContext, options: Partial<HostOptions> = {}, parts: Parts = {}) {
  const site = openSite(t);
  const problems: Problem[] = [];
  const shared: PageViewState = {};
  const host = new FullHost(
    loadFull,
    { collector: COLLECTOR, identity: 'cookie', onProblem: (problem) => void problems.push(problem), ...options },
    shared,
    { ...DRAFTING, transport, ...parts },
  );
  const view = (): void => trackView(host);
  return { ...site, host, problems, shared, view };
}

describe('an event', () => {
  test('goes as the core makes it when nobody has a say in it, else as a draft: the same', async (t) => {
    const { host, view, sent } = open(
      t,
      { appVersion: '1.2', sessionEntity: true },
      { browser: createBrowserEntity() },
    );
    view();
    const [plain = {}] = await sent();
    host.plugins.push({});
    view();
    const [draft = {}] = await sent();
    assert.deepEqual(Object.keys(draft), Object.keys(plain));
    assert.deepEqual(namesOf(plain), ['web_page', 'browser_context', 'application', 'client_session']);
    assert.deepEqual(namesOf(draft), namesOf(plain));
  });

  test('that a plugin does not want is not sent, and not handed to those who hear of what is', async (t) => {
    const after = t.mock.fn();
    const plugin: Plugin = { filter: ({ e }) => e !== 'pv', afterTrack: after };
    const { host, view, sent } = open(t, { plugins: [plugin] });
    view();
    host.track(EventKind.Structured, ['a', 'b', '', '', '', '', '', '', ''], 1, 1);
    assert.deepEqual(
      (await sent()).map(({ e }) => e),
      ['se'],
    );
    assert.equal(after.mock.callCount(), 1);
  });

  test('that the core does not take is said to be none', async (t) => {
    const { host, sent, problems } = open(t, { plugins: [{}] });
    await sent();
    assert.equal(host.trackDraft([EventKind.Structured, ['', '', '', '', '', '', '', '', ''], 1, 1]), undefined);
    assert.deepEqual([await sent(), problems.length], [[], 1]);
  });

  test('of a page that is left is stored or sent in the same task', async (t) => {
    const { host, view, page, run, network } = open(t, { plugins: [{}] });
    await run();
    page.show('hidden');
    view();
    assert.equal(network.requests.length, 1);
    host.close();
  });
});

describe('the visitor', () => {
  test('has no identity as long as he is anonymous', (t) => {
    const { host, page } = open(t, { anonymous: true });
    assert.deepEqual([host.identityText(), host.tab()], ['', undefined]);
    assert.deepEqual(page.cookies.values, {});
  });

  test('has ten fields before there is an event', (t) => {
    const { host } = open(t);
    const fields = host.identityText().split('.');
    assert.deepEqual([fields.length, fields[9]], [10, '0']);
    assert.match(fields[0] ?? '', UUID);
  });

  test('is known by names that follow where he is kept', (t) => {
    const { host } = open(t, { cookies: { prefix: 'foo' } });
    const [id, ses] = host.stateNames();
    assert.match(`${id} ${ses}`, /^fooid\.([\da-f]{4}) fooses\.\1$/);
    host.moveIdentity({ cookies: { prefix: 'bar' } });
    assert.deepEqual(host.stateNames(), [id?.replace('foo', 'bar'), ses?.replace('foo', 'bar')]);
    assert.deepEqual(host.given.cookies, { prefix: 'bar' });
  });

  test('who refuses from the start has no id, though nothing is ever tracked', async (t) => {
    const { page, make, run } = openSite(t);
    Object.assign(page.navigator, { doNotTrack: '1' });
    make('sp', { respectDoNotTrack: true, cookieSecure: false });
    await run();
    assert.equal(page.document.cookie, '');
    make('other', { cookieSecure: false });
    await run();
    assert.match(page.document.cookie, /_sp_id\.[^]*_sp_ses\./);
  });

  test('who refuses is not tracked, and loses the id that the site gave him', async (t) => {
    const { host, view, page, sent } = open(t, { respectDoNotTrack: true }, { refuses });
    host.setUserId('ann');
    view();
    assert.equal((await sent())[0]?.uid, 'ann');
    Object.assign(page.navigator, { doNotTrack: '1' });
    view();
    assert.deepEqual([await sent(), host.userId ?? undefined], [[], undefined]);
  });
});

describe('a page view', () => {
  test('whose function of entities throws has the others', async (t) => {
    const { host, sent } = open(t);
    const further = (): never => {
      throw new Error('of the site');
    };
    trackView(host, { entities: [of(1)], furtherEntities: further }, { title: 'title', trueTimestamp: 5 });
    const [event] = await sent();
    assert.deepEqual([event?.page, event?.ttm, entitiesOf(event)[0]], ['title', '5', ['step', { a: 1 }]]);
  });

  test('is that of all who share the state', (t) => {
    const { host, shared } = open(t);
    const id = host.pageViewId();
    assert.deepEqual([shared.pageViewId, shared.pageViewUrl], [id, 'https://shop.example/skis']);
    assert.equal(new FullHost(loadFull, { collector: COLLECTOR }, shared).pageViewId(), id);
  });

  for (const keepActivity of [false, true]) {
    test(`${keepActivity ? 'leaves' : 'sets'} the clock and the entities of the pings`, async (t) => {
      const { host, sent, wait, page } = open(t, { keepActivity });
      host.setClock(Key.PingFirstMs, [10, 10]);
      trackView(host, { entities: [of(1)] });
      await wait(8);
      trackView(host, { entities: [of(2)] });
      await sent();
      page.happensInDocument('click');
      await wait(3);
      const first = await sent();
      assert.equal(first.length, +keepActivity);
      await wait(6);
      host.markActive();
      await wait(4);
      const [ping] = [...first, ...(await sent())];
      assert.deepEqual([ping?.e, entitiesOf(ping)[0]], ['pp', ['step', { a: keepActivity ? 1 : 2 }]]);
    });
  }
});

test('a ping whose entities cannot be written is none, and the tracker goes on', async (t) => {
  const { host, sent, wait, view } = open(t);
  host.setClock(Key.PingFirstMs, [1, 1]);
  let data: unknown = 1n;
  trackView(host, { furtherEntities: () => [{ schema, data: data === 1n && host.stats().accepted ? data : {} }] });
  await sent();
  await wait(0.5);
  host.markActive();
  await wait(1);
  assert.deepEqual(await sent(), []);
  data = {};
  host.markActive();
  await wait(1);
  assert.equal((await sent())[0]?.e, 'pp');
  view();
  assert.equal(host.stats().engine, 'wasm');
});

test('a key is set in its turn, also before there is an engine', async (t) => {
  const { host, view, sent } = open(t);
  view();
  host.set(Key.AppId, 'later');
  view();
  assert.deepEqual(
    (await sent()).map(({ aid }) => aid),
    [undefined, 'later'],
  );
});

test('whatever the site gives is a text', () => {
  const broken = {
    toString(): never {
      throw new Error('of the site');
    },
  };
  assert.deepEqual([null, undefined, 0, '', 'a', broken, Object.create(null)].map(textOf), [
    '',
    '',
    '0',
    '',
    'a',
    '',
    '',
  ]);
});

describe('options of cookies that cannot be used', () => {
  const broken = Object.create(null) as string;
  for (const [name, value] of [
    ['prefix', broken],
    ['prefix', Symbol('x')],
    ['path', broken],
    ['domain', Symbol('x')],
  ] as const) {
    test(`are reported, and the defaults take their place: ${name}, ${typeof value}`, async (t) => {
      const { host, view, problems, sent } = open(t, { cookies: { [name]: value } });
      view();
      view();
      const [event] = await sent();
      assert.match(event?.duid ?? '', UUID);
      assert.match(host.stateNames()[0] ?? '', /^_sp_id\.[\da-f]{4}$/);
      assert.deepEqual(problems, [{ code: Status.InvalidValue, during: 'configure', detail: 'cookies' }]);
    });
  }

  test('are, too, where the visitor moves', async (t) => {
    const { host, view, problems, sent } = open(t);
    view();
    await sent();
    host.moveIdentity({ cookies: { prefix: broken } });
    view();
    assert.equal((await sent()).length, 1);
    assert.deepEqual([host.stateNames().length, problems.length], [2, 1]);
  });
});

test('on a server there is a host, and nothing that it does does harm', () => {
  const host = new FullHost(loadFull, { collector: COLLECTOR, plugins: [{}] }, {}, { ...DRAFTING, refuses });
  trackView(host);
  host.setPageTitle('title');
  host.setClock(Key.PingFirstMs, [1, 1]);
  host.setClock(Key.ActivityFirstMs, [1, 1]);
  host.measure(() => assert.fail('there is nobody to watch'));
  host.markActive();
  host.moveIdentity({ identity: 'cookie' });
  host.setUserId('ann');
  host.forget(false, false);
  assert.deepEqual([host.identityText(), host.stateNames(), host.url(), host.tab()], ['', [], '', undefined]);
  assert.match(host.pageViewId(), UUID);
  host.close();
});
