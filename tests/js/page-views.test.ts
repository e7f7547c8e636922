// The entry piste/page-views: which page views are tracked, when, and with which address and title.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { trackPageViews, type PageViewOptions } from '../../js/src/page-views.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { PageViewEvent, Tracker } from '../../js/src/types.ts';
import { settled, shareGlobals, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { realEngine } from './piste-wasm.ts';

const SITE = 'https://shop.example';

interface Start extends PageViewOptions {
  hidden?: boolean;
  prerendering?: boolean;
  /** Without the Navigation API. */
  old?: boolean;
}

/** A page whose time stands, with a way to move in it. Its title is `Shop`. */
function openSite(t: TestContext, { hidden = false, prerendering = false, old = false }: Start = {}) {
  const { tick } = stopTime(t);
  const page = openPage(t);
  page.document.visibilityState = hidden || prerendering ? 'hidden' : 'visible';
  Object.assign(page.document, { prerendering, head: {} });
  const navigation = old ? undefined : Object.assign(new EventTarget(), { currentEntry: {} });
  const observers = new Set<MutationObserver>();
  class MutationObserver {
    readonly mutated: () => void;

    constructor(mutated: () => void) {
      this.mutated = mutated;
    }
    observe(): void {
      observers.add(this);
    }
    disconnect(): void {
      observers.delete(this);
    }
  }
  /** Is moved in by the site's router. */
  const go = (path: string, navigationType = 'push'): void => {
    page.location.href = SITE + path;
    navigation?.dispatchEvent(Object.assign(new Event('currententrychange'), { navigationType }));
  };
  class FakeHistory {
    pushState(_data: unknown, _unused: string, path: string): void {
      go(path);
    }
    replaceState(_data: unknown, _unused: string, path: string): void {
      go(path);
    }
  }
  const history = new FakeHistory();
  shareGlobals(t, { navigation, history, MutationObserver });
  const retitle = (title: string): void => {
    page.document.title = title;
    for (const { mutated } of observers) mutated();
  };
  return { tick, page, go, history, retitle, observers };
}

/** A tracker that notes the path and the title of its page views, and what they carry. */
function makeTracker(t: TestContext) {
  const noted: unknown[][] = [];
  const close = t.mock.fn((): void => {});
  const trackPageView = (event?: PageViewEvent): void => {
    noted.push([location.href.slice(SITE.length), document.title, ...(event ? [event] : [])]);
  };
  const tracker = { trackPageView, close } as unknown as Tracker;
  const isWrapped = (): boolean => Reflect.get(tracker, 'close') !== close;
  return { tracker, close, isWrapped, views: () => noted.splice(0) };
}

/** A site that tracks its page views; of the first one the test knows already, where there is one. */
function start(t: TestContext, options: Start = {}) {
  const site = openSite(t, options);
  const { views, ...made } = makeTracker(t);
  const stop = trackPageViews(made.tracker, options);
  site.tick(100);
  const first = views();
  return { ...site, ...made, views, stop, first };
}

describe('the first page view', () => {
  test('is that of the page that is there, once', (t) => {
    const { first, page, tick, views } = start(t);
    assert.deepEqual(first, [['/skis', 'Shop']]);
    page.happens('pageshow', { persisted: false });
    page.show('hidden');
    page.show('visible');
    tick(100_000);
    assert.deepEqual(views(), []);
  });

  test('waits for a title like any other, and for redirects', (t) => {
    const { tick, go, retitle } = openSite(t);
    const { tracker, views } = makeTracker(t);
    trackPageViews(tracker);
    assert.deepEqual(views(), []);
    go('/home');
    retitle('Home');
    tick(1);
    assert.deepEqual(views(), [['/home', 'Home']]);
  });

  test('is that of the page that is there when it is wanted late', (t) => {
    const { tick, go } = openSite(t);
    const { tracker, views } = makeTracker(t);
    go('/boots');
    tick(100_000);
    trackPageViews(tracker);
    tick(100);
    assert.deepEqual(views(), [['/boots', 'Shop']]);
  });

  test('of a prerendered page is where it is when it is activated', (t) => {
    const { first, page, tick, go, views } = start(t, { prerendering: true });
    go('/boots');
    tick(100_000);
    assert.deepEqual([first, views()], [[], []]);
    page.activate();
    tick(100);
    assert.deepEqual(views(), [['/boots', 'Shop']]);
  });

  test('of a prerendered page that nobody ever sees is none', (t) => {
    const { first, page, views } = start(t, { prerendering: true });
    page.happens('pagehide');
    assert.deepEqual([first, views()], [[], []]);
  });

  test('of a page in the background comes when it is seen, and only then', (t) => {
    const { first, page, tick, views } = start(t, { hidden: true });
    tick(100_000);
    assert.deepEqual([first, views()], [[], []]);
    page.show('visible');
    tick(100);
    assert.deepEqual(views(), [['/skis', 'Shop']]);
  });
});

describe('within the page', () => {
  test('each address is a page view, with the title that follows it', (t) => {
    const { go, retitle, tick, views } = start(t);
    go('/boots');
    retitle('Boots');
    assert.deepEqual(views(), []);
    tick(1);
    assert.deepEqual(views(), [['/boots', 'Boots']]);
    go('/skis');
    tick(99);
    assert.deepEqual(views(), []);
    tick(1);
    assert.deepEqual(views(), [['/skis', 'Boots']], 'it does not wait for ever');
    retitle('Skis');
    tick(1000);
    assert.deepEqual(views(), []);
  });

  test('redirects make one page view, of where they end', (t) => {
    const { go, retitle, tick, views } = start(t);
    for (const path of ['/account', '/login', '/login?from=account']) {
      go(path);
      retitle(path);
    }
    tick(1);
    assert.deepEqual(views(), [['/login?from=account', '/login?from=account']]);
    for (const path of ['/a', '/b', '/c']) {
      go(path);
      tick(60);
    }
    tick(40);
    assert.deepEqual(views(), [['/c', '/login?from=account']]);
  });

  test('whoever is sent back has not been away, and may go there again', (t) => {
    const { go, tick, views } = start(t);
    go('/account');
    tick(10);
    go('/skis');
    tick(1000);
    assert.deepEqual(views(), []);
    go('/account');
    tick(100);
    assert.deepEqual(views(), [['/account', 'Shop']]);
  });

  test('the same address is none, whatever has changed of its entry; that of a page before is one', (t) => {
    const { go, tick, views } = start(t);
    for (const type of ['push', 'replace', 'traverse', '']) go('/skis', type);
    tick(1000);
    assert.deepEqual(views(), []);
    go('/boots');
    tick(100);
    go('/skis', 'traverse');
    tick(100);
    assert.deepEqual(
      views().map(([path]) => path),
      ['/boots', '/skis'],
    );
  });

  test('an address that changes unheard is told as it is, once', (t) => {
    const { page, go, tick, views } = start(t);
    go('/boots');
    page.location.href = `${SITE}/skis?unheard`;
    tick(100);
    page.show('visible');
    tick(100);
    assert.deepEqual(views(), [['/skis?unheard', 'Shop']]);
    page.location.href = `${SITE}/boots`;
    page.show('visible');
    tick(100);
    assert.deepEqual(views(), [['/boots', 'Shop']], 'and is found when the page is seen');
  });

  test('a change that is none does not hold up what waits', (t) => {
    const { go, tick, views } = start(t);
    go('/boots');
    tick(60);
    go('/boots#sizes', 'replace');
    tick(40);
    assert.deepEqual(views(), [['/boots#sizes', 'Shop']]);
  });

  const walk = ['/skis?q=1', '/skis?q=1#a', '/skis?q=2#a', '/boots?q=2#a', '/boots#', '/boots'];
  for (const [when, paths] of [
    ['path', ['/boots?q=2#a']],
    ['query', ['/skis?q=1', '/skis?q=2#a', '/boots?q=2#a', '/boots#']],
    ['hash', ['/skis?q=1', '/skis?q=1#a', '/skis?q=2#a', '/boots?q=2#a', '/boots#']],
    [undefined, ['/skis?q=1', '/skis?q=2#a', '/boots?q=2#a', '/boots#']],
    ['fragment' as never, ['/skis?q=1', '/skis?q=2#a', '/boots?q=2#a', '/boots#']],
  ] as const) {
    test(`what is another page is up to the site: ${when ?? 'nothing said'}`, (t) => {
      const { go, tick, views } = start(t, { when });
      for (const path of walk) {
        go(path);
        tick(100);
      }
      assert.deepEqual(
        views().map(([path]) => path),
        paths,
      );
    });
  }

  test('a reload that the site handles itself is a page view', (t) => {
    const { go, tick, views } = start(t);
    go('/skis', 'reload');
    tick(100);
    assert.deepEqual(views(), [['/skis', 'Shop']]);
  });

  test('where there is no Navigation API, history tells, and nothing of ours is left in it', (t) => {
    const { history, page, go, tick, views, stop } = start(t, { old: true });
    history.pushState({}, '', '/boots');
    tick(100);
    history.replaceState({}, '', '/boots?size=9');
    tick(100);
    history.replaceState({ scroll: 9 }, '', '/boots?size=9');
    tick(100);
    go('/skis');
    page.happens('popstate');
    tick(100);
    assert.deepEqual(
      views().map(([path]) => path),
      ['/boots', '/boots?size=9', '/skis'],
    );
    stop();
    assert.deepEqual(Object.keys(history), []);
  });
});

describe('a page that is left', () => {
  test('tracks what waits for its title, once', (t) => {
    const { go, page, tick, views } = start(t);
    go('/boots');
    page.putAway();
    assert.deepEqual(views(), [['/boots', 'Shop']]);
    tick(1000);
    assert.deepEqual(views(), []);
  });

  test('for another tab has no more page views until it is seen', (t) => {
    const { go, page, tick, views } = start(t);
    go('/boots');
    page.show('hidden');
    assert.deepEqual(views(), [['/boots', 'Shop']]);
    go('/login');
    go('/login?expired');
    tick(100_000);
    assert.deepEqual(views(), []);
    page.show('visible');
    tick(100);
    assert.deepEqual(views(), [['/login?expired', 'Shop']]);
  });

  test('and taken out of the back/forward cache is a page view again', (t) => {
    const { page, tick, views } = start(t);
    page.putAway();
    tick(1000);
    assert.deepEqual(views(), []);
    page.comeBack();
    tick(100);
    assert.deepEqual(views(), [['/skis', 'Shop']]);
  });

  test('and taken back unseen is one when it is seen', (t) => {
    const { page, tick, views } = start(t);
    page.putAway();
    page.happens('pageshow', { persisted: true });
    tick(1000);
    assert.deepEqual(views(), []);
    page.show('visible');
    tick(100);
    assert.deepEqual(views(), [['/skis', 'Shop']]);
  });
});

describe('what the site says of a page view', () => {
  test('goes with it, or keeps it back; what was kept back was there', (t) => {
    const { first, go, tick, views } = start(t, {
      event: ({ pathname }) => pathname !== '/account' && { title: `at ${pathname}` },
    });
    assert.deepEqual(first, [['/skis', 'Shop', { title: 'at /skis' }]]);
    go('/account');
    tick(100);
    assert.deepEqual(views(), []);
    go('/skis');
    tick(100);
    assert.deepEqual(views(), [['/skis', 'Shop', { title: 'at /skis' }]]);
  });

  test('is asked for once, when the page view is due', (t) => {
    const event = t.mock.fn((_: URL) => undefined);
    const { go, tick, views } = start(t, { event });
    go('/a');
    go('/b?c#d');
    tick(100);
    assert.deepEqual(
      event.mock.calls.map(({ arguments: [url] }) => url.href),
      [`${SITE}/skis`, `${SITE}/b?c#d`],
    );
    assert.deepEqual(views(), [['/b?c#d', 'Shop']]);
  });

  test('may change the address: that is no reason to be asked again', (t) => {
    const site = openSite(t);
    const event = t.mock.fn((_: URL): undefined => site.go('/skis#asked') as undefined);
    const { tracker, views } = makeTracker(t);
    trackPageViews(tracker, { event });
    site.tick(1000);
    assert.deepEqual([event.mock.callCount(), views().length], [1, 1]);
  });

  const fails = (): never => {
    throw new Error('on purpose');
  };
  for (const [what, event] of [
    ['throws', fails],
    ['is no function', 7 as never],
    ['gives nothing', () => undefined],
    ['is not there', undefined],
  ] as const) {
    test(`is nothing where the function ${what}`, (t) => {
      assert.deepEqual(start(t, { event }).first, [['/skis', 'Shop']]);
    });
  }

  test('may be of any kind: what cannot be read is not there', (t) => {
    const { tick } = openSite(t);
    const { tracker, views } = makeTracker(t);
    const throwing = Object.defineProperty({}, 'when', { enumerable: true, get: fails });
    const options = [null, 7, 'path', throwing, new Proxy({}, { ownKeys: fails })];
    for (const one of options) trackPageViews(tracker, one as never);
    tick(100);
    assert.equal(views().length, options.length);
  });
});

describe('the end', () => {
  test('comes when the site says so, at once: what waits is not tracked, and nothing after it', (t) => {
    const { go, page, tick, views, stop, tracker, isWrapped } = start(t);
    go('/boots');
    stop();
    stop();
    page.putAway();
    page.comeBack();
    go('/skis');
    tick(1000);
    tracker.close();
    assert.deepEqual(views(), []);
    assert.equal(isWrapped(), false);
  });

  test('comes with the tracker, which gets what waits before it is closed', (t) => {
    const { go, page, tick, views, tracker, close, isWrapped } = start(t);
    assert.equal(isWrapped(), true);
    go('/boots');
    close.mock.mockImplementation(() => assert.deepEqual(views(), [['/boots', 'Shop']]));
    tracker.close();
    assert.equal(close.mock.callCount(), 1);
    assert.equal(isWrapped(), false);
    go('/skis');
    page.putAway();
    page.comeBack();
    tick(1000);
    assert.deepEqual(views(), []);
  });

  test('and a beginning in one task make one page view', (t) => {
    const { tick } = openSite(t);
    const { tracker, views } = makeTracker(t);
    trackPageViews(tracker)();
    trackPageViews(tracker);
    tick(1000);
    assert.equal(views().length, 1);
  });

  test('of each wait leaves nothing that is watched', (t) => {
    const { go, page, retitle, tick, stop, observers } = start(t);
    assert.equal(observers.size, 0);
    go('/a');
    retitle('A');
    tick(1);
    assert.equal(observers.size, 0);
    go('/b');
    page.show('hidden');
    assert.equal(observers.size, 0);
    page.show('visible');
    go('/c');
    go('/d');
    assert.equal(observers.size, 1);
    stop();
    assert.equal(observers.size, 0);
  });
});

describe('any tracker will do', () => {
  test('that throws, is frozen, or is none', (t) => {
    const { tick, go, page } = openSite(t);
    const trackPageView = (): never => {
      throw new Error('on purpose');
    };
    for (const tracker of [{ trackPageView }, Object.freeze({ trackPageView, close() {} }), {}, null, undefined]) {
      const stop = trackPageViews(tracker as never);
      tick(100);
      go('/boots');
      tick(100);
      go('/skis');
      page.show('hidden');
      page.show('visible');
      stop();
    }
  });

  test('on a server there is nothing to see', (t) => {
    const { tracker, isWrapped } = makeTracker(t);
    const stop = trackPageViews(tracker);
    stop();
    assert.equal(isWrapped(), false);
  });

  test('that of a page sends them with address, referrer, title, and an id of their own', async (t) => {
    const { page, go, retitle, tick } = openSite(t);
    const network = openNetwork(t, () => answer(200));
    const tracker = createTrackerWith((ready) => ready(realEngine()), { collector: 'https://c.example' });
    trackPageViews(tracker);
    tick(100);
    page.becomeIdle();
    go('/boots');
    retitle('Boots');
    tick(1);
    go('/boots?size=9');
    page.putAway();
    for (let i = 0; i < 3; ++i) {
      await settled();
      tick(1);
    }
    const events = network.events();
    assert.deepEqual(
      events.map(({ e, url, refr, page: title }) => [e, url, refr, title]),
      [
        ['pv', `${SITE}/skis`, 'https://search.example/?q=skis', 'Shop'],
        ['pv', `${SITE}/boots`, `${SITE}/skis`, 'Boots'],
        ['pv', `${SITE}/boots?size=9`, `${SITE}/boots`, 'Boots'],
      ],
    );
    assert.equal(new Set(events.map(({ co }) => co)).size, 3);
    tracker.close();
  });
});
