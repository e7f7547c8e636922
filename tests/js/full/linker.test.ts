// The value of `_sp` by format and attributes, and its place in addresses of all kinds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decorated, linkValue, type LinkAttributes, type LinkFacts } from '../../../js/src/full/linker.ts';

const NOW = 1_700_000_000_123;
const FACTS: LinkFacts = {
  domainUserId: 'd0b7b1f4-0000-4000-8000-000000000001',
  sessionId: '5e551015-0000-4000-8000-000000000002',
  userId: 'jo@a.test',
  appId: 'shop',
  platform: 'web',
};
const START = `${FACTS.domainUserId}.${NOW}`;
const EXTENDED = `${START}.${FACTS.sessionId}`;
const EVENT = new Event('click');

const value = (attributes?: LinkAttributes, facts: Partial<LinkFacts> = {}, text = ''): string | undefined =>
  linkValue({ ...FACTS, ...facts }, attributes, NOW, EVENT, text);

const read = (text: string): string => Buffer.from(text, 'base64url').toString();
const seventh = (attributes: LinkAttributes, text?: string): string => value(attributes, {}, text)?.split('.')[6] ?? '';

/** A site's object that throws for whatever is asked. */
const hostile = new Proxy(
  {},
  {
    get: () => assert.fail(),
    has: () => assert.fail(),
    ownKeys: () => assert.fail(),
  },
);

test('the short format is the user and the time', () => {
  assert.equal(value(), START);
});

test('nothing is told of who has no id', () => {
  for (const domainUserId of [undefined, '']) {
    assert.equal(value(undefined, { domainUserId }), undefined);
    assert.equal(value({ userId: true, reason: true }, { domainUserId }), undefined);
  }
});

const all: LinkAttributes = { userId: true, sourcePlatform: true, reason: true };
const table: [what: string, attributes: LinkAttributes, facts: Partial<LinkFacts>, expected: string][] = [
  ['five positions by default', {}, {}, `${EXTENDED}..c2hvcA`],
  ['all seven', all, {}, `${EXTENDED}.am9AYS50ZXN0.c2hvcA.web.Q2xpY2sgbWU`],
  ['no session', { sessionId: false }, {}, `${START}...c2hvcA`],
  ['no source', { sourceId: false }, {}, EXTENDED],
  ['nothing', { sessionId: false, sourceId: false }, {}, START],
  ['a user', { userId: true }, {}, `${EXTENDED}.am9AYS50ZXN0.c2hvcA`],
  ['a platform without source', { sourceId: false, sourcePlatform: true }, {}, `${EXTENDED}...web`],
  ['a reason alone', { sessionId: false, sourceId: false, reason: true }, {}, `${START}.....Q2xpY2sgbWU`],
  ['facts that are missing', all, { sessionId: undefined, userId: undefined }, `${START}...c2hvcA.web.Q2xpY2sgbWU`],
  ['a source that is missing', {}, { appId: undefined }, EXTENDED],
  ['a platform that is missing', { sourcePlatform: true }, { platform: undefined }, `${EXTENDED}..c2hvcA`],
  ['what is set to undefined', { sessionId: undefined, sourceId: undefined }, {}, START],
];
for (const [what, attributes, facts, expected] of table)
  test(`the extended format: ${what}`, () => {
    assert.equal(value(attributes, facts, '\n  Click me '), expected);
  });

test('texts are UTF-8 in base64url without padding', () => {
  assert.equal(seventh({ reason: true }, 'é'), 'w6k');
  // As bytes these give +, / and =.
  assert.equal(value({ userId: true }, { userId: '>>>???~' })?.split('.')[3], 'Pj4-Pz8_fg');
  for (const text of ['Zürich → 東京', '🎿', 'a\0b', 'x']) assert.equal(read(seventh({ reason: true }, text)), text);
  assert.equal(value({}, { appId: '店' })?.split('.')[4], '5bqX');
});

test('half of a character does no harm', () => {
  assert.equal(read(seventh({ reason: () => 'a\ud83c' })), 'a\ufffd');
});

test('a reason can be made of the event, and is taken as it is', (t) => {
  const reason = t.mock.fn((event: Event) => ` ${event.type} `);
  assert.equal(read(seventh({ reason }, 'text')), ' click ');
  assert.equal(reason.mock.calls[0]?.arguments[0], EVENT);
  assert.equal(reason.mock.callCount(), 1);
});

test('a reason that cannot be made is left out, and all else stays', () => {
  const reasons: unknown[] = [
    () => assert.fail(),
    () => Symbol(),
    () => Object.create(null) as unknown,
    () => hostile,
    () => undefined,
    () => null,
    () => 0,
    () => '',
  ];
  for (const reason of reasons) assert.equal(value({ reason } as LinkAttributes, {}, 'text'), `${EXTENDED}..c2hvcA`);
  assert.equal(read(seventh({ reason: () => 42 } as unknown as LinkAttributes)), '42');
});

test('a reason is cut to what the schema of the entity takes', () => {
  assert.equal(read(seventh({ reason: true }, `  ${'a'.repeat(1 << 20)}`)), 'a'.repeat(4096));
  assert.equal(read(seventh({ reason: () => '東'.repeat(5000) })), '東'.repeat(4096));
});

test('a user id of any length is encoded', () => {
  const userId = 'ü'.repeat(200_000);
  assert.equal(read(value({ userId: true }, { userId })?.split('.')[3] ?? ''), userId);
});

test('attributes that cannot be read ask for nothing, and odd ones for the defaults', () => {
  assert.equal(value(hostile), START);
  assert.equal(value(Object.defineProperty({}, 'reason', { enumerable: true, get: () => assert.fail() })), START);
  for (const odd of [true, 1, 'reason', [], () => 'x', JSON.parse('{"__proto__": {"userId": true}}')] as never[])
    assert.equal(value(odd), `${EXTENDED}..c2hvcA`);
});

const V = 'd.1..$&$1';
const places: [href: string, expected: string][] = [
  ['https://a.test/p', `https://a.test/p?_sp=${V}`],
  ['https://a.test', `https://a.test?_sp=${V}`],
  ['https://a.test/p?a=1#x', `https://a.test/p?_sp=${V}&a=1#x`],
  ['https://a.test/p?a=b?c', `https://a.test/p?_sp=${V}&a=b?c`],
  ['https://a.test/p?', `https://a.test/p?_sp=${V}`],
  ['https://a.test/p?#', `https://a.test/p?_sp=${V}#`],
  ['https://a.test/p#x', `https://a.test/p?_sp=${V}#x`],
  ['https://a.test/p#x?_sp=1&b#c', `https://a.test/p?_sp=${V}#x?_sp=1&b#c`],
  ['https://a.test/p??', `https://a.test/p?_sp=${V}&?`],
  ['https://a.test/p?&', `https://a.test/p?_sp=${V}&&`],
  ['https://a.test/p?a=1\n2&b#\n', `https://a.test/p?_sp=${V}&a=1\n2&b#\n`],
  // One that is there.
  ['https://a.test/p?_sp=old', `https://a.test/p?_sp=${V}`],
  ['https://a.test/p?_sp=old#_sp=x', `https://a.test/p?_sp=${V}#_sp=x`],
  ['https://a.test/p?a=1&_sp=old=?&b=2#x', `https://a.test/p?a=1&_sp=${V}&b=2#x`],
  ['https://a.test/p?a=1&_sp', `https://a.test/p?a=1&_sp=${V}`],
  ['https://a.test/p?_sp&a=1', `https://a.test/p?_sp=${V}&a=1`],
  ['https://a.test/p?_sp=&a=1', `https://a.test/p?_sp=${V}&a=1`],
  ['https://a.test/p?b&_sp=1&_sp=2', `https://a.test/p?b&_sp=${V}&_sp=2`],
  // Others that look like it.
  ['https://a.test/p?_spx=1', `https://a.test/p?_sp=${V}&_spx=1`],
  ['https://a.test/p?x_sp=1&a=_sp=2', `https://a.test/p?_sp=${V}&x_sp=1&a=_sp=2`],
  ['https://a.test/p?_SP=1', `https://a.test/p?_sp=${V}&_SP=1`],
  ['https://a.test/p?%5Fsp=1', `https://a.test/p?_sp=${V}&%5Fsp=1`],
  ['https://a.test/p?a?_sp=1', `https://a.test/p?_sp=${V}&a?_sp=1`],
  ['https://a.test/_sp=1', `https://a.test/_sp=1?_sp=${V}`],
  // Other kinds of address.
  ['HTTP://[::1]:80/p', `HTTP://[::1]:80/p?_sp=${V}`],
  ['https://a.test/javascript:1', `https://a.test/javascript:1?_sp=${V}`],
  ['shop-app://skis/1#x', `shop-app://skis/1?_sp=${V}#x`],
  ['/p?a', `/p?_sp=${V}&a`],
  ['p/mailto:x', `p/mailto:x?_sp=${V}`],
  ['?a=b:c', `?_sp=${V}&a=b:c`],
  ['', `?_sp=${V}`],
];
for (const [href, expected] of places)
  test(`the pair has its place in ${JSON.stringify(href)}`, () => {
    assert.equal(decorated(href, V), expected);
  });

test('what is no address stays as it is', () => {
  const hrefs = [
    'javascript:void(0)',
    "JavaScript:go('/p?_sp=1')",
    'javascript://%0aalert(1)?_sp=1',
    'JAVASCRIPT://%0aalert(1)',
    'mailto:jo@a.test?subject=skis',
    'tel:+41446681800',
    'sms:+1?body=x',
    'data:text/html,?_sp=1#x',
    'blob:https://a.test/0-1',
    'about:blank',
  ];
  for (const href of hrefs) assert.equal(decorated(href, V), href);
});

test('a long address is no different', () => {
  const long = '&_s'.repeat(1 << 16);
  assert.equal(decorated(`https://a.test/?${long}#${long}`, V), `https://a.test/?_sp=${V}&${long}#${long}`);
  assert.equal(decorated(`https://a.test/?${long}&_sp=1`, V), `https://a.test/?${long}&_sp=${V}`);
  assert.equal(decorated(long, V), `${long}?_sp=${V}`);
  assert.equal(decorated('?'.repeat(1 << 16), V), `?_sp=${V}&${'?'.repeat((1 << 16) - 1)}`);
});
