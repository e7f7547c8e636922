// The IAB's framework: what a banner's answers mean, where its interface is found, and when it comes late.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { connectTcf, type TcfOptions } from '../../../js/src/consent/tcf.ts';
import { shareGlobals, stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { consents, createCmp } from './fake-cmp.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';
import { garbage } from './garbage.ts';
import { makeTcString } from './tc-strings.ts';

const EVERYTHING = consents(1, 2, 3, 4, 7, 8, 9, 10);
const UNKNOWN = ['unknown undefined', 'unknown undefined'];
const GRANTED = ['granted tcf', 'granted tcf'];
const DENIED = ['denied tcf', 'denied tcf'];

interface Start {
  options?: TcfOptions;
  /** The banner is not there yet. */
  late?: boolean;
}

function open(t: TestContext, { options, late }: Start = {}) {
  const time = stopTime(t);
  // In steps, since a timer that is set meanwhile counts from the end of one.
  const tick = (ms: number): void => {
    for (let left = ms; left > 0; left -= 100) time.tick(Math.min(left, 100));
  };
  const page = openPage(t);
  const cmp = createCmp();
  const globals: { __tcfapi: unknown } = { __tcfapi: late ? undefined : cmp.api };
  shareGlobals(t, globals);
  const fake = createFakeConsent();
  const disconnect = connectTcf(fake.consent, options);
  t.after(disconnect);
  return { ...fake, tick, page, cmp, globals, disconnect };
}

const answer = (purpose: unknown, more: object = {}) => ({
  eventStatus: 'useractioncomplete',
  gdprApplies: true,
  purpose,
  ...more,
});

test('until the visitor has answered nothing is known', (t) => {
  const { cmp, calls, said } = open(t);
  assert.deepEqual(cmp.calls, [['addEventListener', 2, undefined]]);
  cmp.say({ eventStatus: 'cmpuishown', gdprApplies: true, purpose: consents(1, 7, 8, 9, 10) });
  assert.deepEqual([calls, said()], [[], UNKNOWN]);
});

test('a purpose is granted when all are that it is made of', (t) => {
  const { cmp, said } = open(t);
  cmp.say(answer(consents(1, 7, 8, 9, 10)));
  assert.deepEqual(said(), ['granted tcf', 'denied tcf']);
  cmp.say(answer(consents(1, 2, 3, 4, 7, 8, 9)));
  assert.deepEqual(said(), ['denied tcf', 'granted tcf']);
  cmp.say(answer(EVERYTHING));
  assert.deepEqual(said(), GRANTED);
});

test('an answer of an earlier visit counts like one of this visit', (t) => {
  const { cmp, said } = open(t);
  cmp.say(answer(EVERYTHING, { eventStatus: 'tcloaded' }));
  assert.deepEqual(said(), GRANTED);
});

test('the site says what its purposes are made of', (t) => {
  const { cmp, said } = open(t, { options: { purposes: { analytics: [1], marketing: [] } } });
  cmp.say(answer(consents(1)));
  assert.deepEqual(said(), ['granted tcf', 'unknown undefined']);
});

test('while the banner is shown once more what was answered holds', (t) => {
  const { cmp, said } = open(t);
  cmp.say(answer(EVERYTHING));
  cmp.say(answer(EVERYTHING, { eventStatus: 'cmpuishown' }));
  assert.deepEqual(said(), GRANTED);
  cmp.say(answer(consents()));
  assert.deepEqual(said(), DENIED);
});

test('a banner that is shown undoes what was only presumed', (t) => {
  const { cmp, consent, said } = open(t);
  consent.set({ analytics: 'granted' }, 'initial');
  consent.set({ marketing: 'granted' }, 'site');
  cmp.say({ eventStatus: 'cmpuishown', gdprApplies: true });
  assert.deepEqual(said(), ['unknown tcf', 'granted site']);
});

test('where the law does not apply all is granted, and the source says why', (t) => {
  const { cmp, said } = open(t);
  cmp.say({ eventStatus: 'tcloaded', gdprApplies: false, purpose: consents() });
  assert.deepEqual(said(), Array(2).fill('granted tcf: not applicable'));
});

test('nobody knows whether it applies: the answers count', (t) => {
  const { cmp, said } = open(t);
  for (const gdprApplies of [undefined, null, 0, 'false']) {
    cmp.say(answer(EVERYTHING));
    cmp.say(answer(consents(), { gdprApplies }));
    assert.deepEqual(said(), DENIED);
  }
});

test('without a list of answers the string is read', (t) => {
  const { cmp, said } = open(t);
  const tcString = makeTcString({ consents: [1, 7, 8, 9, 10], interests: [2, 3, 4] });
  for (const purpose of [undefined, null, {}, { consents: undefined }, { consents: {} }, { consents: { 1: 'yes' } }]) {
    cmp.say(answer(consents(2, 3, 4)));
    cmp.say(answer(purpose, { tcString }));
    assert.deepEqual(said(), ['granted tcf', 'denied tcf'], JSON.stringify(purpose));
  }
});

test('legitimate interest is no consent', (t) => {
  const { cmp, said } = open(t);
  cmp.say(answer({ ...consents(), legitimateInterests: EVERYTHING.consents }));
  assert.deepEqual(said(), DENIED);
});

test('it is, if the site says so, for the purposes of which the framework knows one', (t) => {
  const { cmp, said } = open(t, { options: { legitimateInterest: true } });
  const all = [1, 2, 3, 4, 7, 8, 9, 10];
  cmp.say(answer({ ...consents(1), legitimateInterests: consents(...all).consents }));
  assert.deepEqual(said(), ['granted tcf', 'denied tcf'], '3 and 4 need consent');
  cmp.say(answer({ ...consents(), legitimateInterests: consents(...all).consents }));
  assert.deepEqual(said(), DENIED, '1 needs consent');
  cmp.say(answer(undefined, { tcString: makeTcString({ consents: [1, 3, 4], interests: [2, 7, 8, 9, 10] }) }));
  assert.deepEqual(said(), GRANTED);
});

test('who has answered and lists nothing has said no', (t) => {
  const { cmp, said } = open(t);
  cmp.say(answer({ consents: {} }, { eventStatus: 'tcloaded' }));
  assert.deepEqual(said(), UNKNOWN, 'nobody has answered');
  cmp.say(answer({ consents: {} }));
  assert.deepEqual(said(), DENIED);
});

test('garbage changes nothing', (t) => {
  const { cmp, calls } = open(t);
  const names = ['purpose', 'consents', '1', '7', 'tcString', 'length', 'eventStatus', 'listenerId'];
  for (const one of garbage(6, 3000, names)) {
    for (const callback of cmp.listeners.values()) {
      callback(one, true);
      callback(answer(EVERYTHING), one);
    }
    cmp.say(answer(one, { eventStatus: 'tcloaded' }));
    cmp.say(answer({ consents: [one] }, { eventStatus: one, tcString: one }));
  }
  assert.deepEqual(calls, []);
});

test('interfaces and options of any kind throw nothing', (t) => {
  const { tick, globals, consent, calls } = open(t, { late: true });
  for (const one of garbage(8, 500, ['purposes', 'waitMs'])) {
    globals.__tcfapi = one;
    assert.doesNotThrow(connectTcf(consent, one as never));
    globals.__tcfapi = () => {
      throw new Error('the banner’s');
    };
    assert.doesNotThrow(connectTcf(consent, { purposes: one, waitMs: one } as never));
  }
  tick(100);
  assert.deepEqual(calls, []);
  globals.__tcfapi = undefined;
  connectTcf(hostileConsent)();
});

test('a banner that answers twice is heard once', (t) => {
  const { cmp, calls } = open(t);
  cmp.say(answer(EVERYTHING));
  cmp.say(answer(EVERYTHING));
  cmp.say(answer(EVERYTHING, { eventStatus: 'tcloaded' }));
  assert.equal(calls.length, 1);
});

test('who chooses the same once more has chosen, whatever was said elsewhere meanwhile', (t) => {
  const { cmp, consent, said } = open(t);
  cmp.say(answer(consents()));
  consent.set({ analytics: 'granted', marketing: 'granted' }, 'site');
  cmp.say(answer(consents(), { eventStatus: 'tcloaded' }));
  assert.deepEqual(said(), ['granted site', 'granted site'], 'nobody has chosen');
  cmp.say(answer(consents()));
  assert.deepEqual(said(), DENIED);
  cmp.say(answer(EVERYTHING));
  consent.set({ analytics: 'denied', marketing: 'denied' }, 'site');
  cmp.say(answer(EVERYTHING));
  assert.deepEqual(said(), GRANTED);
});

test('a placeholder that forgets who asked is replaced', (t) => {
  const { cmp, globals, tick, said, consent } = open(t, { late: true });
  globals.__tcfapi = () => {};
  const disconnect = connectTcf(consent);
  tick(5000);
  globals.__tcfapi = cmp.api;
  tick(1000);
  cmp.say(answer(EVERYTHING));
  assert.deepEqual(said(), GRANTED);
  disconnect();
});

test('placeholders without end are not asked without end', (t) => {
  const { globals, tick } = open(t, { late: true });
  let asked = 0;
  Object.defineProperty(globals, '__tcfapi', { get: () => () => void ++asked });
  tick(10_000);
  assert.ok(asked > 1 && asked < 10, `${asked}`);
});

test('a banner that comes late is found', (t) => {
  const { cmp, globals, tick, said } = open(t, { late: true });
  tick(59_000);
  globals.__tcfapi = cmp.api;
  tick(1000);
  cmp.say(answer(EVERYTHING));
  assert.deepEqual(said(), GRANTED);
});

test('one that never comes is not waited for without end', (t) => {
  const { cmp, globals, tick } = open(t, { late: true, options: { waitMs: 1000 } });
  tick(1100);
  globals.__tcfapi = cmp.api;
  tick(100_000);
  assert.deepEqual(cmp.calls, []);
});

test('who disconnects is taken off the list once, and hears nothing any more', (t) => {
  const { cmp, disconnect, calls } = open(t);
  const [callback] = cmp.listeners.values();
  disconnect();
  disconnect();
  assert.deepEqual([cmp.listeners.size, cmp.calls.length], [0, 2]);
  assert.deepEqual(cmp.calls[1], ['removeEventListener', 2, 1]);
  callback?.(answer(EVERYTHING, { listenerId: 1 }), true);
  assert.deepEqual([calls.length, cmp.calls.length], [0, 2]);
});

test('who disconnects before the banner has spoken is taken off when it does', (t) => {
  const { cmp, globals, consent, calls } = open(t, { late: true });
  const queue: Parameters<typeof cmp.api>[] = [];
  globals.__tcfapi = (...call: Parameters<typeof cmp.api>) => void queue.push(call); // as the placeholder of a banner
  const disconnect = connectTcf(consent);
  globals.__tcfapi = cmp.api;
  disconnect();
  for (const call of queue) cmp.api(...call);
  assert.equal(cmp.listeners.size, 0);
  assert.deepEqual(calls, []);
});

test('who disconnects while the banner is not there asks it for nothing', (t) => {
  const { cmp, globals, tick, disconnect } = open(t, { late: true });
  disconnect();
  globals.__tcfapi = cmp.api;
  tick(100_000);
  assert.deepEqual(cmp.calls, []);
});

test('on a server nothing is waited for', (t) => {
  const timers = t.mock.method(globalThis, 'setInterval', () => assert.fail());
  connectTcf(createFakeConsent().consent)();
  assert.equal(timers.mock.callCount(), 0);
});
