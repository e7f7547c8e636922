// Messages between pages: none while the page is put away, and nothing thrown where they cannot be sent.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openChannel } from '../../../js/src/ports/channel.ts';
import { openChannels } from '../fake-channels.ts';
import { shareGlobals } from '../fake-globals.ts';
import { openPage } from '../fake-page.ts';

function open(t: TestContext) {
  const page = openPage(t);
  const channels = openChannels(t);
  const heard: unknown[] = [];
  const tell = openChannel('ours', (message) => heard.push(message));
  return { page, channels, heard, tell };
}

test('what others say under the name is heard, and what is told is said to them', (t) => {
  const { channels, heard, tell } = open(t);
  channels.say('ours', { a: 1 });
  channels.say('theirs', { a: 2 });
  tell({ a: 3 });
  assert.deepEqual([heard, channels.said], [[{ a: 1 }], [{ a: 3 }]]);
});

test('a page that is put away has none, and one again when it comes back', (t) => {
  const { page, channels, heard, tell } = open(t);
  page.putAway();
  channels.say('ours', 1);
  tell({ a: 1 });
  assert.deepEqual([channels.open(), heard, channels.said], [0, [], []]);
  page.happens('pageshow', { persisted: false });
  assert.equal(channels.open(), 0);
  page.comeBack();
  channels.say('ours', 2);
  assert.deepEqual([channels.open(), heard], [1, [2]]);
});

test('what cannot be copied is not said', (t) => {
  const { channels, tell } = open(t);
  assert.doesNotThrow(() => tell({ call: () => {} }));
  assert.deepEqual(channels.said, []);
});

test('where there are none, or no page, it is silent', (t) => {
  shareGlobals(t, { BroadcastChannel: undefined });
  assert.doesNotThrow(() => openChannel('ours', () => {})({}));
  openPage(t);
  assert.doesNotThrow(() => openChannel('ours', () => {})({}));
});
