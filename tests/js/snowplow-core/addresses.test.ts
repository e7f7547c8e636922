// What the text of an address says: as the peer's core, but for what it gets wrong.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/browser-tracker-core';
import * as ours from '../../../js/src/snowplow-core/addresses.ts';
import { shareGlobals } from '../fake-globals.ts';

const URLS = [
  ...['https://shop.example/', 'http://shop.example:8080/a?b=c#d', 'ftp://files.example', 'https:///shop.example/x'],
  ...['https://ann:secret@shop.example/a', 'https://shop.example#top', 'https://SHOP.example', 'HTTPS://shop.example'],
  ...['mailto:ann@shop.example', 'javascript:void 0', '/relative', '', '//shop.example/x', 'shop.example'],
];

describe('the host of an address', () => {
  test('is what the peer says', () => {
    for (const url of URLS) assert.equal(ours.getHostName(url), peer.getHostName(url), url);
  });

  for (const [url, host, theirs] of [
    ['https://shop.example/@ann', 'shop.example', 'ann'],
    ['https://shop.example?a=1', 'shop.example', 'shop.example?a=1'],
    ['https://[::1]:8080/x', '[::1]', '['],
  ] as const) {
    test(`is right where the peer is wrong: ${url}`, () => {
      assert.deepEqual([ours.getHostName(url), peer.getHostName(url)], [host, theirs]);
    });
  }
});

describe('a parameter', () => {
  test('is what the peer says', () => {
    const queries = [
      '?a=1',
      '?a=1&b=2',
      '?b=2&a=1',
      '?a=',
      '?a',
      '?aa=1',
      '?A=1',
      '?b=a=1',
      '?a=1+2%20%C3%A9',
      '?a=x?a=y',
    ];
    for (const query of ['', ...queries, ...queries.map((one) => `#${one}`), '?b=1#x?a=2', '?a=1#x'])
      for (const field of ['a', 'b', 'c'])
        for (const start of ['', 'https://shop.example/', '/a=5']) {
          const url = start + query;
          assert.equal(ours.fromQuerystring(field, url), peer.fromQuerystring(field, url), `${field} of ${url}`);
        }
  });

  test('whose text is no encoding is given as it is; the peer throws', () => {
    assert.equal(ours.fromQuerystring('a', '?a=%E0%A4%A'), '%E0%A4%A');
    assert.throws(() => peer.fromQuerystring('a', '?a=%E0%A4%A'));
  });

  test('is asked for by its name, and not by a pattern', () => {
    assert.equal(ours.fromQuerystring('a.b', '?axb=1'), null);
    assert.equal(ours.fromQuerystring('a[]', '?a[]=1'), '1');
  });
});

describe('the address of a page that is shown by another', () => {
  const pages: [hostName: string, href: string, referrer: string][] = [
    ['shop.example', 'https://shop.example/x', ''],
    ['translate.googleusercontent.com', 'http://translate.googleusercontent.com/t?u=http%3A%2F%2Fa.example%2Fx', ''],
    [
      'translate.googleusercontent.com',
      'http://translate.googleusercontent.com/t?u=http://a.example',
      'https://r.test/',
    ],
    ['translate.googleusercontent.com', 'http://translate.googleusercontent.com/t', ''],
    ['cc.bingj.com', 'http://cc.bingj.com/cache', 'https://r.test/'],
    ['webcache.googleusercontent.com', 'http://webcache.googleusercontent.com/search', ''],
  ];

  test('is what the peer says', (t) => {
    shareGlobals(t, { document: { links: [{ href: 'https://o.example/first' }] } });
    for (const page of pages) assert.deepEqual(ours.fixupUrl(...page), peer.fixupUrl(...page), page[1]);
  });

  test('stays as it is where the copy has no link; the peer throws', (t) => {
    shareGlobals(t, { document: { links: [] } });
    const copy = ['cc.bingj.com', 'http://cc.bingj.com/cache', ''] as const;
    assert.deepEqual(ours.fixupUrl(...copy), copy);
    assert.throws(() => peer.fixupUrl(...copy));
  });
});

test('text becomes base64 as with the peer, and of UTF-8 where it is not ASCII', () => {
  for (const text of ['', 'a', 'ab', 'abc', '>>>???', '{"a":1}'])
    assert.equal(ours.urlSafeBase64Encode(text), peer.urlSafeBase64Encode(text));
  assert.equal(ours.urlSafeBase64Encode('✓'), Buffer.from('✓').toString('base64url'));
});

describe('the time zone', () => {
  test('is the one of the peer', () => {
    assert.equal(ours.getTimeZone(), peer.getTimeZone());
  });

  test('is not known where the browser does not know', (t) => {
    shareGlobals(t, { Intl: undefined });
    assert.equal(ours.getTimeZone(), undefined);
  });
});
