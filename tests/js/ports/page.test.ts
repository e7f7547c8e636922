// What is read of a page and what is heard of it, on a page that is not there.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Key } from '../../../js/src/constants.ts';
import * as port from '../../../js/src/ports/page.ts';
import { openPage } from '../fake-page.ts';

const life = (): AbortController => new AbortController();

test('there is a page where there is a document', (t) => {
  assert.equal(port.hasPage(), false);
  openPage(t);
  assert.equal(port.hasPage(), true);
});

test('what waits for the document to be read runs once it is, and at once if it is already', (t) => {
  const page = openPage(t);
  let count = 0;
  const run = (): void => void ++count;
  Object.assign(page.document, { readyState: 'loading' });
  port.whenRead(run);
  assert.equal(count, 0);
  page.happensInDocument('DOMContentLoaded');
  assert.equal(count, 1);
  for (const readyState of ['interactive', 'complete']) {
    Object.assign(page.document, { readyState });
    port.whenRead(run);
  }
  assert.equal(count, 3);
});

test('facts that stay the same', (t) => {
  const page = openPage(t);
  assert.deepEqual(port.readFixedFacts(), ['1', 'UTF-8', 'en-GB', '1920x1080', '24']);
  page.navigator.cookieEnabled = false;
  assert.equal(port.readFixedFacts()[0], '0');
  assert.equal(port.readTimezone(), new Intl.DateTimeFormat().resolvedOptions().timeZone);
  Object.assign(globalThis, { Temporal: { Now: { timeZoneId: () => 'Europe/Zurich' } } });
  try {
    assert.equal(port.readTimezone(), 'Europe/Zurich');
  } finally {
    Reflect.deleteProperty(globalThis, 'Temporal');
  }
});

test('what the page is called now, and what it was called when its tracker was made', (t) => {
  const page = openPage(t);
  const start = port.readStart();
  page.location.href = 'https://shop.example/boots';
  page.document.title = 'Boots';
  assert.deepEqual(port.readNow(), [
    [Key.PageUrl, 'https://shop.example/boots'],
    [Key.PageTitle, 'Boots'],
  ]);
  assert.deepEqual(start, {
    url: 'https://shop.example/skis',
    title: 'Shop',
    referrer: 'https://search.example/?q=skis',
  });
});

test('sizes are whole pixels, never negative, and the largest that any of the elements says', (t) => {
  const page = openPage(t);
  assert.deepEqual(port.readSizes(), ['1215x800', '1200x3000']);
  Object.assign(page.document.body ?? {}, { scrollHeight: 5000.7 });
  assert.deepEqual(port.readSizes(), ['1215x800', '1200x5000']);
  page.document.body = null;
  page.innerWidth = -1;
  assert.deepEqual(port.readSizes(), ['0x800', '1200x3000']);
});

test('a change of size is heard, of viewport and document, until the end', (t) => {
  const page = openPage(t);
  const end = life();
  const changed = t.mock.fn();
  port.watchSizes(changed, end.signal);
  page.happens('resize');
  const [observer] = page.observers;
  assert.deepEqual(observer?.observed, [page.document.documentElement, page.document.body]);
  observer?.changed();
  assert.equal(changed.mock.callCount(), 2);
  end.abort();
  page.happens('resize');
  assert.deepEqual([changed.mock.callCount(), page.observers.size], [2, 0]);
});

test('nothing is observed for a tracker that has ended, in an old browser, or of a body that is not there', (t) => {
  const page = openPage(t);
  port.watchSizes(() => {}, AbortSignal.abort());
  assert.equal(page.observers.size, 0);
  page.document.body = null;
  port.watchSizes(() => {}, life().signal);
  assert.deepEqual([...page.observers][0]?.observed, [page.document.documentElement]);
  page.ResizeObserver = undefined;
  port.watchSizes(() => {}, life().signal);
  assert.equal(page.observers.size, 1);
});

/** Everything that a page tells, from here on until `end`. */
function hear(t: TestContext) {
  const page = openPage(t);
  const end = life();
  const heard: unknown[] = [];
  const on = (name: string) => () => void heard.push(name);
  port.watchPage(
    {
      hidden: on('hidden'),
      away: (hidden) => void heard.push(['away', hidden]),
      back: on('back'),
      visible: on('visible'),
      online: on('online'),
      activated: on('activated'),
    },
    end.signal,
  );
  return { page, end: () => end.abort(), said: () => heard.splice(0) };
}

test('what happens to a page is heard until the end', (t) => {
  const { page, end, said } = hear(t);
  const everything = (): void => {
    page.show('hidden');
    page.show('visible');
    page.happensInDocument('freeze');
    page.happens('pagehide');
    page.happens('pageshow', { persisted: false });
    page.happens('pageshow', { persisted: true });
    page.happens('online');
    page.happensInDocument('prerenderingchange');
  };
  everything();
  assert.deepEqual(said(), ['hidden', 'visible', 'hidden', ['away', false], 'back', 'online', 'activated']);
  end();
  everything();
  page.putAway();
  page.comeBack();
  assert.deepEqual(said(), []);
});

test('a page that is seen and put away is away first, then hidden', (t) => {
  const { page, said } = hear(t);
  page.putAway();
  assert.deepEqual(said(), [['away', false], 'hidden']);
});

test('a page that is put away while nobody sees it says so: nothing comes after', (t) => {
  const { page, said } = hear(t);
  page.show('hidden');
  page.happens('pagehide');
  assert.deepEqual(said(), ['hidden', ['away', true]]);
});

test('a page that is frozen where it was put away is hidden once more', (t) => {
  const { page, said } = hear(t);
  page.putAway();
  page.happensInDocument('freeze');
  assert.deepEqual(said(), [['away', false], 'hidden', 'hidden']);
});

test('a page that was taken back is seen and back; when it is hidden again, no more than that', (t) => {
  const { page, said } = hear(t);
  page.putAway();
  page.comeBack();
  assert.deepEqual(said().slice(2), ['visible', 'back']);
  page.show('hidden');
  assert.deepEqual(said(), ['hidden']);
});

test('a prerendered page says that somebody sees it now', (t) => {
  const { page, said } = hear(t);
  page.document.prerendering = undefined; // a browser that knows no prerendering
  assert.equal(port.isPrerendering(), false);
  page.document.prerendering = true;
  assert.equal(port.isPrerendering(), true);
  page.activate();
  assert.deepEqual([port.isPrerendering(), said()], [false, ['activated', 'visible']]);
});

/** Each listener of a page's life: its type, and how it listens. */
function listeners(t: TestContext) {
  const page = openPage(t);
  const end = life();
  const kept: [string, AddEventListenerOptions | undefined][] = [];
  const keep = (type: string, _: unknown, how?: AddEventListenerOptions): void => void kept.push([type, how]);
  page.addEventListener = keep;
  page.document.addEventListener = keep;
  const none = (): void => {};
  const events = { hidden: none, away: none, back: none, visible: none, online: none, activated: none };
  port.watchPage(events, end.signal);
  return { kept, signal: end.signal };
}

test('no unload listeners: they would cost the page its place in the back/forward cache', (t) => {
  const types = listeners(t).kept.map(([type]) => type);
  assert.deepEqual(types.sort(), [
    'freeze',
    'online',
    'pagehide',
    'pageshow',
    'prerenderingchange',
    'visibilitychange',
  ]);
});

test('each listens before the site does: capturing, until the end', (t) => {
  const { kept, signal } = listeners(t);
  for (const [type, how] of kept) assert.deepEqual([how?.capture, how?.signal === signal], [true, true], type);
});

test('each sign of activity is seen, with its time', (t) => {
  const page = openPage(t);
  let nowMs = 0;
  const watch = port.watchActivity(() => nowMs, life().signal);
  assert.equal(watch.take().activeMs, 0);
  const signs = ['wheel', 'click', 'mousemove', 'keydown', 'touchstart', 'scroll', 'focus', 'blur', 'resize'];
  for (const sign of signs) {
    nowMs += 10;
    page.happensInDocument(sign);
    assert.equal(watch.take().activeMs, nowMs, sign);
  }
});

test('the extremes of scrolling are kept, and begin anew where the page is', (t) => {
  const page = openPage(t);
  page.scrollY = 50;
  const end = life();
  const watch = port.watchActivity(() => 1, end.signal);
  for (const [x, y] of [
    [5, 400],
    [0, 20],
    [-3, 300],
  ] as const) {
    Object.assign(page, { scrollX: x, scrollY: y });
    page.happensInDocument('scroll');
  }
  assert.deepEqual(watch.take().offsets, [-3, 5, 20, 400]);
  watch.restart();
  assert.deepEqual(watch.take(), { activeMs: 1, offsets: [-3, -3, 300, 300] });
  end.abort();
  page.scrollY = 9999;
  page.happensInDocument('scroll');
  assert.deepEqual(watch.take().offsets, [-3, -3, 300, 300]);
});

test('clicks and keys do not touch the extremes: reading them would force a layout', (t) => {
  const page = openPage(t);
  const watch = port.watchActivity(() => 7, life().signal);
  Object.defineProperty(page, 'scrollX', { get: () => assert.fail('scrollX was read') });
  page.happensInDocument('click');
  page.happensInDocument('keydown');
  assert.equal(watch.take().activeMs, 7);
});
