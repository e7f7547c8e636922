// Which options are said to be wrong in development, and how.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserEntity, globalEntities } from '../../../js/src/full/features.ts';
import { mistakesIn } from '../../../js/src/full/option-mistakes.ts';
import { schema } from './fake-full.ts';

const of = (options: object): string[] => mistakesIn({ collector: '', ...options });

test('an option that there is not is named', () => {
  assert.deepEqual(of({ colector: '', toString: 1 }), ['There is no option colector.', 'There is no option toString.']);
});

describe('an option with a value that makes no sense is named, with what it must be:', () => {
  for (const [name, value, what] of [
    ['features', browserEntity(), 'a list of features, each made by a call'],
    ['features', [globalEntities], 'a list of features, each made by a call'],
    ['entities', [{ data: {} }], 'a list of entities'],
    ['consent', { set: 1 }, 'made by createConsent() of piste/consent'],
    ['firewall', true, '"safe", "off" or an object of rules'],
    ['firewall', 'strict', '"safe", "off" or an object of rules'],
    ['firewall', null, '"safe", "off" or an object of rules'],
    ['firewall', [], '"safe", "off" or an object of rules'],
    ['appVersion', 2, 'a text'],
    ['pageViewIdBy', 'pathname', '"path", "query" or "hash"'],
    ['keepActivity', 'yes', 'true or false'],
    ['minBatchEvents', 0, 'a whole number above 0'],
    ['retryFailedRequests', 0, 'true or false'],
    ['retryStatusCodes', 500, 'a list of HTTP statuses'],
    ['dontRetryStatusCodes', ['500'], 'a list of HTTP statuses'],
    ['onSession', {}, 'a function'],
    ['storage', 'session', '"local" or "memory"'],
    ['anonymous', 'user', 'true, false or "session"'],
    ['credentials', 'always', '"include", "same-origin" or "omit"'],
    ['cookies', '_sp_', 'an object'],
  ] as const)
    test(`${name}, ${JSON.stringify(value)}`, () =>
      assert.deepEqual(of({ [name]: value }), [`The option ${name} must be ${what}.`]));
});

test('of what is right, or not given, nothing is said', () => {
  assert.deepEqual(
    of({
      features: [browserEntity()],
      entities: [{ schema, data: {} }],
      appVersion: '1',
      firewall: 'off',
      pageViewIdBy: 'path',
      keepActivity: true,
      minBatchEvents: 5,
      retryFailedRequests: false,
      retryStatusCodes: [500],
      dontRetryStatusCodes: [],
      onSession: () => {},
      anonymous: 'session',
      identity: 'no such thing: the core says so',
      headers: undefined,
    }),
    [],
  );
});

test('rules of the firewall the core judges', () => {
  for (const firewall of ['safe', {}, { urls: 1 }]) assert.deepEqual(of({ firewall }), []);
});

test('options that are none, or cannot be read, do no harm', () => {
  const broken = {
    get appId(): never {
      throw new Error('of the site');
    },
  };
  for (const options of [undefined, null, 5, broken]) assert.deepEqual(mistakesIn(options as never), []);
});
