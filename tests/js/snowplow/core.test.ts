// What a tracker shows to plugins as its core: keys of all events, and events of their own.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { timesOf } from '../../../js/src/snowplow/core.ts';
import type { CorePlugin, PayloadBuilder, TrackerConfiguration } from '../../../js/src/snowplow/types.ts';
import { START_MS } from '../fake-globals.ts';
import { createPayloadBuilder } from '../../../js/src/full/payload-builder.ts';
import { entitiesOf, namesOf, openSite, UUID } from './fake-site.ts';

const schema = 'iglu:com.acme/step/jsonschema/1-0-0';

/** An event of a kind of the plugin's own. */
const ping = (keys: Record<string, unknown> = { e: 'zz' }): PayloadBuilder => {
  const builder = createPayloadBuilder();
  builder.addDict(keys);
  return builder as PayloadBuilder;
};

function open(t: TestContext, configuration?: TrackerConfiguration) {
  const site = openSite(t);
  const tracker = site.make('sp', configuration);
  return { ...site, tracker, core: tracker.core };
}

describe('a time', () => {
  for (const [given, expected] of [
    [undefined, { deviceTimestamp: undefined }],
    [null, { deviceTimestamp: undefined }],
    [5, { deviceTimestamp: 5 }],
    [0, { deviceTimestamp: 0 }],
    [{ type: 'dtm', value: 7 }, { deviceTimestamp: 7 }],
    [{ type: 'dtm', value: 0 }, { deviceTimestamp: undefined }],
    [{ type: 'ttm', value: 9 }, { trueTimestamp: 9 }],
    [{ type: 'ttm', value: 0 }, { trueTimestamp: 0 }],
    ['then', { deviceTimestamp: undefined }],
  ] as const) {
    test(`of ${JSON.stringify(given) ?? 'undefined'}`, () => assert.deepEqual(timesOf(given as never), expected));
  }
});

describe('an event of a plugin', () => {
  test('has its keys besides those of all events, and is given back as it goes out', async (t) => {
    const { core, sent } = open(t, { appId: 'shop' });
    await sent();
    const made = core.track(ping({ e: 'zz', zz_a: 'b' }));
    const [event] = await sent();
    assert.deepEqual([event?.e, event?.zz_a, event?.aid, event?.p], ['zz', 'b', 'shop', 'web']);
    assert.match(event?.eid ?? '', UUID);
    assert.deepEqual([made?.e, made?.eid, made?.dtm], ['zz', event?.eid, `${START_MS + 60}`]);
  });

  test('is sent also if it comes before there is an engine', async (t) => {
    const { core, sent } = open(t);
    core.track(ping(), [{ schema, data: { a: 1 } }]);
    const [event] = await sent();
    assert.deepEqual([event?.e, entitiesOf(event)[0]], ['zz', ['step', { a: 1 }]]);
  });

  test('carries JSON, entities and a time', async (t) => {
    const { core, sent } = open(t);
    await sent();
    const builder = ping({ e: 'ue' });
    builder.addJson('ue_px', 'ue_pr', { schema: 'iglu:of/wrapper/jsonschema/1-0-0', data: { schema, data: { a: 1 } } });
    const context = [{ schema, data: { b: 2 } }];
    core.track(builder, context, { type: 'ttm', value: 1234 });
    const [event] = await sent();
    assert.deepEqual(JSON.parse(event?.ue_pr ?? ''), {
      schema: 'iglu:of/wrapper/jsonschema/1-0-0',
      data: { schema, data: { a: 1 } },
    });
    assert.deepEqual([event?.ttm, event?.dtm, namesOf(event)], ['1234', undefined, ['step', 'web_page']]);
    assert.deepEqual(context, [{ schema, data: { b: 2 } }], 'the list of the site stays as it is');
  });

  test('that cannot be read harms nobody', async (t) => {
    const { core, sent } = open(t);
    await sent();
    const broken = {
      getPayload(): never {
        throw new Error('of the plugin');
      },
    };
    assert.equal(core.track(broken as never), undefined);
    assert.equal(core.track(null as never), undefined);
    core.track(ping());
    assert.equal((await sent()).length, 1);
  });
});

describe('keys of all events', () => {
  test('stand in each from then on, until they are replaced', async (t) => {
    const { core, snowplow, sent } = open(t);
    core.addPayloadPair('k1', 'a');
    core.addPayloadDict({ k2: 'b', k3: 'c' });
    core.addPayloadPair('k3', 'd');
    snowplow.trackPageView();
    const [first] = await sent();
    assert.deepEqual([first?.k1, first?.k2, first?.k3], ['a', 'b', 'd']);
    core.resetPayloadPairs({ k4: 'e' });
    core.track(ping());
    const [second] = await sent();
    assert.deepEqual([second?.k1, second?.k2, second?.k3, second?.k4], [undefined, undefined, undefined, 'e']);
  });

  test('are gone when all are replaced, those that each event has from the start included', async (t) => {
    const { core, snowplow, sent } = open(t, { appId: 'shop' });
    const names = ['tv', 'tna', 'aid', 'p', 'cookie', 'cs', 'lang', 'res', 'cd', 'tz'];
    core.resetPayloadPairs({ p: 'app', k: 'a' });
    snowplow.trackPageView();
    const [first = {}] = await sent();
    assert.deepEqual(
      names.filter((name) => name in first),
      ['p'],
    );
    assert.deepEqual([first.e, first.p, first.k, first.url], ['pv', 'app', 'a', 'https://shop.example/skis']);
    core.setAppId('again');
    core.track(ping());
    const [second] = await sent();
    assert.deepEqual([second?.aid, second?.tv, second?.p], ['again', undefined, 'app']);
  });

  test('may be set by name', async (t) => {
    const { core, snowplow, sent } = open(t);
    core.setTrackerVersion('v-1');
    core.setTrackerNamespace('other');
    core.setAppId('app');
    core.setPlatform('mob');
    core.setUserId('ann');
    core.setScreenResolution('10', '20');
    core.setViewport('30', '40');
    core.setColorDepth('8');
    core.setTimezone('Europe/Zurich');
    core.setLang('de');
    core.setIpAddress('192.0.2.1');
    core.setUseragent('Agent/1');
    snowplow.trackPageView();
    const [event = {}] = await sent();
    const { tv, tna, aid, p, uid, res, vp, cd, tz, lang, ip, ua } = event;
    assert.deepEqual(
      [tv, tna, aid, p, uid, res, vp, cd, tz, lang, ip, ua],
      ['v-1', 'other', 'app', 'mob', 'ann', '10x20', '30x40', '8', 'Europe/Zurich', 'de', '192.0.2.1', 'Agent/1'],
    );
  });

  test('leave out what is empty', async (t) => {
    const { core, snowplow, sent } = open(t);
    core.addPayloadDict({ k1: '', k2: null, k3: undefined, k4: 0 });
    snowplow.trackPageView();
    const [event = {}] = await sent();
    assert.deepEqual([Object.keys(event).filter((key) => /^k\d/.test(key)), event.k4], [['k4'], '0']);
  });
});

test('base64 is on where the site or the method says so, and may be changed', async (t) => {
  const { core, snowplow, sent, make } = open(t);
  assert.equal(core.getBase64Encoding(), false);
  assert.equal(make('get', { eventMethod: 'get' }).core.getBase64Encoding(), true);
  assert.equal(make('both', { eventMethod: 'get', encodeBase64: false }).core.getBase64Encoding(), false);
  assert.equal(make('on', { encodeBase64: true }).core.getBase64Encoding(), true);
  for (const isOn of [true, false]) {
    core.setBase64Encoding(isOn);
    assert.equal(core.getBase64Encoding(), isOn);
    snowplow.trackPageView({}, ['sp']);
    const [event] = await sent();
    assert.deepEqual([!!event?.cx, !!event?.co], [isOn, !isOn]);
    core.track(ping());
    const [draft] = await sent();
    assert.deepEqual([!!draft?.cx, !!draft?.co], [isOn, !isOn]);
  }
});

describe('plugins', () => {
  test('hear of the log first, then of the core; those that throw stop nobody', (t) => {
    const calls: unknown[] = [];
    const plugin = (name: string): CorePlugin => ({
      logger: (log) => void calls.push([name, typeof log.warn]),
      activateCorePlugin(core) {
        calls.push([name, typeof core.track]);
        throw new Error('of the plugin');
      },
    });
    const { core } = open(t, { plugins: [plugin('a')] });
    core.addPlugin({ plugin: plugin('b') });
    assert.deepEqual(calls, [
      ['a', 'function'],
      ['a', 'function'],
      ['b', 'function'],
      ['b', 'function'],
    ]);
  });

  test('that join later take part in the events from then on', async (t) => {
    const { core, snowplow, sent } = open(t);
    snowplow.trackPageView();
    await sent();
    core.addPlugin({ plugin: { contexts: () => [{ schema, data: { a: 1 } }] } });
    snowplow.trackPageView();
    assert.deepEqual(namesOf((await sent())[0]), ['web_page', 'step']);
  });

  test('are told of the end; from then on nothing is tracked, and that is said', async (t) => {
    const calls: string[] = [];
    const plugin: CorePlugin = {
      deactivatePlugin: () => void calls.push('deactivate'),
      beforeTrack: () => void calls.push('before'),
    };
    const { core, snowplow, sent, said } = open(t, { plugins: [plugin] });
    await sent();
    core.deactivate();
    assert.equal(core.track(ping()), undefined);
    snowplow.trackPageView();
    assert.deepEqual([await sent(), calls], [[], ['deactivate']]);
    assert.equal(said[0]?.[0], 'error');
  });
});

test('global entities are those of the tracker', async (t) => {
  const { core, snowplow, sent } = open(t);
  const entity = { schema, data: { a: 1 } };
  core.addGlobalContexts([entity]);
  core.addGlobalContexts({ named: { schema, data: { b: 2 } } });
  snowplow.trackPageView();
  assert.deepEqual(entitiesOf((await sent())[0]).slice(1), [
    ['step', { a: 1 }],
    ['step', { b: 2 }],
  ]);
  core.removeGlobalContexts(['named']);
  snowplow.trackPageView();
  assert.deepEqual(entitiesOf((await sent())[0]).slice(1), [['step', { a: 1 }]]);
  core.clearGlobalContexts();
  snowplow.trackPageView();
  assert.deepEqual(namesOf((await sent())[0]), ['web_page']);
});

test('a key that would change all objects is one as any other', async (t) => {
  const { core, snowplow, sent } = open(t);
  core.addPayloadDict(JSON.parse('{"__proto__":{"polluted":"x"},"k1":"a"}') as never);
  core.addPayloadPair('__proto__', { polluted: 'y' });
  snowplow.trackPageView();
  const [event] = await sent();
  assert.deepEqual([event?.e, ({} as Record<string, unknown>).polluted], ['pv', undefined]);
});
