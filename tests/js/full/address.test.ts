// What goes out as `url` and `refr`: as the Snowplow browser tracker 4.10.1 answers, but where a row says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddress, type AddressFacts } from '../../../js/src/full/address.ts';

const HOME = 'https://a.example/x/y';
const NEXT = 'https://a.example/b?q';
const LAST = 'https://a.example/c';

const open = (facts: Partial<AddressFacts> = {}, preserveOriginalReferrer?: boolean) =>
  createAddress({ href: HOME, referrer: 'https://r.example/', ...facts }, { preserveOriginalReferrer });

/** The answer at `href`, as a pair. */
const at = (address: ReturnType<typeof open>, href: string): [url: string, referrer: string] => {
  const { url, referrer } = address.now(href);
  return [url, referrer];
};

const firstReferrer = (href: string, referrer = 'd'): string => open({ href, referrer }).now(href).referrer;

/** The site's `url` on the page `href`. */
const custom = (url: unknown, href: string): string => {
  const address = open({ href });
  address.useUrl(url as string);
  return address.now(href).url;
};

test('a page is where it is, and its visitor came from where the browser says', () => {
  assert.deepEqual(at(open(), HOME), [HOME, 'https://r.example/']);
  const whole = 'https://u:p@a.example:8080/x?q={a}#h/{b}';
  assert.deepEqual(at(open({ href: whole, referrer: '' }), whole), [whole, '']);
});

test('a referrer in the query of the page comes first, the last one of its name, up to the fragment', () => {
  for (const [query, referrer] of [
    ['?referrer=a', 'a'],
    ['?referer=a', 'a'],
    ['?referer=1&referrer=2', '2'],
    ['?referrer=a&referrer=b', 'b'],
    ['?x=?referrer=a', 'a'],
    ['?referrer=a=b?c;d', 'a=b?c;d'],
    ['?referrer=&referer=5', '5'],
    ['?referrer=b&referrer=', 'd'],
    ['?referrer=a#b&referrer=c', 'a'],
    ['?referrer=a+b%20c%2B%C3%A9', 'a b c+é'],
    ['&referrer=1', '1'],
    ['#?referrer=1', 'd'],
    ['?Referrer=1&areferrer=2&referrer', 'd'],
    ['referrer=1', 'd'],
    ['?refer%72er=1', 'd'],
    ['?referrer=a\nb', 'a\nb'],
    ['?__proto__=1&referrer=__proto__', '__proto__'],
  ] as const)
    assert.equal(firstReferrer(`https://a.example/${query}`), referrer, query);
});

test('a referrer that cannot be decoded stays as it stands (the other tracker loses the event)', () => {
  for (const raw of ['%zz', '%', '%ED%A0%80', 'a+b%2', '%C3'])
    assert.equal(firstReferrer(`${HOME}?referrer=${raw}&x`), raw);
});

test('who moves within the page comes from where it was before', () => {
  const address = open();
  assert.deepEqual(
    [HOME, NEXT, NEXT, LAST, `${LAST}?referrer=z`, LAST, `${LAST}#h`, `${LAST}#h`].map((href) => at(address, href)),
    [
      [HOME, 'https://r.example/'],
      [NEXT, HOME],
      [NEXT, HOME],
      [LAST, NEXT],
      [`${LAST}?referrer=z`, 'z'],
      [LAST, `${LAST}?referrer=z`],
      [`${LAST}#h`, LAST],
      [`${LAST}#h`, LAST],
    ],
  );
  assert.deepEqual(at(open({ referrer: '' }), NEXT), [NEXT, HOME], 'also if the tracker was idle before');
});

test('a move to a page that names no referrer, but badly, is a move like any other', () => {
  const address = open();
  assert.deepEqual(at(address, `${NEXT}&referrer=&referer=`)[1], HOME);
  assert.deepEqual(at(address, `${NEXT}&referrer=%zz`)[1], '%zz');
});

test('the same answer is given as long as nothing changes, and another when something does', () => {
  const address = open();
  const first = address.now(HOME);
  assert.equal(address.now(HOME), first);
  assert.equal(address.now(`${HOME}`.slice(0)), first);
  for (const change of [
    () => address.useUrl('/p'),
    () => address.useReferrer('r'),
    () => address.cutHash(true),
    () => address.cutBraces(true),
  ]) {
    const before = address.now(HOME);
    change();
    assert.notEqual(address.now(HOME), before);
    assert.equal(address.now(HOME), address.now(HOME));
  }
});

test('a referrer that the site sets stays until it takes it back', () => {
  const address = open();
  address.useReferrer('set');
  assert.deepEqual(at(address, NEXT), [NEXT, 'set']);
  assert.deepEqual(at(address, `${LAST}?referrer=z`), [`${LAST}?referrer=z`, 'set']);
  for (const empty of ['', undefined, null, 0, false]) {
    address.useReferrer('set');
    address.useReferrer(empty as string);
    assert.equal(at(address, `${LAST}?referrer=z`)[1], 'z');
  }
  assert.deepEqual(at(address, LAST), [LAST, `${LAST}?referrer=z`]);
});

test('the original referrer can be preserved, unless there is none', () => {
  const address = open({}, true);
  assert.deepEqual(
    [HOME, NEXT, `${LAST}?referrer=z`].map((href) => at(address, href)[1]),
    Array(3).fill('https://r.example/'),
  );
  address.useReferrer('set');
  assert.equal(at(address, NEXT)[1], 'set');
  address.useReferrer('');
  assert.equal(at(address, NEXT)[1], `${LAST}?referrer=z`);
  const empty = open({ referrer: '' }, true);
  assert.deepEqual(
    [HOME, NEXT, LAST].map((href) => at(empty, href)[1]),
    ['', HOME, NEXT],
  );
  const named = open({ href: `${HOME}?referrer=q` }, true);
  assert.equal(at(named, LAST)[1], 'q');
});

test('a URL of the site is absolute by a scheme of at most 16 characters', () => {
  for (const url of [
    'https://z.example/?a#b',
    'HTTP://X',
    'a:b',
    'mailto:a@b',
    'javascript:1',
    'chrome-extension://x/y',
    'CHROME-EXTENSION://x/y',
    'a123456789012345:x',
    'a+.-1:x',
  ])
    assert.equal(custom(url, HOME), url);
  for (const url of ['safari-web-extension://x', 'a1234567890123456:x', '1a:b', ':x', 'a_b:x', ' a:x', 'a\nb:c'])
    assert.equal(custom(url, HOME), `https://a.example/x/${url}`);
});

test('a relative URL of the site is resolved as in the Snowplow browser tracker, not by RFC 3986', () => {
  const deep = 'https://u:p@a.example:8080/x/y?q=1/2#h/{a}?x/y';
  for (const [url, href, expected] of [
    ['/p', deep, 'https://a.example/p'],
    ['/p?x#{y}', deep, 'https://a.example/p?x#{y}'],
    ['//h/p', deep, 'https://a.example//h/p'],
    ['?q=1', 'https://a.example/a/b', 'https://a.example/a/?q=1'],
    ['#z', 'https://a.example/a/b', 'https://a.example/a/#z'],
    ['abc', deep, 'https://u:p@a.example:8080/x/abc'],
    ['', deep, 'https://u:p@a.example:8080/x/'],
    ['../x', HOME, 'https://a.example/x/../x'],
    [' /p', HOME, 'https://a.example/x/ /p'],
    ['abc', 'https://a.example/#/route/sub', 'https://a.example/#/route/abc'],
    ['abc', 'https://a.example/x#h?q/r', 'https://a.example/abc'],
    ['?q', 'file:///C:/x/y.html', 'file:///C:/x/?q'],
    ['abc', 'blob:https://a.example/uuid', 'blob:https://a.example/abc'],
    ['abc', 'about:blank', 'abc'],
  ] as const)
    assert.equal(custom(url, href), expected, `${url} on ${href}`);
});

test('a path on a page of a scheme or host that the other tracker misreads', () => {
  for (const [href, expected] of [
    ['https://[::1]:80/x/y', 'https://[::1]/p'],
    ['https://a.example/@user/post', 'https://a.example/p'],
    ['capacitor://localhost/x', 'capacitor://localhost/p'],
    ['file:///C:/x/y.html', 'file:///p'],
    ['about:blank', 'about:///p'],
    ['blob:https://a.example/uuid', 'blob:///p'],
    ['data:text/html,abc/def?x', 'data:///p'],
    ['javascript:alert(1)//x', 'javascript:///p'],
  ] as const)
    assert.equal(custom('/p', href), expected);
  assert.equal(custom('/p', 'nowhere'), 'nowhere', 'without a base the page stays what it was');
});

test('a URL of the site stays, the referrer still follows the page', () => {
  const address = open();
  address.useUrl('/cu');
  assert.deepEqual(
    [HOME, NEXT, LAST].map((href) => at(address, href)),
    [
      ['https://a.example/cu', 'https://r.example/'],
      ['https://a.example/cu', HOME],
      ['https://a.example/cu', NEXT],
    ],
  );
  address.useUrl('https://z.example/q/r');
  address.useUrl('cu');
  assert.equal(at(address, LAST)[0], 'https://a.example/cu', 'relative to the page, not to the URL before');
  address.useUrl(undefined);
  assert.deepEqual(at(address, LAST), [LAST, NEXT]);
});

test('a URL is relative to the page at the time of the call, also where no event has seen it', () => {
  const address = open();
  address.useUrl('cu', 'https://b.example/deep/er');
  assert.deepEqual(at(address, 'https://b.example/deep/er'), ['https://b.example/deep/cu', HOME]);
  assert.deepEqual(at(address, NEXT), ['https://b.example/deep/cu', 'https://b.example/deep/er']);
});

test('fragment and braces are discarded from both, as long as that is wanted', () => {
  const href = `${HOME}?{a{b}}#h{a}#i`;
  const address = open({ href, referrer: 'https://r.example/{x}#y\nz' });
  address.cutHash(true);
  assert.deepEqual(at(address, href), [`${HOME}?{a{b}}`, 'https://r.example/{x}']);
  address.cutBraces(true);
  assert.deepEqual(at(address, href), [`${HOME}?ab`, 'https://r.example/x']);
  address.cutHash(false);
  assert.deepEqual(at(address, href), [`${HOME}?ab#ha#i`, 'https://r.example/x#y\nz']);
  address.cutBraces(false);
  assert.deepEqual(at(address, href), [href, 'https://r.example/{x}#y\nz']);
  address.useUrl('https://z.example/{a}#b');
  address.useReferrer('#{r}');
  address.cutHash(true);
  address.cutBraces(true);
  assert.deepEqual(at(address, href), ['https://z.example/a', '']);
});

test('a move that discarding hides is a move still; relative URLs are so to what is left of the page', () => {
  const address = open();
  address.cutHash(true);
  assert.deepEqual(at(address, `${HOME}#1`), [HOME, HOME]);
  assert.deepEqual(at(address, `${HOME}#/r/s`), [HOME, HOME]);
  address.useUrl('cu');
  address.cutHash(false);
  assert.deepEqual(at(address, `${HOME}#/r/s`), ['https://a.example/x/cu', `${HOME}#1`]);
});

const TRANSLATED = 'https://translate.googleusercontent.com/t?hl=en&u=';

test('a translated page is the page that it translates, and comes from its translator if from nowhere else', () => {
  const href = `${TRANSLATED}https%3A%2F%2Fo.example%2Fp%3Fa+b`;
  assert.deepEqual(at(open({ href, referrer: '' }), href), ['https://o.example/p?a b', href]);
  const address = open({ href });
  assert.deepEqual(at(address, href), ['https://o.example/p?a b', 'https://r.example/']);
  assert.deepEqual(at(address, `${href}#z`), ['https://o.example/p?a b', 'https://r.example/'], 'the same page');
  assert.deepEqual(at(address, `${TRANSLATED}https://o.example/3`), ['https://o.example/3', 'https://o.example/p?a b']);
  assert.deepEqual(at(address, `${TRANSLATED}https://o.example/4&referrer=r`), ['https://o.example/4', 'r']);
  address.useUrl('rel');
  assert.equal(at(address, `${TRANSLATED}https://o.example/4&referrer=r`)[0], 'https://o.example/rel');
  const preserving = open({ href, referrer: '' }, true);
  assert.equal(at(preserving, `${TRANSLATED}https://o.example/3`)[1], href);
});

test('a translated page that does not say of what is itself', () => {
  for (const href of ['https://translate.googleusercontent.com/t?hl=en', TRANSLATED])
    assert.deepEqual(at(open({ href }), href), [href, 'https://r.example/']);
  assert.equal(at(open({ href: `${TRANSLATED}%zz` }), `${TRANSLATED}%zz`)[0], '%zz');
});

test("a search engine's copy is the page of its first link", () => {
  for (const href of [
    'https://cc.bingj.com/cache.aspx?q',
    'http://webcache.googleusercontent.com:80/search?q=cache:x',
  ]) {
    const address = open({ href, firstLink: 'https://o.example/first' });
    assert.deepEqual(at(address, href), ['https://o.example/first', 'https://r.example/']);
    assert.deepEqual(at(address, `${href}&z`), ['https://o.example/first', 'https://r.example/']);
    assert.deepEqual(at(open({ href, referrer: '' }), href), [href, ''], 'without a link it is itself');
  }
});

test('on every other page nobody looks for a link', () => {
  const openAt = (href: string) =>
    createAddress(
      {
        href,
        referrer: '',
        get firstLink(): string {
          throw new Error('looked');
        },
      },
      {},
    );
  for (const href of [
    HOME,
    'https://cc.bingj.com.evil.example/',
    'https://xcc.bingj.com/',
    'https://cc-bingj.com/',
    'https://e.example/https://cc.bingj.com/',
    'data:text/html,https://cc.bingj.com/',
    TRANSLATED,
  ]) {
    const address = openAt(href);
    assert.equal(at(address, href)[0], href);
    assert.deepEqual(at(address, NEXT), [NEXT, href]);
  }
});

const SCHEMES = ['about:blank', 'about:srcdoc', 'blob:https://a.example/u', 'data:text/html,{x}#y', 'file:///C:/x'];

test('pages of any scheme, and of none, are taken as they are', () => {
  for (const href of [...SCHEMES, 'javascript:alert("{1}")//?referrer', 'null', '', '\ud800', '%', '//', '#', '?'])
    for (const url of [undefined, '/p', 'p', '?', '#', '', 'a:', '\udfff', '%zz']) {
      const address = open({ href, referrer: '' });
      assert.deepEqual(at(address, href), [href, '']);
      address.useUrl(url);
      address.cutHash(true);
      address.cutBraces(true);
      const pair = at(address, href);
      assert.ok(pair.every((text) => typeof text === 'string' && !/[#{}]/.test(text)));
    }
});

test('lone surrogates stay where they are', () => {
  const href = 'https://a.example/\ud800?referrer=\udfff\ud800';
  assert.deepEqual(at(open({ href }), href), [href, '\udfff\ud800']);
  assert.equal(custom('\ud800', href), 'https://a.example/\ud800');
});

test('64 KB of anything are neither cut nor lost', () => {
  const COUNT = 65_536;
  for (const part of [
    '?',
    '&',
    '#',
    '/',
    '{',
    '%',
    '+',
    ':',
    'a',
    '@',
    '?referrer',
    '&referrer=',
    '\ud800',
    '?u=',
    '[',
  ]) {
    const long = part.repeat(COUNT);
    for (const base of [HOME, TRANSLATED, 'https://cc.bingj.com/', 'data:', '']) {
      const href = base + long;
      const address = open({ href, referrer: long, firstLink: long });
      assert.ok(address.now(href).url.length >= COUNT, part);
      address.useUrl(long);
      address.useReferrer(long);
      assert.equal(address.now(href).referrer, long);
      address.useUrl(`/${long}`);
      address.cutHash(true);
      address.cutBraces(true);
      assert.equal(address.now(`${href}x`).referrer, '#{'.includes(part) ? '' : long);
    }
  }
});

test('values that are no text do no harm', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const thrower = {
    toString(): never {
      throw new Error('mine');
    },
  };
  for (const value of [undefined, null, 0, false, NaN, Symbol('s'), proxy, thrower, Object.create(null)]) {
    assert.equal(custom(value, HOME), HOME);
    const address = open();
    address.useReferrer(value as string);
    assert.equal(at(address, HOME)[1], 'https://r.example/');
  }
  assert.equal(custom(new URL('https://z.example/'), HOME), 'https://z.example/');
  const address = open();
  address.useReferrer(new URL('https://z.example/') as unknown as string);
  assert.equal(at(address, HOME)[1], 'https://z.example/');
});
