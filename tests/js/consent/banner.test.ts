// Any banner: when it is read, and that one which answers twice, never or with garbage does no harm.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { connectBanner, type BannerOptions } from '../../../js/src/consent/banner.ts';
import type { ConsentStates } from '../../../js/src/consent/types.ts';
import { settled } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';
import { garbage } from './garbage.ts';

const ALL: ConsentStates = { analytics: 'granted', marketing: 'granted' };

/** A banner that says `says`, in a page. */
function open(t: TestContext, says?: ConsentStates, options: Partial<BannerOptions> = {}) {
  const page = openPage(t);
  const fake = createFakeConsent();
  const banner = { says, changed: () => {}, reads: 0, ended: 0 };
  const read = () => (++banner.reads, banner.says);
  const subscribe = (changed: () => void) => {
    banner.changed = changed;
    return () => ++banner.ended;
  };
  const disconnect = connectBanner(fake.consent, { read, subscribe, ...options });
  return { ...fake, page, banner, disconnect };
}

test('it is read at once', (t) => {
  const { said } = open(t, ALL);
  assert.deepEqual(said(), ['granted banner', 'granted banner']);
});

test('it is read when it says that it has changed', (t) => {
  const { banner, said } = open(t);
  assert.deepEqual(said(), ['unknown undefined', 'unknown undefined']);
  banner.says = { analytics: 'granted', marketing: 'denied' };
  banner.changed();
  assert.deepEqual(said(), ['granted banner', 'denied banner']);
});

test('it is read when the page comes back, and when it is seen again', (t) => {
  const { banner, page, said } = open(t);
  page.happens('pageshow', { persisted: false });
  page.show('hidden');
  assert.equal(banner.reads, 1);
  banner.says = { analytics: 'granted' };
  page.show('visible');
  assert.equal(said()[0], 'granted banner');
  banner.says = { analytics: 'denied' };
  page.happens('pageshow', { persisted: true });
  assert.equal(said()[0], 'denied banner');
});

test('its name is the source', (t) => {
  const { said } = open(t, ALL, { source: 'cookiebot' });
  assert.equal(said()[0], 'granted cookiebot');
});

test('what it says twice is said once', (t) => {
  const { banner, calls } = open(t, ALL);
  banner.changed();
  banner.changed();
  assert.equal(calls.length, 1);
});

test('it may answer later; of several answers that of the last question counts', async (t) => {
  const questions: ((states: ConsentStates | undefined) => void)[] = [];
  const read = () => new Promise<ConsentStates | undefined>((resolve) => void questions.push(resolve));
  const { banner, said, disconnect } = open(t, undefined, { read });
  banner.changed();
  banner.changed();
  questions[1]?.({ analytics: 'granted' });
  await settled();
  assert.equal(said()[0], 'granted banner');
  questions[0]?.({ analytics: 'denied' });
  await settled();
  assert.equal(said()[0], 'granted banner', 'the answer to an older question');
  disconnect();
  questions[2]?.({ analytics: 'denied' });
  await settled();
  assert.equal(said()[0], 'granted banner', 'nobody listens any more');
});

test('answers that fail, or never come, change nothing', async (t) => {
  const reads = [
    () => Promise.reject(new Error('the banner’s')),
    () => new Promise<undefined>(() => {}),
    () => {
      throw new Error('the banner’s');
    },
    () => ({
      then() {
        throw new Error('the banner’s');
      },
    }),
  ];
  for (const read of reads) {
    const { calls, disconnect } = open(t, undefined, { read: read });
    await settled();
    assert.deepEqual(calls, []);
    disconnect();
  }
});

test('good words among bad ones count, the others change nothing', (t) => {
  const { calls } = open(t, { analytics: 'granted', marketing: 'yes', other: true } as never);
  assert.deepEqual(calls, [[{ analytics: 'granted' }, 'banner']]);
});

test('garbage changes nothing', async (t) => {
  const { banner, calls, disconnect } = open(t);
  for (const one of garbage(2, 3000, ['analytics', 'marketing', 'then', 'length', '__proto__'])) {
    banner.says = one as never;
    banner.changed();
    banner.says = Promise.resolve(one) as never;
    banner.changed();
  }
  await settled();
  assert.deepEqual(calls, []);
  disconnect();
});

test('options of any kind throw nothing', (t) => {
  openPage(t);
  const { consent, calls } = createFakeConsent();
  for (const one of garbage(3, 1000, ['read', 'subscribe', 'source'])) {
    assert.doesNotThrow(connectBanner(consent, one as never));
    assert.doesNotThrow(connectBanner(consent, { read: () => undefined, subscribe: () => one }));
  }
  assert.deepEqual(calls, []);
  connectBanner(hostileConsent, { read: () => ALL })();
});

test('a subscription that throws, at the start or at the end, throws nothing into the page', (t) => {
  openPage(t);
  const { consent, said } = createFakeConsent();
  const fail = (): never => {
    throw new Error('the banner’s');
  };
  const read = () => ALL;
  connectBanner(consent, { read, subscribe: fail })();
  connectBanner(consent, { read, subscribe: () => fail })();
  assert.equal(said()[0], 'granted banner');
});

test('once it is disconnected it is not read any more, and its subscription has ended once', (t) => {
  const { banner, page, disconnect } = open(t);
  disconnect();
  disconnect();
  banner.changed();
  page.happens('pageshow', { persisted: true });
  page.show('visible');
  assert.deepEqual([banner.reads, banner.ended], [1, 1]);
});

test('on a server it is read once', () => {
  const { consent, said } = createFakeConsent();
  connectBanner(consent, { read: () => ALL })();
  assert.equal(said()[0], 'granted banner');
});

test('a no that is said once more counts; a yes, and what is only read again, does not', (t) => {
  const { banner, consent, page, said } = open(t, { analytics: 'denied', marketing: 'granted' });
  consent.set({ analytics: 'granted', marketing: 'denied' }, 'site');
  page.happens('pageshow', { persisted: true });
  assert.deepEqual(said(), ['granted site', 'denied site']);
  banner.changed();
  assert.deepEqual(said(), ['denied banner', 'denied site']);
});

test('one that says that it has changed while it is read is read once', (t) => {
  let reads = 0;
  const read = (): ConsentStates => {
    ++reads;
    banner.changed();
    return ALL;
  };
  const { banner, said } = open(t, ALL, { read: () => read() });
  reads = 0;
  banner.changed();
  assert.deepEqual([reads, said()[0]], [1, 'granted banner']);
});

test('an answer under way is not outdated by none', async (t) => {
  let answer = (_: ConsentStates): void => {};
  const first = new Promise<ConsentStates>((resolve) => (answer = resolve));
  const answers = [first];
  const { banner, said } = open(t, undefined, { read: () => answers.pop() });
  banner.changed();
  answer({ analytics: 'denied' });
  await settled();
  assert.equal(said()[0], 'denied banner');
});
