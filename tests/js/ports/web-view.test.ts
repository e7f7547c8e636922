// The signs by which the page knows that an application shows it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isInWebView } from '../../../js/src/ports/web-view.ts';
import { shareGlobals } from '../fake-globals.ts';

describe('an application shows the page if it has left one of its signs', () => {
  const rows: [what: string, globals: object, expected: boolean][] = [
    ['none', {}, false],
    ['Android', { SnowplowWebInterfaceV2: {} }, true],
    ['iOS', { webkit: { messageHandlers: { snowplowV2: {} } } }, true],
    ['React Native', { ReactNativeWebView: {} }, true],
    ['another application on iOS', { webkit: { messageHandlers: { other: {} } } }, false],
    ['Safari', { webkit: {} }, false],
    ['a site’s own webkit', { webkit: null }, false],
    ['an older application', { SnowplowWebInterface: {} }, false],
  ];
  for (const [what, globals, expected] of rows)
    test(`${what}: ${expected}`, (t) => {
      shareGlobals(t, globals);
      assert.equal(isInWebView(), expected);
    });
});
