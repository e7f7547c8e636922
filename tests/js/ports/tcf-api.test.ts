// The interface of a banner: the page's function, or messages to a frame around it, of which others may write, too.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { findTcf, openTcf } from '../../../js/src/ports/tcf-api.ts';
import { shareGlobals } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';
import { garbage } from '../consent/garbage.ts';

interface Call {
  command: string;
  version: number;
  parameter?: unknown;
  callId: string;
}

/** A page in frames: the one with the banner is the second around it. */
function openFrames(t: TestContext) {
  const calls: Call[] = [];
  const top = {
    frames: { __tcfapiLocator: {} } as object,
    parent: undefined as unknown,
    postMessage: ({ __tcfapiCall: call }: { __tcfapiCall: Call }, target: string) => {
      assert.equal(target, '*');
      calls.push(call);
    },
  };
  top.parent = top;
  const middle = {
    parent: top,
    get frames(): never {
      throw new Error('of another origin');
    },
  };
  const globals = { parent: middle as unknown, __tcfapi: undefined as unknown };
  const page = openPage(t);
  shareGlobals(t, globals);
  const ended = new AbortController();
  const answer = (data: unknown, source: unknown = top): void => page.happens('message', { source, data });
  return { globals, top, calls, ended, answer };
}

test('the page’s own function is found first, and asked in version 2', (t) => {
  const { globals, calls } = openFrames(t);
  const api = t.mock.fn();
  globals.__tcfapi = api;
  const place = findTcf();
  assert.equal(place, api);
  const answer = (): void => {};
  openTcf(api, new AbortController().signal)('ping', answer, 7);
  assert.deepEqual([api.mock.calls[0]?.arguments, calls], [['ping', 2, answer, 7], []]);
});

test('a placeholder that was replaced is not asked', (t) => {
  const { globals } = openFrames(t);
  const placeholder = t.mock.fn();
  const real = t.mock.fn();
  globals.__tcfapi = placeholder;
  const call = openTcf(placeholder, new AbortController().signal);
  globals.__tcfapi = real;
  call('removeEventListener', () => {}, 1);
  globals.__tcfapi = undefined;
  call('ping', () => {});
  assert.deepEqual([placeholder.mock.callCount(), real.mock.callCount()], [1, 1]);
});

test('without a frame, and without a function, there is none', (t) => {
  const { globals, top } = openFrames(t);
  top.frames = {};
  for (const api of [undefined, null, 'x', {}]) {
    globals.__tcfapi = api;
    assert.equal(findTcf(), undefined);
  }
  globals.parent = undefined;
  assert.equal(findTcf(), undefined);
});

test('a frame around the page is asked by messages, and answers as often as it wants, also as text', (t) => {
  const { top, calls, ended, answer } = openFrames(t);
  assert.equal(findTcf(), top);
  const call = openTcf(top, ended.signal);
  const heard: unknown[] = [];
  call('addEventListener', (...one) => void heard.push(one), 5);
  const [{ callId, ...rest } = {} as Call] = calls;
  assert.deepEqual(rest, { command: 'addEventListener', version: 2, parameter: 5 });
  const of = (returnValue: unknown) => ({ __tcfapiReturn: { returnValue, success: true, callId } });
  answer(of({ a: 1 }));
  answer(JSON.stringify(of({ a: 2 })));
  assert.deepEqual(heard, [
    [{ a: 1 }, true],
    [{ a: 2 }, true],
  ]);
  ended.abort();
  answer(of({ a: 3 }));
  assert.equal(heard.length, 2);
});

test('each call has its own answers', (t) => {
  const { top, calls, ended, answer } = openFrames(t);
  const call = openTcf(top, ended.signal);
  const heard: string[] = [];
  call('one', () => void heard.push('one'));
  call('two', () => void heard.push('two'));
  answer({ __tcfapiReturn: { returnValue: null, success: true, callId: calls[1]?.callId } });
  assert.deepEqual(heard, ['two']);
});

test('what others write, and garbage, is not heard', (t) => {
  const { top, calls, ended, answer } = openFrames(t);
  const call = openTcf(top, ended.signal);
  const heard = t.mock.fn();
  call('addEventListener', heard);
  const good = { __tcfapiReturn: { returnValue: {}, success: true, callId: calls[0]?.callId } };
  answer(good, {});
  answer(good, null);
  answer({ __tcfapiReturn: { returnValue: {}, success: true, callId: 'other' } });
  for (const one of garbage(11, 1000, ['__tcfapiReturn', 'callId', 'returnValue'])) {
    answer(one);
    answer({ __tcfapiReturn: one });
    answer({ __tcfapiReturn: { callId: one } });
  }
  assert.equal(heard.mock.callCount(), 0);
});
