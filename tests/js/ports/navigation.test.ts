// What a page hears of its address and its title, on a page that is not there.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import * as port from '../../../js/src/ports/navigation.ts';
import { settled, shareGlobals, stopTime } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';

/** Stands for MutationObserver: `mutate` tells those that observe. */
function shareObservers(t: TestContext) {
  const observed = new Map<object, unknown>();
  class MutationObserver {
    readonly mutated: () => void;

    constructor(mutated: () => void) {
      this.mutated = mutated;
    }
    observe(node: unknown): void {
      observed.set(this, node);
    }
    disconnect(): void {
      observed.delete(this);
    }
  }
  shareGlobals(t, { MutationObserver });
  return {
    nodes: () => [...observed.values()],
    mutate: () => ([...observed.keys()] as MutationObserver[]).forEach((one) => one.mutated()),
  };
}

test('where the page is, and whether somebody has it before his eyes', (t) => {
  const page = openPage(t);
  page.location.href = 'https://shop.example/skis?q=1#top';
  const { pathname, search, hash } = port.readUrl();
  assert.deepEqual([pathname, search, hash], ['/skis', '?q=1', '#top']);
  assert.equal(port.isUnseen(), false);
  page.show('hidden');
  assert.equal(port.isUnseen(), true);
});

describe('after a title', () => {
  function wait(t: TestContext, head: object | null = {}) {
    const { tick } = stopTime(t);
    const { document } = openPage(t);
    Object.assign(document, { head });
    const observers = shareObservers(t);
    const task = t.mock.fn();
    const end = port.afterTitle(() => {
      task();
      end();
    });
    const retitle = (title: string): void => {
      document.title = title;
      observers.mutate();
    };
    return { tick, document, head, ...observers, retitle, end, count: () => task.mock.callCount() };
  }

  test('the task runs in the task that follows a change of it, once', (t) => {
    const { tick, head, nodes, retitle, count } = wait(t);
    assert.deepEqual(nodes(), [head]);
    tick(10);
    retitle('Skis');
    assert.deepEqual([count(), nodes()], [0, []]);
    tick(1);
    assert.equal(count(), 1);
    tick(1000);
    assert.equal(count(), 1);
  });

  test('the task runs after 100 ms where the title does not change, whatever else does', (t) => {
    const { tick, nodes, mutate, count } = wait(t);
    tick(50);
    mutate();
    tick(49);
    assert.equal(count(), 0);
    tick(1);
    assert.deepEqual([count(), nodes()], [1, []]);
  });

  test('the wait can be ended, before and after the title has changed', (t) => {
    const { tick, nodes, end, count } = wait(t);
    end();
    tick(1000);
    assert.deepEqual([count(), nodes()], [0, []]);
  });

  test('a wait that is ended between the title and its task runs nothing', (t) => {
    const { tick, retitle, end, count } = wait(t);
    retitle('Skis');
    end();
    tick(1000);
    assert.equal(count(), 0);
  });

  test('a document without a head is watched as a whole', (t) => {
    const { document, nodes } = wait(t, null);
    assert.deepEqual(nodes(), [document]);
  });
});

/** An object whose method is inherited, as those of `history` are. */
class Road {
  walked: unknown[] = [];
  walk(to: string, _by?: string): string {
    this.walked.push(to);
    return `at ${to}`;
  }
}

/** Its method as a value. */
const walkOf = (road: object) => Reflect.get(road, 'walk') as (this: unknown, to: string) => string;

describe('a method that is wrapped', () => {
  function start(t: TestContext) {
    const road = new Road();
    const ended = new AbortController();
    const heard = t.mock.fn(() => void road.walked.push('heard'));
    port.wrap(road, 'walk', heard, ended.signal);
    return { road, heard, end: () => ended.abort() };
  }

  test('is heard before and after, and does what it did', (t) => {
    const { road } = start(t);
    assert.equal(road.walk('a'), 'at a');
    assert.deepEqual(road.walked, ['heard', 'a', 'heard']);
  });

  test('throws what it threw', (t) => {
    const { road } = start(t);
    assert.throws(() => walkOf(road).call(undefined, 'a'), TypeError);
  });

  test('looks as it did, to those who look', (t) => {
    const { road } = start(t);
    const walk = walkOf(road);
    assert.deepEqual([walk.name, walk.length, typeof walk], ['walk', 2, 'function']);
    Object.assign(walkOf(Road.prototype), { original: true });
    assert.equal(Reflect.get(walk, 'original'), true);
    Reflect.deleteProperty(walkOf(Road.prototype), 'original');
  });

  test('is what it was after the end: inherited, or its own', (t) => {
    const { road, end } = start(t);
    end();
    assert.deepEqual([Object.keys(road), walkOf(road)], [['walked'], walkOf(Road.prototype)]);
    const ended = new AbortController();
    const own = (): string => 'own';
    road.walk = own;
    port.wrap(road, 'walk', () => {}, ended.signal);
    assert.notEqual(walkOf(road), own);
    ended.abort();
    assert.equal(walkOf(road), own);
  });

  test('is heard under the wrapper of others, which stays after the end and goes on', (t) => {
    const { road, heard, end } = start(t);
    const walk = walkOf(road);
    const others = (to: string): string => `others ${walk.call(road, to)}`;
    road.walk = others;
    assert.equal(road.walk('a'), 'others at a');
    assert.equal(heard.mock.callCount(), 2);
    end();
    assert.deepEqual([walkOf(road), road.walk('b')], [others, 'others at b']);
    assert.equal(heard.mock.callCount(), 2);
  });

  test('is heard over the wrapper of others, which is back after the end', (t) => {
    const road = new Road();
    const others = t.mock.fn((to: string) => to);
    road.walk = others;
    const ended = new AbortController();
    const heard = t.mock.fn();
    port.wrap(road, 'walk', heard, ended.signal);
    road.walk('a');
    assert.deepEqual([others.mock.callCount(), heard.mock.callCount()], [1, 2]);
    ended.abort();
    assert.equal(walkOf(road), others);
  });

  test('stays as it is where it cannot be replaced, or is none', (t) => {
    const frozen = Object.freeze(new Road());
    const ended = new AbortController();
    for (const road of [frozen, {}, null, { walk: 1 }]) {
      port.wrap(road as Road, 'walk', t.mock.fn(), ended.signal);
    }
    ended.abort();
    assert.equal(walkOf(frozen), walkOf(Road.prototype));
  });

  test('that cannot be given back says nothing', async (t) => {
    const { road, end } = start(t);
    Object.freeze(road);
    const errors = t.mock.fn();
    process.on('uncaughtException', errors);
    t.after(() => process.off('uncaughtException', errors));
    end();
    await settled();
    assert.equal(errors.mock.callCount(), 0);
  });
});

class FakeHistory {
  pushState(): void {}
  replaceState(): void {}
}

/** Everything that a page tells of what is seen, from here on until `end`. */
function watch(t: TestContext, navigation?: EventTarget & { currentEntry?: object | null }) {
  const page = openPage(t);
  const history = new FakeHistory();
  shareGlobals(t, { navigation, history });
  const ended = new AbortController();
  const heard: unknown[] = [];
  port.watchViews(
    (isAnother) => void heard.push(!!isAnother),
    () => void heard.push('leave'),
    ended.signal,
  );
  return { page, history, end: () => ended.abort(), said: () => heard.splice(0) };
}

const makeNavigation = () => Object.assign(new EventTarget(), { currentEntry: {} });
const entryChange = (navigationType: string | null): Event =>
  Object.assign(new Event('currententrychange'), { navigationType });

describe('what a page tells', () => {
  test('it is seen and not seen, put away, and taken back', (t) => {
    const { page, end, said } = watch(t);
    page.show('hidden');
    page.show('visible');
    page.happens('pageshow', { persisted: false });
    assert.deepEqual(said(), [false, false, false]);
    page.putAway();
    assert.deepEqual(said(), ['leave', false]);
    page.comeBack();
    assert.deepEqual(said(), [false, true]);
    end();
    page.putAway();
    page.comeBack();
    assert.deepEqual(said(), []);
  });

  test('its address has changed: by the Navigation API, and history stays as it is', (t) => {
    const navigation = makeNavigation();
    const { page, history, end, said } = watch(t, navigation);
    for (const type of ['push', 'replace', 'traverse', null]) navigation.dispatchEvent(entryChange(type));
    assert.deepEqual(said(), [false, false, false, false]);
    navigation.dispatchEvent(entryChange('reload'));
    assert.deepEqual(said(), [true]);
    assert.deepEqual(Object.keys(history), []);
    page.happens('popstate');
    end();
    navigation.dispatchEvent(entryChange('push'));
    assert.deepEqual(said(), []);
  });

  // Any `<nav id="navigation">` is a global of that name.
  const useless = { 'is not there': undefined, 'is an element': new EventTarget() };
  for (const [what, navigation] of Object.entries(useless)) {
    test(`its address has changed: by history, where the Navigation API ${what}`, (t) => {
      const { page, history, end, said } = watch(t, navigation);
      history.pushState();
      history.replaceState();
      assert.deepEqual(said(), [false, false, false, false], 'before and after each');
      page.happens('popstate');
      assert.deepEqual(said(), [false]);
      end();
      assert.deepEqual(Object.keys(history), []);
      history.pushState();
      page.happens('popstate');
      assert.deepEqual(said(), []);
    });
  }

  test('in a document without an origin the Navigation API tells nothing, and history does', (t) => {
    const { history, said } = watch(t, Object.assign(new EventTarget(), { currentEntry: null }));
    history.pushState();
    assert.deepEqual(said(), [false, false]);
  });
});

test('each listens before the site does, and none keeps the page from being put away', (t) => {
  const page = openPage(t);
  const kept: [string, AddEventListenerOptions | undefined][] = [];
  const keep = (type: string, _: unknown, how?: AddEventListenerOptions): void => void kept.push([type, how]);
  page.addEventListener = keep;
  page.document.addEventListener = keep;
  shareGlobals(t, { history: new FakeHistory() });
  const { signal } = new AbortController();
  port.watchViews(
    () => {},
    () => {},
    signal,
  );
  assert.deepEqual(kept.map(([type]) => type).sort(), ['pagehide', 'pageshow', 'popstate', 'visibilitychange']);
  for (const [type, how] of kept) assert.deepEqual([how?.capture, how?.signal === signal], [true, true], type);
});
