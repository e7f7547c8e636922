// The host of the full flavour: which events go out as the core makes them, and what it keeps of page and visitor.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { EventKind, Key } from '../../../js/src/constants.ts';
import { FullHost, textOf } from '../../../js/src/full/full-host.ts';
import type { FullOptions } from '../../../js/src/full/options.ts';
import type { PageViewState } from '../../../js/src/full/page-view-ids.ts';
import type { Plugin } from '../../../js/src/full/plugins.ts';
import type { Problem } from '../../../js/src/types.ts';
import { COLLECTOR, entitiesOf, loadFull, namesOf, openSite, UUID } from '../snowplow/fake-site.ts';

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';
const of = (a: number) => ({ schema, data: { a } });

function open(t: TestContext, options: Partial<FullOptions> = {}) {
  const site = openSite(t);
  const problems: Problem[] = [];
  const shared: PageViewState = {};
  const host = new FullHost(
    loadFull,
    { collector: COLLECTOR, identity: 'cookie', onProblem: (problem) => void problems.push(problem), ...options },
    shared,
  );
  const view = (): void => host.trackPageView(undefined, { entities: [] }, {});
  return { ...site, host, problems, shared, view };
}

describe('an event', () => {
  test('goes as the core makes it when nobody has a say in it, else as a draft: the same', async (t) => {
    const { host, view, sent } = open(t, { appVersion: '1.2', browserEntity: true, sessionEntity: true });
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
    assert.equal(host.trackDraft(EventKind.Structured, ['', '', '', '', '', '', '', '', ''], 1, 1), undefined);
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
    assert.deepEqual([host.isAnonymous(), host.identityText(), host.tabId()], [true, '', undefined]);
    assert.deepEqual(page.cookies.values, {});
  });

  test('has ten fields before there is an event', (t) => {
    const { host } = open(t);
    const fields = host.identityText().split('.');
    assert.deepEqual([fields.length, fields[9], host.isAnonymous()], [10, '0', false]);
    assert.match(fields[0] ?? '', UUID);
  });

  test('is known by names that follow where he is kept', (t) => {
    const { host } = open(t, { cookies: { prefix: 'foo' } });
    const [id, ses] = host.stateNames();
    assert.match(`${id} ${ses}`, /^fooid\.([\da-f]{4}) fooses\.\1$/);
    host.moveIdentity({ cookies: { prefix: 'bar' } });
    assert.deepEqual(host.stateNames(), [id?.replace('foo', 'bar'), ses?.replace('foo', 'bar')]);
    assert.deepEqual(host.cookies(), { prefix: 'bar' });
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
    const { host, view, page, sent } = open(t, { respectDoNotTrack: true });
    host.setUserId('ann');
    view();
    assert.equal((await sent())[0]?.uid, 'ann');
    Object.assign(page.navigator, { doNotTrack: '1' });
    view();
    assert.deepEqual([await sent(), host.userId ?? undefined], [[], undefined]);
  });
});

describe('the events that the peer left', () => {
  for (const storage of ['local', 'memory'] as const) {
    test(`are ${storage === 'local' ? 'sent' : 'left alone where nothing is to be stored'}`, async (t) => {
      const site = openSite(t);
      const item = { svrAnon: false, payload: { e: 'pv', eid: '5d2b0c53-0d3e-4b6f-8c2c-7a3a4ad0b1aa', p: 'web' } };
      site.page.localStorage.setItem('snowplowOutQueue_sp', JSON.stringify([item]));
      new FullHost(loadFull, { collector: COLLECTOR, identity: 'memory', storage, peerQueue: 'sp' }, {});
      assert.deepEqual(
        (await site.sent()).map(({ eid }) => eid),
        storage === 'local' ? [item.payload.eid] : [],
      );
    });
  }
});

describe('a page view', () => {
  test('whose function of entities throws has the others', async (t) => {
    const { host, sent } = open(t);
    const further = (): never => {
      throw new Error('of the site');
    };
    host.trackPageView('title', { entities: [of(1)], further }, { trueTimestamp: 5 });
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
      host.setPings({ firstSeconds: 10, everySeconds: 10 });
      host.trackPageView(undefined, { entities: [of(1)] }, {});
      await wait(8);
      host.trackPageView(undefined, { entities: [of(2)] }, {});
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

test('on a server there is a host, and nothing that it does does harm', () => {
  const host = new FullHost(loadFull, { collector: COLLECTOR, peerQueue: 'sp' }, {});
  host.trackPageView('title', { entities: [] }, {});
  assert.deepEqual([host.identityText(), host.stateNames(), host.address, host.url()], ['', [], undefined, '']);
});
