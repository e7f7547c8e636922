// How much the visitor did, on a page that is not there.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test, type TestContext } from 'node:test';
import { ownNames } from '../../../js/build/own-names.mjs';
import { watchMetrics } from '../../../js/src/ports/activity-metrics.ts';
import { openPage } from '../fake-page.ts';

const NONE = { mouseDistance: 0, scrollDistance: 0, keyPresses: 0, clicks: 0, touches: 0 };
const MOST = 2_147_483_647;

/** A visitor's doings, watched until `end`. */
function watch(t: TestContext) {
  const page = openPage(t);
  const life = new AbortController();
  const metrics = watchMetrics(life.signal);
  const moves = (clientX: unknown, clientY: unknown): void =>
    void page.document.dispatchEvent(Object.assign(new Event('mousemove'), { clientX, clientY }));
  const scrolls = (scrollX: number, scrollY: number): void => {
    Object.assign(page, { scrollX, scrollY });
    page.happensInDocument('scroll');
  };
  return {
    page,
    take: () => metrics.take(),
    restart: () => metrics.restart(),
    moves,
    scrolls,
    does: page.happensInDocument,
    end: () => life.abort(),
  };
}

test('who does nothing has done nothing, and the members are in the order of the peer’s', (t) => {
  const { take } = watch(t);
  assert.equal(JSON.stringify(take()), JSON.stringify(NONE));
});

test('the distances of the mouse are added up, as the crow flies, from where it is seen first', (t) => {
  const { take, moves } = watch(t);
  moves(100, 100);
  assert.deepEqual(take(), NONE);
  moves(103, 104);
  assert.deepEqual(take(), { ...NONE, mouseDistance: 5 });
  moves(91, 99);
  assert.deepEqual(take(), { ...NONE, mouseDistance: 18 });
  moves(91, 99);
  assert.deepEqual(take(), { ...NONE, mouseDistance: 18 });
});

test('a mouse that is seen first in the corner of the page has been seen', (t) => {
  const { take, moves } = watch(t);
  moves(0, 0);
  moves(6, 8);
  assert.equal(take().mouseDistance, 10);
});

test('distances of scrolling are added up, along both axes and both ways, from where the first ends', (t) => {
  const { page, take, scrolls } = watch(t);
  page.scrollY = 50;
  scrolls(0, 400);
  assert.deepEqual(take(), NONE);
  scrolls(30, 360);
  assert.deepEqual(take(), { ...NONE, scrollDistance: 70 });
  scrolls(-10, 361);
  assert.deepEqual(take(), { ...NONE, scrollDistance: 111 });
});

test('what scrolls within the page is no scrolling of the page, and gives it no first place', (t) => {
  const page = openPage(t);
  const add = t.mock.method(page.document, 'addEventListener');
  const watched = watchMetrics(new AbortController().signal);
  const see = add.mock.calls.find(({ arguments: [type] }) => type === 'scroll')?.arguments[1] as EventListener;
  // A listener that captures hears of it with the element as its target.
  const scrolls = (target: object, scrollY: number): void => {
    page.scrollY = scrollY;
    see({ type: 'scroll', target } as Event);
  };
  scrolls({}, 0);
  scrolls(page.document, 500);
  scrolls({}, 505);
  assert.deepEqual(watched.take(), NONE);
  scrolls(page.document, 507);
  assert.deepEqual(watched.take(), { ...NONE, scrollDistance: 7 });
});

test('distances are rounded when they are taken, not before', (t) => {
  const { take, moves, scrolls } = watch(t);
  for (let i = 0; i <= 10; ++i) {
    moves(i * 0.25, 0);
    scrolls(0, i * 0.24);
  }
  assert.deepEqual(take(), { ...NONE, mouseDistance: 3, scrollDistance: 2 });
});

test('keys that go down, clicks and touches are counted, and nothing else', (t) => {
  const { take, does } = watch(t);
  for (const [type, times] of Object.entries({ keydown: 3, click: 2, touchstart: 1 }))
    for (let i = 0; i < times; ++i) does(type);
  for (const other of ['keypress', 'keyup', 'mousedown', 'mouseup', 'touchend', 'wheel', 'resize', 'focus', 'blur'])
    does(other);
  assert.deepEqual(take(), { ...NONE, keyPresses: 3, clicks: 2, touches: 1 });
});

test('a restart forgets everything, and what is moved over it is no distance', (t) => {
  const { take, restart, moves, scrolls, does } = watch(t);
  const all = (place: number): void => {
    moves(place, 0);
    scrolls(0, place);
    for (const type of ['keydown', 'click', 'touchstart']) does(type);
  };
  all(0);
  all(10);
  const before = take();
  restart();
  assert.deepEqual(take(), NONE);
  all(1000);
  assert.deepEqual(take(), { ...NONE, keyPresses: 1, clicks: 1, touches: 1 });
  all(1001);
  assert.deepEqual(take(), { mouseDistance: 1, scrollDistance: 1, keyPresses: 2, clicks: 2, touches: 2 });
  assert.deepEqual(before, { mouseDistance: 10, scrollDistance: 10, keyPresses: 2, clicks: 2, touches: 2 });
});

test('taking forgets nothing, and what is taken belongs to who took it', (t) => {
  const { take, does } = watch(t);
  does('click');
  take().clicks = 50;
  assert.equal(take().clicks, 1);
});

test('numbers are never greater than the schema takes', (t) => {
  const { take, moves, scrolls } = watch(t);
  for (const place of [0, 4e9, 0]) {
    moves(place, place);
    scrolls(place, place);
  }
  assert.deepEqual(take(), { ...NONE, mouseDistance: MOST, scrollDistance: MOST });
});

test('events that the site makes, which have no place or a wrong one, spoil nothing', (t) => {
  const { take, moves, does } = watch(t);
  does('mousemove');
  moves(0, 0);
  for (const wrong of [undefined, null, 'left', NaN, {}]) moves(wrong, wrong);
  does('mousemove');
  moves(5, 5);
  moves(5, 8);
  assert.deepEqual(take(), { ...NONE, mouseDistance: 3 });
});

test('each watch counts for itself, until its end', (t) => {
  const { take, restart, does, end } = watch(t);
  const other = watchMetrics(new AbortController().signal);
  does('click');
  restart();
  end();
  does('click');
  assert.deepEqual([take().clicks, other.take().clicks], [0, 2]);
  const late = watchMetrics(AbortSignal.abort());
  does('click');
  assert.deepEqual(late.take(), NONE);
});

test('it listens passively, and before the site, which may stop an event', (t) => {
  const page = openPage(t);
  const kept: [string, AddEventListenerOptions | undefined][] = [];
  page.document.addEventListener = (type: string, _: unknown, how?: AddEventListenerOptions) =>
    void kept.push([type, how]);
  const { signal } = new AbortController();
  watchMetrics(signal);
  const types = kept.map(([type]) => type);
  assert.deepEqual(types.sort(), ['click', 'keydown', 'mousemove', 'scroll', 'touchstart']);
  for (const [type, how] of kept)
    assert.deepEqual([how?.passive, how?.capture, how?.signal === signal], [true, true, true], type);
});

test('the build, which shortens names, leaves those of the members as they are', () => {
  const shortened = ownNames(fileURLToPath(new URL('../../../js/src', import.meta.url)));
  assert.deepEqual(
    Object.keys(NONE).filter((name) => shortened.includes(name)),
    [],
  );
});
