// The consent of a page's visitor: whom it tells, on this page and on others.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { EventKind } from '../../../js/src/constants.ts';
import { createConsent } from '../../../js/src/consent/create.ts';
import type { ConsentRules, ConsentTaker, JoinableConsent } from '../../../js/src/consent/rules.ts';
import type { ConsentOptions } from '../../../js/src/consent/types.ts';
import { openChannels } from '../fake-channels.ts';
import { openPage } from '../fake-page.ts';

const CHANNEL = 'piste/consent';

function open(t: TestContext, options?: ConsentOptions) {
  const page = openPage(t);
  const channels = openChannels(t);
  const consent = createConsent(options) as JoinableConsent;
  const heard: string[] = [];
  const mistakes: unknown[] = [];
  const taker: ConsentTaker = { heed: (text) => heard.push(text), invalid: (what) => mistakes.push(what) };
  const rules = consent.join(taker);
  heard.length = 0; // what is known
  return { page, channels, consent, heard, mistakes, taker, rules };
}

const states = (consent: JoinableConsent): unknown[] => Object.values(consent.get()).map(({ state }) => state);

test('trackers are told of each change, and of what is none', (t) => {
  const { consent, heard, mistakes, rules } = open(t);
  assert.deepEqual([rules.text(), rules.identityState()], ['hrguu', 'unknown']);
  consent.set({ analytics: 'granted' }, 'banner');
  consent.set({ analytics: 'granted' }, 'banner');
  consent.set({ talk: 'granted' });
  assert.deepEqual([heard, mistakes], [['hrggu'], [{ talk: 'granted' }]]);
  assert.deepEqual([rules.text(), rules.identityState()], ['hrggu', 'granted']);
});

test('events and entities have the purposes that the options give them', (t) => {
  const ad = 'iglu:com.acme/ad/jsonschema/1-0-0';
  const { consent, taker } = open(t, { entities: { [ad]: 'marketing' }, events: { structured: 'necessary' } });
  const rules = consent.join(taker, true);
  const event = { category: 'c', action: 'a', entities: [{ schema: ad, data: {} }] };
  assert.deepEqual(rules.fieldsOf(EventKind.Structured, event).slice(9), [
    '0',
    '2',
    JSON.stringify([{ schema: ad, data: {} }]),
  ]);
});

test('other pages are told of what they may have to release or to take back, and of nothing else', (t) => {
  const { consent, channels } = open(t);
  consent.set({ analytics: 'denied', marketing: 'denied' }, 'banner');
  assert.deepEqual(channels.said, []);
  consent.set({ analytics: 'granted' }, 'banner');
  consent.set({ analytics: 'denied' });
  assert.deepEqual(channels.said, [
    { states: { analytics: 'granted' }, source: 'banner' },
    { states: { analytics: 'denied' }, source: undefined },
  ]);
});

test('what another page says counts, and is not said again', (t) => {
  const { consent, channels, heard } = open(t);
  const here: unknown[] = [];
  consent.onChange((_, isDecidedHere) => here.push(isDecidedHere));
  channels.say(CHANNEL, { states: { analytics: 'granted' }, source: 'tcf' });
  assert.deepEqual([heard, channels.said, here], [['hrggu'], [], [false]]);
  consent.set({ marketing: 'granted' });
  assert.deepEqual(here, [false, true]);
  assert.equal(consent.get()['analytics']?.source, 'tcf');
});

test('of what another page says counts what is known here, and no more', (t) => {
  const { consent, channels, heard, mistakes } = open(t);
  for (const said of [
    undefined,
    null,
    7,
    'granted',
    [],
    {},
    { states: 7 },
    { states: null },
    { states: { talk: 'granted' } },
  ])
    channels.say(CHANNEL, said);
  assert.deepEqual([heard, mistakes.length], [[], 0]);
  channels.say(CHANNEL, { states: { talk: 'granted', marketing: 'granted' }, source: {} });
  assert.deepEqual([heard, mistakes], [['hrgug'], []]);
  channels.say(CHANNEL, { states: { marketing: 'yes' } });
  assert.deepEqual([heard.length, mistakes.length, states(consent)[2]], [1, 1, 'granted']);
});

test('a page that is restored asks a function that tells what the visitor has decided, and no list of states', (t) => {
  let analytics: 'granted' | 'denied' | undefined = 'granted';
  const { consent, page, heard } = open(t, { initial: () => analytics && { analytics } });
  assert.deepEqual(states(consent), ['granted', 'granted', 'unknown']);
  page.putAway();
  analytics = 'denied';
  page.comeBack();
  assert.deepEqual([heard, consent.get()['analytics']?.source], [['hrgdu'], 'initial']);
  analytics = undefined;
  page.comeBack();
  assert.deepEqual(states(consent), ['granted', 'denied', 'unknown'], 'nobody has decided otherwise');
});

test('what was decided since stands against states that were given once', (t) => {
  const { consent, page, heard } = open(t, { initial: { analytics: 'granted' } });
  consent.set({ analytics: 'denied' });
  page.putAway();
  page.comeBack();
  assert.deepEqual(heard, ['hrgdu']);
});

test('a source that was told is not taken back by an answer that says the same', (t) => {
  const { consent, page } = open(t, { initial: () => ({ analytics: 'granted' }) });
  consent.set({ analytics: 'granted' }, 'banner');
  page.putAway();
  page.comeBack();
  assert.equal(consent.get()['analytics']?.source, 'banner');
});

test('options that are none, or throw, leave all unknown', (t) => {
  const thrower = (): never => {
    throw new Error('of the site');
  };
  for (const options of [
    null,
    7,
    { purposes: 7, initial: 7, ifUnknown: {}, events: null },
    { initial: thrower },
    Object.defineProperty({}, 'initial', { enumerable: true, get: thrower }),
  ]) {
    const { rules, consent, page } = open(t, options as never);
    assert.equal(rules.text(), 'hrguu');
    page.comeBack();
    assert.deepEqual(states(consent), ['granted', 'unknown', 'unknown']);
  }
});

test('on a server it is consent all the same', () => {
  const consent = createConsent();
  consent.set({ analytics: 'granted' });
  assert.equal(consent.get()['analytics']?.state, 'granted');
});

test('a tracker is told what is known when it joins, and whether it can do it', (t) => {
  const { consent, taker, heard, mistakes } = open(t, { ifUnknown: 'anonymise', ifDenied: 'anonymise' });
  mistakes.length = 0;
  consent.join(taker, true);
  assert.deepEqual([heard, mistakes], [['aaguu'], []]);
  consent.join(taker);
  assert.deepEqual(
    [heard, mistakes],
    [
      ['aaguu', 'aaguu'],
      [{ ifUnknown: 'anonymise' }, { ifDenied: 'anonymise' }],
    ],
  );
});

test('what others have left may be read once the visitor has answered', (t) => {
  const { consent, rules } = open(t);
  const may = (): boolean[] => [rules.mayRead(), rules.mayOpen({ identity: 'memory' }, () => 0)];
  assert.deepEqual(may(), [false, false]);
  consent.set({ analytics: 'granted' });
  assert.deepEqual(may(), [true, true]);
  consent.set({ analytics: 'unknown' });
  assert.deepEqual(may(), [false, false]);
  consent.set({ analytics: 'denied' });
  assert.deepEqual(may(), [true, true]);
});

test('a tracker whose core is not full gives entities as they are granted now', (t) => {
  const ad = 'iglu:com.acme/ad/jsonschema/1-0-0';
  const { consent, rules } = open(t, { entities: { [ad]: 'marketing' } });
  const fields = (): string[] =>
    rules.fieldsOf(EventKind.Structured, { category: 'c', action: 'a', entities: [{ schema: ad, data: {} }] } as never);
  assert.deepEqual([fields().length, fields()[5]], [9, '']);
  consent.set({ marketing: 'granted' });
  assert.deepEqual([fields()[9], fields()[5]], ['12', JSON.stringify([{ schema: ad, data: {} }])]);
});

test('what is held is marked so, if the site wants it, where the core does not do it', (t) => {
  const rulesOf = (options: ConsentOptions, isFull: boolean): ConsentRules => {
    const { consent, taker } = open(t, { markHeld: true, ...options });
    return consent.join(taker, isFull);
  };
  const fieldsOf = (options: ConsentOptions, purpose?: string): string =>
    rulesOf(options, false)
      .fieldsOf(EventKind.Structured, { category: 'c', action: 'a', purpose } as never)
      .join();
  const mark = (purpose: string): string =>
    JSON.stringify([{ schema: 'iglu:piste/held/jsonschema/1-0-0', data: { purpose } }]);
  assert.ok(fieldsOf({}).includes(mark('analytics')));
  assert.ok(fieldsOf({}, 'marketing').includes(mark('marketing')));
  assert.ok(fieldsOf({ ifUnknown: 'anonymise' }).includes(mark('analytics')), 'that is held there');
  assert.ok(fieldsOf({ initial: { analytics: 'granted' } }, 'marketing').includes(mark('marketing')));
  for (const options of [
    { markHeld: undefined },
    { ifUnknown: 'refuse' },
    { initial: { analytics: 'granted' } },
    { initial: { analytics: 'denied' } },
  ] as const)
    assert.ok(!fieldsOf(options).includes('held'), JSON.stringify(options));
  assert.ok(!fieldsOf({}, 'necessary').includes('held'));
  // The core refuses these.
  for (const none of [5, {}, 'nope', Symbol('s')] as never[]) {
    const given = fieldsOf({}, none);
    assert.ok(!given.includes('held') && given.endsWith('none'), given);
  }
  const full = rulesOf({ purposes: ['a\nb'] }, true);
  assert.equal(full.heldNames, 'necessary\nanalytics\nmarketing\na b');
  assert.ok(
    !full
      .fieldsOf(EventKind.Structured, { category: 'c', action: 'a' } as never)
      .join()
      .includes('held'),
  );
  assert.equal(rulesOf({ markHeld: false }, true).heldNames, '');
});

test('a purpose of events or entities that is none is told to each tracker', (t) => {
  const { consent, taker, mistakes } = open(t, {
    events: { page_view: 'talk', structured: 'marketing' },
    entities: { 'iglu:a/b/jsonschema': 'walk' },
  });
  consent.join(taker, true);
  assert.deepEqual(mistakes.slice(-2), [{ page_view: 'talk' }, { 'iglu:a/b/jsonschema': 'walk' }]);
});
