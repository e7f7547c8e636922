// Hearing what is pushed into the page's array, beside others who do the same.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { findLayer, hearPushes } from '../../../js/src/ports/data-layer.ts';
import { shareGlobals } from '../fake-globals.ts';

function hear(t: TestContext, layer: unknown[]) {
  const ended = new AbortController();
  const heard: unknown[] = [];
  const told = t.mock.fn();
  hearPushes(layer, (item) => void heard.push(item), told, ended.signal);
  return { heard, told, end: () => ended.abort() };
}

test('an array is found by its name; nothing else is one', (t) => {
  const globals: { layer: unknown } = { layer: undefined };
  shareGlobals(t, globals);
  for (const layer of [undefined, {}, 'layer', () => {}]) {
    globals.layer = layer;
    assert.equal(findLayer('layer'), undefined);
  }
  const layer = (globals.layer = []);
  assert.equal(findLayer('layer'), layer);
  Object.defineProperty(globals, 'layer', {
    get: () => {
      throw new Error('the site’s');
    },
  });
  assert.equal(findLayer('layer'), undefined);
});

test('what is there is heard, and what is pushed, in order; told is once for what came together', (t) => {
  const layer: unknown[] = [1, 2];
  const { heard, told } = hear(t, layer);
  assert.deepEqual([heard, told.mock.callCount()], [[1, 2], 1]);
  assert.equal(layer.push(3, 4), 4);
  assert.deepEqual([heard, told.mock.callCount()], [[1, 2, 3, 4], 2]);
  assert.deepEqual([...layer], [1, 2, 3, 4]);
});

test('push looks as it did', (t) => {
  const layer: unknown[] = [];
  hear(t, layer);
  assert.deepEqual([layer.push.name, layer.push.length], ['push', 1]);
});

test('the end takes it off: a push of the array’s own is back, another is not there any more', (t) => {
  const layer: unknown[] = [];
  const { heard, end } = hear(t, layer);
  end();
  layer.push(1);
  assert.deepEqual([heard, Object.hasOwn(layer, 'push')], [[], false]);
  const own = (...items: unknown[]): number => Array.prototype.push.apply(layer, items);
  layer.push = own;
  const second = hear(t, layer);
  second.end();
  assert.equal(layer.push, own);
});

test('others wrap it before and after, and stay when it ends', (t) => {
  const layer: unknown[] = [];
  const calls: string[] = [];
  const cover = (name: string): void => {
    const { push } = layer;
    layer.push = (...items) => {
      calls.push(name);
      return push.apply(layer, items);
    };
  };
  cover('before');
  const first = hear(t, layer);
  cover('after');
  const second = hear(t, layer);
  layer.push('x');
  assert.deepEqual([calls, first.heard, second.heard, [...layer]], [['after', 'before'], ['x'], ['x'], ['x']]);
  first.end();
  layer.push('y');
  assert.deepEqual([calls.length, first.heard, second.heard], [4, ['x'], ['x', 'y']]);
  second.end();
  layer.push('z');
  assert.deepEqual([calls.length, second.heard, [...layer]], [6, ['x', 'y'], ['x', 'y', 'z']]);
});

test('what the hearer throws is not thrown into the push; what the push below throws is', (t) => {
  const layer: unknown[] = [0];
  const fail = (): never => {
    throw new Error('the hearer’s');
  };
  const ended = new AbortController();
  hearPushes(layer, fail, fail, ended.signal);
  assert.equal(layer.push(1), 2);
  ended.abort();
  layer.push = fail;
  const { heard } = hear(t, layer);
  assert.throws(() => layer.push(2), /the hearer’s/);
  assert.deepEqual(heard, [0, 1]);
});

test('an array that is frozen, or throws, does no harm', (t) => {
  const { heard } = hear(t, Object.freeze([1]) as never);
  assert.deepEqual(heard, [1]);
  const hostile = new Proxy([], {
    get: () => {
      throw new Error('the site’s');
    },
  });
  hear(t, hostile).end();
});

test('a push within what is heard is heard, too', () => {
  const layer: unknown[] = [];
  const heard: unknown[] = [];
  const hearer = (item: unknown): void => {
    heard.push(item);
    if (item === 1) layer.push(2);
  };
  hearPushes(layer, hearer, () => {}, new AbortController().signal);
  layer.push(1);
  assert.deepEqual(
    [heard, [...layer]],
    [
      [1, 2],
      [1, 2],
    ],
  );
});

test('a push while what was there is heard comes after it', () => {
  const layer: unknown[] = [1, 2];
  const heard: unknown[] = [];
  const told = (): void => {
    if (layer.length === 2) layer.push(3);
  };
  hearPushes(layer, (item) => void heard.push(item), told, new AbortController().signal);
  assert.deepEqual(heard, [1, 2, 3]);
});
