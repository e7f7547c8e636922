// Whose word counts: a table of what is known, what is said, and what stands then.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  createTell,
  GOOGLE_DEFAULT,
  GPC,
  isDecision,
  isSignal,
  isState,
  listOf,
  mapped,
  NOT_APPLICABLE,
} from '../../../js/src/consent/decisions.ts';
import type { ConsentState } from '../../../js/src/consent/types.ts';
import { createFakeConsent, hostileConsent } from './fake-consent.ts';

type Word = [ConsentState, source: string | undefined];

describe('what is said next stands, or not', () => {
  const table: [known: Word, said: [ConsentState, string], then: 'stands' | 'does not'][] = [
    [['unknown', undefined], ['granted', 'banner'], 'stands'],
    [['unknown', undefined], ['granted', NOT_APPLICABLE], 'stands'],
    [['granted', 'initial'], ['unknown', 'tcf'], 'stands'],
    [['denied', 'initial'], ['granted', GOOGLE_DEFAULT], 'stands'],
    [['denied', GPC], ['granted', 'banner'], 'stands'],
    [['denied', GPC], ['denied', 'banner'], 'stands'],
    [['denied', GPC], ['unknown', 'banner'], 'does not'],
    [['denied', GPC], ['granted', NOT_APPLICABLE], 'does not'],
    [['denied', 'dnt'], ['granted', GOOGLE_DEFAULT], 'does not'],
    [['granted', 'banner'], ['denied', 'tcf'], 'stands'],
    [['granted', 'banner'], ['unknown', 'tcf'], 'does not'],
    [['granted', 'banner'], ['unknown', 'banner'], 'stands'],
    [['granted', undefined], ['unknown', 'banner'], 'does not'],
    [['denied', undefined], ['granted', GOOGLE_DEFAULT], 'does not'],
    [['granted', GOOGLE_DEFAULT], ['unknown', GOOGLE_DEFAULT], 'stands'],
    [['denied', 'banner'], ['denied', 'banner'], 'does not'],
    [['unknown', undefined], ['unknown', 'tcf'], 'does not'],
  ];
  for (const [[state, source], [next, by], then] of table) {
    test(`${state} by ${source}, then ${next} by ${by}: it ${then}`, () => {
      const { consent, calls } = createFakeConsent();
      consent.set({ analytics: state }, source);
      calls.length = 0;
      createTell(consent)({ analytics: next }, by);
      assert.deepEqual(calls, then === 'stands' ? [[{ analytics: next }, by]] : []);
    });
  }
});

test('what was said before and is said again does not undo what others have said since', () => {
  const { consent, said } = createFakeConsent();
  const tell = createTell(consent);
  tell({ analytics: 'granted' }, 'banner');
  consent.set({ analytics: 'denied' });
  tell({ analytics: 'granted' }, 'banner');
  assert.equal(said()[0], 'denied undefined');
  tell({ analytics: 'denied' }, 'banner');
  tell({ analytics: 'granted' }, 'banner');
  assert.equal(said()[0], 'granted banner', 'it has changed meanwhile');
});

test('all that is news is one call', () => {
  const { consent, calls } = createFakeConsent();
  const tell = createTell(consent);
  tell({ analytics: 'granted', marketing: 'denied' }, 'banner');
  tell({ analytics: 'granted', marketing: 'granted' }, 'banner');
  assert.deepEqual(calls, [
    [{ analytics: 'granted', marketing: 'denied' }, 'banner'],
    [{ marketing: 'granted' }, 'banner'],
  ]);
});

test('a banner with purposes without end is not remembered without end', () => {
  const { consent, calls } = createFakeConsent();
  const tell = createTell(consent);
  for (let i = 0; i < 100; ++i) tell({ [`p${i}`]: 'granted' }, 'banner');
  assert.equal(calls.length, 32);
});

test('names of what every object has are purposes like others', () => {
  const { consent, said } = createFakeConsent();
  const before = said();
  createTell(consent)(JSON.parse('{"__proto__":"granted","constructor":"denied"}') as never, 'banner');
  assert.deepEqual(said(), before);
  assert.equal(({} as Record<string, unknown>)['state'], undefined);
});

test('consent that throws harms nobody', () => {
  createTell(hostileConsent)({ analytics: 'granted' }, 'banner');
});

test('a signal, and what is only presumed, is no decision; nor is what nobody knows', () => {
  const of = (state: ConsentState, source?: string) => ({ state, source, decidedMs: undefined });
  assert.deepEqual(
    [of('denied', GPC), of('granted', 'initial'), of('unknown', 'banner'), of('denied', 'banner'), of('granted')].map(
      isDecision,
    ),
    [false, false, false, true, true],
  );
  assert.deepEqual([undefined, of('denied', GPC), of('denied', 'tcf')].map(isSignal), [false, true, false]);
  assert.equal(isDecision(undefined), false);
  assert.deepEqual(['granted', 'denied', 'unknown', 'GRANTED', true, null].map(isState), [
    ...[true, true, true],
    ...[false, false, false],
  ]);
});

test('lists and purposes are copied; what is no list, or empty, is left out', () => {
  const list = ['a'];
  const copy = listOf(list);
  list.push('b');
  assert.deepEqual(copy, ['a']);
  assert.deepEqual(listOf('ab'), []);
  assert.deepEqual(mapped({ a: [1], b: [], c: null as never, d: 'x' as never }), [['a', [1]]]);
  const hostile = new Proxy([], { get: () => assert.fail() });
  assert.deepEqual([mapped(undefined), mapped({ a: hostile })], [[], []]);
});

test('what the visitor has done once more counts, whatever was said meanwhile', () => {
  const { consent, calls, said } = createFakeConsent();
  const tell = createTell(consent);
  tell({ analytics: 'denied', marketing: 'granted' }, 'banner');
  consent.set({ analytics: 'granted', marketing: 'denied' }, 'site');
  tell({ analytics: 'denied', marketing: 'granted' }, 'banner', ['denied']);
  assert.deepEqual(said(), ['denied banner', 'denied site']);
  tell({ analytics: 'denied', marketing: 'granted' }, 'banner', ['denied', 'granted']);
  assert.deepEqual(said(), ['denied banner', 'granted banner']);
  const { length } = calls;
  tell({ analytics: 'denied', marketing: 'granted' }, 'banner', ['denied', 'granted']);
  assert.equal(calls.length, length, 'it is so already');
});
