// Where a visitor's identity stands, without writing anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptDomain } from '../../../js/src/ports/kept-identity.ts';
import { namesAt } from '../../../js/src/ports/state.ts';
import { openPage } from '../fake-page.ts';

/** Any function of the scope would do. */
const hash = (scope: string): number => [...scope].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) & 0xffff, 7);

const nameAt = (domain: string, which: number, cookies = {}): string => namesAt(cookies, domain, hash)[which] as string;

test('the domain is that by whose name there is a cookie: the identity, or the marker of the session', (t) => {
  const page = openPage(t);
  page.location.href = 'https://a.shop.example/';
  assert.equal(keptDomain({}, hash), undefined);
  page.document.cookie = `${nameAt('shop.example', 1)}=*; Domain=shop.example; Path=/`;
  assert.equal(keptDomain({}, hash), 'shop.example');
  page.document.cookie = `${nameAt('a.shop.example', 0)}=x; Path=/`;
  assert.equal(keptDomain({}, hash), 'a.shop.example');
});

test('that of the options counts alone', (t) => {
  const page = openPage(t);
  page.document.cookie = `${nameAt('shop.example', 0)}=x; Path=/`;
  assert.equal(keptDomain({ domain: 'example' }, hash), undefined);
  assert.equal(keptDomain({ domain: 'shop.example' }, hash), 'shop.example');
  assert.equal(keptDomain({ prefix: '_own_' }, hash), undefined);
  page.document.cookie = `${nameAt('shop.example', 0, { prefix: '_own_' })}=x; Path=/`;
  assert.equal(keptDomain({ prefix: '_own_' }, hash), 'shop.example');
});

test('nothing is written', (t) => {
  const page = openPage(t);
  const writes = t.mock.method(page.document, 'cookie', (_: string) => {}, { setter: true });
  keptDomain({}, hash);
  assert.equal(writes.mock.callCount(), 0);
});
