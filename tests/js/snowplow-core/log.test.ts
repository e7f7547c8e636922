// The log of plugins has the levels of the peer's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import { LOG, LOG_LEVEL } from '../../../js/src/snowplow-core/log.ts';

test('the levels have the numbers of the peer', () => {
  for (const [name, level] of Object.entries(LOG_LEVEL)) assert.equal(peer.LOG_LEVEL[name as 'warn'], level);
  assert.equal(Object.keys(LOG_LEVEL).length, Object.keys(peer.LOG_LEVEL).length / 2);
});

test('the log has the methods of the peer, and says as much as was asked for', (t) => {
  assert.deepEqual(Object.keys(LOG).sort(), Object.keys(peer.LOG).sort());
  const { mock } = t.mock.method(console, 'debug', () => {});
  LOG.debug('not asked for');
  LOG.setLogLevel(LOG_LEVEL.debug);
  LOG.debug('asked for', 5);
  LOG.setLogLevel(LOG_LEVEL.warn);
  assert.deepEqual(
    mock.calls.map((call) => call.arguments as unknown[]),
    [['Snowplow: asked for', 5]],
  );
});
