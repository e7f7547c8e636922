// Google's consent mode: what commands in the data layer mean, those that are there and those that come.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { connectGoogleConsent, type GoogleConsentOptions } from '../../../js/src/consent/google.ts';
import { shareGlobals, stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';
import { garbage } from './garbage.ts';

type Commands = [how: 'default' | 'update', values: object][];

const every = (state: string): Record<string, string> =>
  Object.fromEntries(
    ['analytics_storage', 'ad_storage', 'ad_user_data', 'ad_personalization'].map((one) => [one, state]),
  );
const UNKNOWN = ['unknown undefined', 'unknown undefined'];

/** As the page's `gtag` writes it: the arguments, and not a list. */
function command(..._: unknown[]): unknown {
  // eslint-disable-next-line prefer-rest-params -- this very object
  return arguments;
}

/** A page with commands in its data layer; none: there is no data layer yet. */
function open(t: TestContext, before?: Commands, options?: GoogleConsentOptions) {
  const time = stopTime(t);
  // In steps, since a timer that is set meanwhile counts from the end of one.
  const tick = (ms: number): void => {
    for (let left = ms; left > 0; left -= 100) time.tick(Math.min(left, 100));
  };
  openPage(t);
  const layer: unknown[] | undefined = before?.map((one) => command('consent', ...one));
  const globals = { dataLayer: layer };
  shareGlobals(t, globals);
  const fake = createFakeConsent();
  const disconnect = connectGoogleConsent(fake.consent, options);
  t.after(disconnect);
  tick(1);
  /** Says a command, as the page does. */
  const say = (...one: Commands[number]): void => void globals.dataLayer?.push(command('consent', ...one));
  return { ...fake, tick, globals, say, disconnect };
}

test('without a command nothing is said', (t) => {
  const { calls, consent, say } = open(t, []);
  consent.set({ analytics: 'granted' }, 'initial');
  say('update', {});
  assert.equal(calls.length, 1);
});

test('what is in the data layer counts, and what comes', (t) => {
  const { say, said } = open(t, [
    ['default', every('denied')],
    ['update', { analytics_storage: 'granted' }],
  ]);
  assert.deepEqual(said(), ['granted google', 'unknown undefined']);
  say('update', every('denied'));
  assert.deepEqual(said(), ['denied google', 'denied google']);
  say('update', every('granted'));
  assert.deepEqual(said(), ['granted google', 'granted google']);
});

test('a default that denies is the question, and no answer', (t) => {
  const { calls, said } = open(t, [['default', every('denied')]]);
  assert.deepEqual([said(), calls], [UNKNOWN, []]);
});

test('a default that grants holds until somebody answers', (t) => {
  const { say, said } = open(t, [['default', every('granted')]]);
  assert.deepEqual(said(), ['granted google: default', 'granted google: default']);
  say('update', { ad_user_data: 'denied' });
  assert.deepEqual(said(), ['granted google: default', 'denied google']);
});

test('a default waits for its update, as long as it says', (t) => {
  const { say, said, tick } = open(t, [['default', { ...every('granted'), wait_for_update: 500 }]]);
  tick(400);
  assert.deepEqual(said(), UNKNOWN);
  say('update', { ad_storage: 'denied' });
  assert.deepEqual(said(), ['unknown undefined', 'denied google'], 'what is answered is not waited for');
  tick(600);
  assert.deepEqual(said(), ['granted google: default', 'denied google']);
});

test('other items keep nobody waiting, and no default waits for more than a minute', (t) => {
  const { globals, said, tick } = open(t, [['default', { ...every('granted'), wait_for_update: 1e9 }]]);
  for (let i = 0; i < 60; ++i) {
    tick(1000);
    globals.dataLayer?.push({ event: 'scroll' });
  }
  assert.deepEqual(said(), ['granted google: default', 'granted google: default']);
});

test('a default that follows at once restricts the one before', (t) => {
  const { said, say, calls, tick } = open(t, []);
  say('default', every('granted'));
  say('default', { ad_storage: 'denied' });
  tick(1);
  assert.deepEqual(said(), ['granted google: default', 'unknown undefined']);
  assert.equal(calls.length, 1);
});

test('what one command says is one call', (t) => {
  const { calls } = open(t, [['update', every('granted')]]);
  assert.deepEqual(calls, [[{ analytics: 'granted', marketing: 'granted' }, 'google']]);
});

test('a purpose is granted when all of its types are, and denied when one is', (t) => {
  const options = { purposes: { analytics: ['analytics_storage', 'functionality_storage'], marketing: [] } };
  const { say, said } = open(t, [['update', { analytics_storage: 'granted' }]], options);
  assert.deepEqual(said(), UNKNOWN);
  say('update', { functionality_storage: 'granted' });
  assert.equal(said()[0], 'granted google');
  say('update', { analytics_storage: 'denied' });
  assert.equal(said()[0], 'denied google');
});

describe('defaults for regions', () => {
  const grant = { analytics_storage: 'granted' };
  const deny = { analytics_storage: 'denied' };
  const inFrance = { ...deny, region: ['FR', 'DE'] };
  const inCalifornia = { ...deny, region: ['US-CA'] };
  const inAmerica = { ...grant, region: ['US'] };
  const table: [what: string, region: string | undefined, defaults: object[], state: string][] = [
    ['nobody knows where he is: one that denies may be his', undefined, [grant, inFrance], 'unknown'],
    ['also if it comes first', undefined, [inFrance, grant], 'unknown'],
    ['one that grants is not his alone', undefined, [inAmerica], 'unknown'],
    ['in a region of the list', 'fr', [grant, inFrance], 'unknown'],
    ['in another', 'US', [grant, inFrance], 'granted'],
    ['in a part of a region of the list', 'DE-BE', [inFrance, grant], 'unknown'],
    ['the narrower counts, whatever the order', 'US-CA', [inCalifornia, inAmerica, grant], 'unknown'],
    ['the wider counts where the narrower is for others', 'US-NY', [deny, inAmerica, inCalifornia], 'granted'],
    ['of two for the same the later counts', 'FR', [inFrance, { ...grant, region: ['FR'] }], 'granted'],
    ['a region as text', 'FR', [grant, { ...deny, region: 'FR' }], 'unknown'],
    ['an empty list is for all', undefined, [{ ...grant, region: [] }], 'granted'],
  ];
  for (const [what, region, defaults, state] of table) {
    test(what, (t) => {
      const commands = defaults.map((one): Commands[number] => ['default', one]);
      const { said } = open(t, commands, { region });
      assert.equal(said()[0]?.split(' ')[0], state);
    });
  }

  test('an update is his, whatever it says of regions', (t) => {
    const { said } = open(t, [['update', { ...grant, region: ['FR'] }]], { region: 'US' });
    assert.equal(said()[0], 'granted google');
  });
});

test('a data layer that comes late is found', (t) => {
  const { globals, tick, said, say } = open(t);
  tick(59_000);
  globals.dataLayer = [command('consent', 'update', { analytics_storage: 'granted' })];
  tick(1000);
  assert.equal(said()[0], 'granted google');
  say('update', { analytics_storage: 'denied' });
  assert.equal(said()[0], 'denied google');
});

test('one that takes its place is found, too, and the first is let go of by the end', (t) => {
  const { globals, tick, said, say, disconnect } = open(t, [['update', { analytics_storage: 'granted' }]]);
  const first = globals.dataLayer;
  tick(5000);
  globals.dataLayer = [command('consent', 'update', { analytics_storage: 'denied' })];
  tick(1000);
  assert.equal(said()[0], 'denied google');
  say('update', { analytics_storage: 'granted' });
  assert.equal(said()[0], 'granted google');
  disconnect();
  assert.deepEqual(
    [first, globals.dataLayer].map((one) => Object.hasOwn(one ?? [], 'push')),
    [false, false],
  );
});

test('a no that is said once more counts, of its purpose alone; a yes does not', (t) => {
  const { consent, say, said } = open(t, [['update', every('denied')]]);
  consent.set({ analytics: 'granted', marketing: 'granted' }, 'site');
  say('update', { analytics_storage: 'denied' });
  assert.deepEqual(said(), ['denied google', 'granted site']);
  say('update', every('granted'));
  consent.set({ analytics: 'denied' }, 'site');
  say('update', every('granted'));
  assert.deepEqual(said(), ['denied site', 'granted google']);
});

test('what is pushed while one hears of what was there is heard', (t) => {
  const globals: { dataLayer: unknown[] } = {
    dataLayer: [command('consent', 'update', { analytics_storage: 'granted' })],
  };
  openPage(t);
  shareGlobals(t, globals);
  const { consent, said } = createFakeConsent();
  consent.onChange(({ analytics, marketing }) => {
    if (analytics?.state !== 'granted' || marketing?.state !== 'unknown') return;
    globals.dataLayer.push(command('consent', 'update', { ad_storage: 'denied' }));
  });
  connectGoogleConsent(consent)();
  assert.deepEqual(said(), ['granted google', 'denied google']);
});

test('one that does not come is not waited for without end', (t) => {
  const { calls, tick } = open(t, [], { dataLayer: 'never', waitMs: 1000 });
  tick(1100);
  shareGlobals(t, { never: [command('consent', 'update', every('granted'))] });
  tick(100_000);
  assert.deepEqual(calls, []);
});

test('what is pushed arrives, whatever it is, and garbage changes nothing', (t) => {
  const { globals, calls, tick } = open(t, []);
  const layer = globals.dataLayer as unknown[];
  const names = ['analytics_storage', 'ad_storage', 'region', 'wait_for_update', '0', '1', '2', 'length'];
  const items = garbage(9, 3000, names).flatMap((one) => [
    one,
    command('consent', one, every('granted')),
    command('consent', 'update', one),
    command('consent', 'default', one),
    command(one, 'update', every('granted')),
  ]);
  assert.equal(layer.push(...items), items.length);
  tick(100_000);
  assert.ok(layer.length === items.length && layer.every((one, i) => Object.is(one, items[i])));
  assert.deepEqual(calls, []);
});

test('options of any kind throw nothing', (t) => {
  const { consent, calls, globals } = open(t, []);
  for (const one of garbage(10, 500, ['purposes', 'dataLayer', 'region', 'waitMs', 'analytics'])) {
    assert.doesNotThrow(connectGoogleConsent(consent, one as never));
    assert.doesNotThrow(connectGoogleConsent(consent, { purposes: one, region: one, dataLayer: one } as never));
  }
  assert.deepEqual(calls, []);
  const disconnect = connectGoogleConsent(hostileConsent);
  globals.dataLayer?.push(command('consent', 'update', every('granted')));
  disconnect();
});

test('who disconnects hears nothing any more, and the data layer is as it was', (t) => {
  const { globals, say, calls, disconnect, tick } = open(t, [['default', { ...every('granted'), wait_for_update: 5 }]]);
  disconnect();
  disconnect();
  say('update', every('granted'));
  tick(100_000);
  assert.deepEqual([calls, Object.hasOwn(globals.dataLayer ?? [], 'push')], [[], false]);
});

test('on a server nothing is waited for', (t) => {
  const timers = t.mock.method(globalThis, 'setInterval', () => assert.fail());
  connectGoogleConsent(createFakeConsent().consent)();
  assert.equal(timers.mock.callCount(), 0);
});
