// What is kept of the visitor's decisions, and what the core is told of them.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createKeeper } from '../../../js/src/consent/keeper.ts';
import type { ConsentOptions } from '../../../js/src/consent/types.ts';

const NOW_MS = 1_700_000_000_000;

function open(t: TestContext, options: ConsentOptions = {}) {
  const changed = t.mock.fn((_: string) => {});
  const invalid = t.mock.fn((_: unknown) => {});
  const consent = createKeeper(options, { changed, invalid, nowMs: () => NOW_MS });
  const texts = (): unknown[] => changed.mock.calls.map(({ arguments: [text] }) => text);
  const mistakes = (): unknown[] => invalid.mock.calls.map(({ arguments: [what] }) => what);
  return { consent, texts, mistakes };
}

test('at the start what is necessary is granted, and nothing else is known', (t) => {
  const { consent, texts } = open(t);
  assert.equal(consent.text(), 'hrguu');
  assert.deepEqual(consent.get(), {
    necessary: { state: 'granted', decidedMs: NOW_MS, source: 'initial' },
    analytics: { state: 'unknown', decidedMs: undefined, source: undefined },
    marketing: { state: 'unknown', decidedMs: undefined, source: undefined },
  });
  assert.equal(consent.stateOf('analytics'), 'unknown');
  assert.deepEqual(texts(), []);
});

test('decisions are told as one text, with their time and source kept', (t) => {
  const { consent, texts } = open(t, { purposes: ['ads', 'chat'], ifUnknown: 'anonymise', ifDenied: 'anonymise' });
  consent.apply({ analytics: 'granted', marketing: 'denied' }, 'banner');
  consent.apply({ chat: 'granted' });
  assert.deepEqual(texts(), ['aaggduu', 'aaggdug']);
  assert.deepEqual(consent.get()['marketing'], { state: 'denied', decidedMs: NOW_MS, source: 'banner' });
  assert.deepEqual(consent.get()['chat'], { state: 'granted', decidedMs: NOW_MS, source: undefined });
  assert.deepEqual(
    [consent.stateOf('analytics'), consent.numberOf('chat'), consent.numberOf('talk')],
    ['granted', 4, undefined],
  );
});

test('what get() gave on an earlier page is known as it was then; what of it is none is as of now', (t) => {
  const before = { state: 'denied', decidedMs: 5, source: 'banner' } as const;
  const odd = { state: 'granted', decidedMs: NaN, source: 7 } as never;
  const initial = JSON.parse(JSON.stringify({ analytics: before, marketing: { state: 'unknown' } })) as object;
  const { consent, mistakes } = open(t, {
    purposes: ['ads', 'chat'],
    initial: () => ({ ...initial, ads: odd, chat: {} }),
  });
  assert.deepEqual(consent.get()['analytics'], before);
  assert.deepEqual(consent.get()['ads'], { state: 'granted', decidedMs: NOW_MS, source: 'initial' });
  assert.deepEqual(
    [consent.get()['marketing']?.state, consent.text(), mistakes()],
    ['unknown', 'hrgdugu', [{ chat: {} }]],
  );
  consent.apply({ analytics: 'granted' }, 'banner');
  consent.askAgain();
  assert.deepEqual(consent.get()['analytics'], before);
});

test('decisions of now are states alone: nobody gives them another time or source', (t) => {
  const { consent, mistakes } = open(t);
  const forged = { analytics: { state: 'granted', decidedMs: 5, source: 'forged' } };
  assert.equal(consent.apply(forged, 'banner'), false);
  assert.deepEqual([consent.text(), mistakes()], ['hrguu', [forged]]);
});

test('what is said twice is told once; a new source is kept', (t) => {
  const { consent, texts } = open(t);
  consent.apply({ analytics: 'granted' }, 'banner');
  consent.apply({ analytics: 'granted' }, 'banner');
  consent.apply({ analytics: 'granted' }, 'tcf');
  assert.deepEqual(texts(), ['hrggu']);
  assert.equal(consent.get()['analytics']?.source, 'tcf');
});

test('who forgets what was decided has no time of a decision', (t) => {
  const { consent } = open(t, { initial: { analytics: 'granted' } });
  consent.apply({ analytics: 'unknown' });
  assert.deepEqual(consent.get()['analytics'], { state: 'unknown', decidedMs: undefined, source: undefined });
});

test('what is no decision changes nothing, and is told', (t) => {
  const { consent, texts, mistakes } = open(t);
  const bad: unknown[] = [
    undefined,
    null,
    7,
    'granted',
    { analytics: 'yes' },
    { analytics: true },
    { analytics: 'toString' },
    { ads: 'granted' },
    { constructor: 'granted' },
    JSON.parse('{"__proto__":"granted"}'),
    Object.defineProperty({}, 'analytics', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    }),
  ];
  for (const states of bad) consent.apply(states, 'banner');
  assert.equal(consent.text(), 'hrguu');
  assert.deepEqual(texts(), []);
  assert.equal(mistakes().length, bad.length, 'each once');
  consent.apply({ analytics: 'granted', ads: 'granted' });
  assert.deepEqual(texts(), ['hrggu'], 'what is right beside it counts');
});

test('a source that cannot be text is none', (t) => {
  const { consent } = open(t);
  consent.apply({ analytics: 'granted' }, Object.create(null) as string);
  assert.equal(consent.get()['analytics']?.source, '');
});

test('no more purposes than the core knows; names that are there already are the same', (t) => {
  const { consent, mistakes } = open(t, { purposes: ['analytics', 'a', 'b', 'c', 'd', 'e', 'f', 'a'] });
  assert.deepEqual(Object.keys(consent.get()), ['necessary', 'analytics', 'marketing', 'a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(mistakes(), ['f']);
});

test('listeners hear of each change until they are ended, whoever throws among them', (t) => {
  const { consent } = open(t);
  const heard: unknown[] = [];
  consent.onChange(() => {
    throw new Error('mine');
  });
  const stop = consent.onChange((decisions) => heard.push(decisions['analytics']?.state));
  consent.apply({ analytics: 'granted' });
  consent.apply({ marketing: 'granted' });
  stop();
  consent.apply({ analytics: 'denied' });
  assert.deepEqual(heard, ['granted', 'granted']);
});

test('a listener that decides itself is heard after it', (t) => {
  const { consent, texts } = open(t);
  consent.onChange(({ marketing }) => {
    if (marketing?.state === 'unknown') consent.apply({ marketing: 'denied' });
  });
  consent.apply({ analytics: 'granted' });
  assert.deepEqual(texts(), ['hrggu', 'hrggd']);
});

test('what is given out is a copy', (t) => {
  const { consent } = open(t);
  Object.assign(consent.get()['analytics'] as object, { state: 'granted' });
  assert.equal(consent.text(), 'hrguu');
});

test('words for policies that are none are the defaults', (t) => {
  const { consent } = open(t, { ifUnknown: 'wait' as never, ifDenied: 'hold' as never });
  assert.equal(consent.text(), 'hrguu');
  assert.equal(open(t, { ifUnknown: 'toString' as never }).consent.text(), 'hrguu');
});
