// Global Privacy Control and Do Not Track: what they deny, and that a visitor who decides has the last word.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { connectSignals, type SignalOptions } from '../../../js/src/consent/signals.ts';
import { shareGlobals } from '../fake-globals.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';
import { garbage } from './garbage.ts';

interface Browser {
  globalPrivacyControl?: unknown;
  doNotTrack?: unknown;
}

function open(t: TestContext, navigator: Browser, options?: SignalOptions) {
  shareGlobals(t, { navigator });
  const fake = createFakeConsent();
  return { ...fake, connect: () => connectSignals(fake.consent, options) };
}

test('Global Privacy Control denies marketing, and Do Not Track nothing, unless the site says otherwise', (t) => {
  const { connect, said } = open(t, { globalPrivacyControl: true, doNotTrack: '1' });
  connect();
  assert.deepEqual(said(), ['unknown undefined', 'denied gpc']);
});

test('each signal denies the purposes that it is mapped to', (t) => {
  const options = { gpc: ['marketing'], dnt: ['analytics', 'marketing'] };
  const { connect, said } = open(t, { globalPrivacyControl: true, doNotTrack: '1' }, options);
  connect();
  assert.deepEqual(said(), ['denied dnt', 'denied gpc']);
});

test('a signal that is off, or is ignored, says nothing', (t) => {
  for (const [browser, options] of [
    [{}, { gpc: ['marketing'], dnt: ['analytics'] }],
    [{ globalPrivacyControl: false, doNotTrack: '0' }, { dnt: ['analytics'] }],
    [{ globalPrivacyControl: 'true', doNotTrack: 'unspecified' }, { dnt: ['analytics'] }],
    [
      { globalPrivacyControl: true, doNotTrack: '1' },
      { gpc: false, dnt: false },
    ],
  ] as [Browser, SignalOptions][]) {
    const { connect, calls } = open(t, browser, options);
    connect();
    assert.deepEqual(calls, []);
  }
});

test('a decision of the visitor stands, before the signal and after it', (t) => {
  const browser = { globalPrivacyControl: true };
  const before = open(t, browser);
  before.consent.set({ marketing: 'granted' }, 'banner');
  before.connect();
  assert.equal(before.said()[1], 'granted banner');
  const after = open(t, browser);
  after.connect();
  after.consent.set({ marketing: 'granted' }, 'banner');
  assert.equal(after.said()[1], 'granted banner');
});

test('what was only presumed is denied', (t) => {
  const { connect, consent, said } = open(t, { globalPrivacyControl: true });
  consent.set({ marketing: 'granted' }, 'initial');
  connect();
  assert.equal(said()[1], 'denied gpc');
});

test('a decision that is taken back leaves it to the signal again, until that is disconnected', (t) => {
  const { connect, consent, said, listeners } = open(t, { globalPrivacyControl: true });
  const disconnect = connect();
  consent.set({ marketing: 'granted' }, 'banner');
  consent.set({ marketing: 'unknown' }, 'banner');
  assert.equal(said()[1], 'denied gpc');
  disconnect();
  disconnect();
  consent.set({ marketing: 'unknown' }, 'banner');
  assert.deepEqual([said()[1], listeners.size], ['unknown banner', 0]);
});

test('purposes that nobody knows are not asked for', (t) => {
  const { connect, calls } = open(t, { globalPrivacyControl: true }, { gpc: ['ads'] });
  connect();
  assert.deepEqual(calls, []);
});

test('whatever it is given it does not throw', (t) => {
  const { consent, calls } = open(t, { globalPrivacyControl: true, doNotTrack: '1' });
  for (const one of garbage(1, 500, ['gpc', 'dnt'])) {
    const given = typeof one === 'object' && one !== null ? one : { gpc: one, dnt: one };
    assert.doesNotThrow(connectSignals(consent, { gpc: false, ...{ dnt: given } } as never));
    assert.doesNotThrow(connectSignals(consent, one as never));
  }
  assert.ok(
    calls.every(([states]) => Object.keys(states).join() === 'marketing'),
    'the default alone',
  );
  connectSignals(hostileConsent)();
  connectSignals(undefined as never)();
});

test('a navigator that throws has no signals', (t) => {
  const { connect, calls } = open(t, {
    get globalPrivacyControl(): never {
      throw new Error('the browser’s');
    },
  });
  connect();
  assert.deepEqual(calls, []);
});
