// Where the visitor's identity is kept: names, reach and life of the cookies, localStorage, and what of them is told.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { openState } from '../../../js/src/ports/state.ts';
import type { CookieOptions, TrackerOptions } from '../../../js/src/types.ts';
import { START_MS, stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { deniedStorage } from '../fake-storage.ts';

const YEAR_S = 31_536_000;
const HASH = 0x8809;

/** A page at some address whose time stands. */
function openAt(t: TestContext, href = 'https://www.shop.example/skis') {
  const time = stopTime(t);
  const page = openPage(t);
  page.location.href = href;
  /** Scopes whose hash was asked for. */
  const scopes: string[] = [];
  const open = (identity: TrackerOptions['identity'], cookies?: CookieOptions, hash = HASH) => {
    const state = openState({ identity, cookies }, (scope) => (scopes.push(scope), hash));
    /** What look() tells. */
    const looked = (): [number, string][] => {
      const found: [number, string][] = [];
      state.look((which, text) => void found.push([which, text]));
      return found;
    };
    return { ...state, looked };
  };
  return { ...time, page, scopes, open, cookies: page.cookies, rows: page.localStorage.rows };
}

describe('the names', () => {
  for (const [hash, ending] of [
    [HASH, '8809'],
    [0x1a, '001a'],
    [0, '0000'],
    [0xffff, 'ffff'],
  ] as const) {
    test(`end with the hash, in four digits: ${ending}`, (t) => {
      const { open, cookies } = openAt(t);
      const state = open('cookie', undefined, hash);
      state.keep(0, 'who', YEAR_S);
      state.keep(1, '*', 1800);
      assert.deepEqual(cookies.values, { [`_sp_id.${ending}`]: 'who', [`_sp_ses.${ending}`]: '*' });
    });
  }

  test('begin with the prefix', (t) => {
    const { open, cookies } = openAt(t);
    open('cookie', { prefix: 'acme_' }).keep(0, 'who', YEAR_S);
    assert.deepEqual(cookies.values, { 'acme_id.8809': 'who' });
  });

  test('are the same in localStorage, where each has the time of its end beside it', (t) => {
    const { open, rows } = openAt(t);
    const state = open('local');
    state.keep(0, 'who', YEAR_S);
    state.keep(1, '*', 1800);
    assert.deepEqual(Object.fromEntries(rows), {
      '_sp_id.8809': 'who',
      '_sp_id.8809.expires': `${START_MS + YEAR_S * 1000}`,
      '_sp_ses.8809': '*',
      '_sp_ses.8809.expires': `${START_MS + 1_800_000}`,
    });
  });
});

describe('the domain', () => {
  const widest: [href: string, domain: string][] = [
    ['https://www.example.co.uk/a', 'example.co.uk'],
    ['https://a.b.c.example.co.uk/a', 'example.co.uk'],
    ['https://example.co.uk/a', 'example.co.uk'],
    ['https://www.shop.example/', 'shop.example'],
    ['https://piste.github.io/', 'piste.github.io'],
    ['http://localhost:8080/', 'localhost'],
  ];
  for (const [href, domain] of widest) {
    test(`is the widest of which the page may set cookies: ${domain} at ${href}`, (t) => {
      const { open, cookies, scopes } = openAt(t, href);
      open('cookie').keep(0, 'who', YEAR_S);
      assert.deepEqual(scopes, [`${domain}/`]);
      assert.deepEqual(
        cookies.all.map((cookie) => [cookie.name, cookie.domain, cookie.value]),
        [['_sp_id.8809', domain, 'who']],
      );
    });
  }

  test('is found without a trace: the cookie of the trial is gone', (t) => {
    const { open, cookies } = openAt(t, 'https://a.b.example.co.uk/');
    open('cookie');
    assert.deepEqual(cookies.values, {});
    assert.ok(cookies.written.length > 0);
  });

  test('is found by a cookie of a name that nobody else has, and whose value is its name', (t) => {
    const { open, cookies } = openAt(t, 'https://a.b.example.co.uk/');
    open('cookie');
    open('cookie');
    const trials = cookies.written.map((text) => /^(piste_[\da-f]{8})=(\w*);/.exec(text)?.slice(1) ?? [text]);
    const names = [...new Set(trials.map(([name]) => name))];
    assert.equal(names.length, 2, 'one for each tracker');
    // Each is tried with co.uk, in vain, and with example.co.uk.
    assert.deepEqual(
      trials,
      names.flatMap((name) => [
        [name, name],
        [name, ''],
        [name, name],
        [name, ''],
      ]),
    );
  });

  for (const reach of ['', '; Domain=example.co.uk']) {
    test(`is not mistaken for another because of the site's own cookie, which stays: piste=piste${reach}`, (t) => {
      const { open, page, cookies, scopes } = openAt(t, 'https://www.example.co.uk/');
      page.document.cookie = `piste=piste${reach}`;
      open('cookie');
      assert.deepEqual([scopes, cookies.values], [['example.co.uk/'], { piste: 'piste' }]);
    });
  }

  test('is that of the site where it says one, and nothing is tried', (t) => {
    const { open, cookies, scopes } = openAt(t, 'https://a.b.example.co.uk/');
    open('cookie', { domain: 'b.example.co.uk' }).keep(0, 'who', YEAR_S);
    assert.deepEqual([scopes, cookies.written.length], [['b.example.co.uk/'], 1]);
    assert.deepEqual([cookies.all[0]?.domain, cookies.all[0]?.isHostOnly], ['b.example.co.uk', false]);
  });

  test('is none where the site says so: cookies of the host alone, whose hash is that of the host', (t) => {
    const { open, cookies, scopes } = openAt(t);
    open('cookie', { domain: '' }).keep(0, 'who', YEAR_S);
    assert.deepEqual([scopes, cookies.written.length], [['www.shop.example/'], 1]);
    assert.doesNotMatch(cookies.written[0] ?? '', /Domain/);
    assert.deepEqual([cookies.all[0]?.domain, cookies.all[0]?.isHostOnly], ['www.shop.example', true]);
  });

  test('of localStorage is the host: nothing is tried, and no cookie is set', (t) => {
    const { open, cookies, scopes } = openAt(t);
    const state = open('local');
    state.keep(0, 'who', YEAR_S);
    state.looked();
    assert.deepEqual([scopes, cookies.written], [['www.shop.example/'], []]);
  });

  test('is without the dot that may end the name of a host', (t) => {
    const { open, scopes } = openAt(t, 'https://shop.example./');
    open('local');
    assert.deepEqual(scopes, ['shop.example/']);
  });

  test('is the widest also where the site says null instead of options', (t) => {
    const { open, cookies, scopes } = openAt(t);
    open('cookie', null as unknown as CookieOptions).keep(0, 'who', YEAR_S);
    assert.deepEqual([scopes, cookies.values], [['shop.example/'], { '_sp_id.8809': 'who' }]);
  });

  test('where no cookie can be set at all is the host', (t) => {
    const { open, cookies, scopes } = openAt(t);
    cookies.isDenied = true;
    open('cookie');
    assert.deepEqual(scopes, ['www.shop.example/']);
  });
});

describe('the cookies', () => {
  /** Keeps a text as these options say; the cookie that is there then. */
  const kept = (t: TestContext, href: string, options: CookieOptions, maxAgeS = YEAR_S) => {
    const { open, cookies, scopes } = openAt(t, href);
    open('cookie', options).keep(0, 'who', maxAgeS);
    return { cookie: cookies.all[0], scope: scopes[0] };
  };

  test('are secure by default on https only', (t) => {
    assert.equal(kept(t, 'https://shop.example/', {}).cookie?.isSecure, true);
  });

  test('are not secure by default on http, where they would be refused', (t) => {
    assert.equal(kept(t, 'http://shop.example/', {}).cookie?.isSecure, false);
  });

  test('are as secure as the site wants', (t) => {
    assert.equal(kept(t, 'https://shop.example/', { secure: false }).cookie?.isSecure, false);
  });

  test('are Lax by default', (t) => {
    assert.equal(kept(t, 'https://shop.example/', {}).cookie?.sameSite, 'Lax');
  });

  test('are for frames of other sites where the site wants it', (t) => {
    assert.equal(kept(t, 'https://shop.example/', { sameSite: 'None' }).cookie?.sameSite, 'None');
  });

  test('have the path of the site, which is part of the hash', (t) => {
    const { cookie, scope } = kept(t, 'https://shop.example/skis/red', { path: '/skis' });
    assert.deepEqual([cookie?.path, scope], ['/skis', 'shop.example/skis']);
  });

  test('live as long as they are to be kept', (t) => {
    const { cookie } = kept(t, 'https://shop.example/', {}, 60);
    assert.equal(cookie?.expiresMs, START_MS + 60_000);
  });

  test('that are kept for 0 seconds live until the browser ends', (t) => {
    const { cookie } = kept(t, 'https://shop.example/', {}, 0);
    assert.deepEqual([cookie?.value, cookie?.expiresMs], ['who', undefined]);
  });

  test('have values that are percent-encoded, and are read as they were written', (t) => {
    const { open, cookies } = openAt(t);
    open('cookie').keep(0, 'a;b=c, größe%', YEAR_S);
    assert.equal(cookies.values['_sp_id.8809'], 'a%3Bb%3Dc%2C%20gr%C3%B6%C3%9Fe%25');
    assert.deepEqual(open('cookie').looked(), [[0, 'a;b=c, größe%']]);
  });

  test('whose value is malformed are read as they are', (t) => {
    const { open, page } = openAt(t);
    page.document.cookie = '_sp_id.8809=100%.x=y';
    assert.deepEqual(open('cookie').looked(), [[0, '100%.x=y']]);
  });

  test('of other names are not mistaken for them', (t) => {
    const { open, page } = openAt(t);
    for (const name of ['x_sp_id.8809', '_sp_id.880', '_sp_id.88090', '_sp_idx8809']) {
      page.document.cookie = `${name}=other`;
    }
    assert.deepEqual(open('cookie').looked(), []);
    page.document.cookie = '_sp_id.8809=who';
    assert.deepEqual(open('cookie').looked(), [[0, 'who']]);
  });
});

describe('what is told', () => {
  const keepers = ['cookie', 'local'] as const;
  for (const identity of keepers) {
    test(`is what others have changed, once: ${identity}`, (t) => {
      const { open } = openAt(t);
      const [mine, other] = [open(identity), open(identity)];
      assert.deepEqual(mine.looked(), [], 'there is nothing');
      mine.keep(0, 'mine', YEAR_S);
      mine.keep(1, '*', 1800);
      assert.deepEqual(mine.looked(), [], 'it is its own');
      assert.deepEqual(
        [other.looked(), other.looked()],
        [
          [
            [0, 'mine'],
            [1, '*'],
          ],
          [],
        ],
      );
      other.keep(0, 'other', YEAR_S);
      assert.deepEqual(mine.looked(), [[0, 'other']]);
    });

    test(`is that the time of a text is over: ${identity}`, (t) => {
      const { open, tick } = openAt(t);
      const state = open(identity);
      state.keep(0, 'who', YEAR_S);
      state.keep(1, '*', 1800);
      tick(1_799_000);
      assert.deepEqual(state.looked(), []);
      tick(1_001);
      assert.deepEqual([state.looked(), state.looked()], [[[1, '']], []]);
    });

    test(`is that others have removed it: ${identity}`, (t) => {
      const { open } = openAt(t);
      const [mine, other] = [open(identity), open(identity)];
      mine.keep(0, 'who', YEAR_S);
      other.keep(0, '', -1);
      assert.deepEqual([mine.looked(), mine.looked()], [[[0, '']], []]);
    });
  }

  test('is what is in localStorage without a time of its end', (t) => {
    const { open, rows } = openAt(t);
    rows.set('_sp_id.8809', 'who');
    assert.deepEqual(open('local').looked(), [[0, 'who']]);
  });

  test('is a text in localStorage for ever that was kept for 0 seconds, whatever end it had before', (t) => {
    const { open, rows, tick } = openAt(t);
    const state = open('local');
    state.keep(0, 'before', 60);
    state.keep(0, 'who', 0);
    assert.deepEqual(Object.fromEntries(rows), { '_sp_id.8809': 'who' });
    tick(10 * YEAR_S * 1000);
    assert.deepEqual([state.looked(), open('local').looked()], [[], [[0, 'who']]]);
  });

  test('is nothing of what stands in the other place', (t) => {
    const { open } = openAt(t);
    open('cookie').keep(0, 'in a cookie', YEAR_S);
    assert.deepEqual(open('local').looked(), []);
    open('cookie').keep(0, '', -1);
    open('local').keep(0, 'in localStorage', YEAR_S);
    assert.deepEqual(open('cookie').looked(), []);
  });
});

describe('what is forgotten', () => {
  for (const identity of ['cookie', 'local', 'memory'] as const) {
    test(`is gone from both places: ${identity}`, (t) => {
      const { open, cookies, rows } = openAt(t);
      // All of one scope: what a site changes its mind about is of one host.
      const options = { domain: 'www.shop.example' };
      for (const place of ['cookie', 'local'] as const) {
        open(place, options).keep(0, 'who', YEAR_S);
        open(place, options).keep(1, '*', 1800);
      }
      const state = open(identity, options);
      state.keep(0, '', -1);
      state.keep(1, '*', -1);
      assert.deepEqual([cookies.values, [...rows.keys()]], [{}, []]);
    });
  }
});

describe('where nothing can be kept', () => {
  test('memory touches nothing, and tells nothing', (t) => {
    const { open, cookies, rows } = openAt(t);
    const state = open('memory');
    state.keep(0, 'who', YEAR_S);
    state.keep(1, '*', 1800);
    assert.deepEqual([state.looked(), cookies.written, rows.size], [[], [], 0]);
  });

  test('cookies that throw are harmless', (t) => {
    const { open, cookies } = openAt(t);
    cookies.isDenied = true;
    const state = open('cookie');
    state.keep(0, 'who', YEAR_S);
    state.keep(0, '', -1);
    assert.deepEqual(state.looked(), []);
  });

  test('a localStorage that throws is harmless', (t) => {
    const { open, page } = openAt(t);
    page.localStorage = deniedStorage();
    open('local').keep(1, '*', -1);
    const state = open('local');
    state.keep(0, 'who', YEAR_S);
    assert.deepEqual(state.looked(), [[0, '']], 'what was not kept is not there');
  });

  test('a localStorage that is full is harmless', (t) => {
    const { open, page, rows } = openAt(t);
    page.localStorage.room = 0;
    open('local').keep(0, 'who', YEAR_S);
    assert.equal(rows.size, 0);
  });
});
