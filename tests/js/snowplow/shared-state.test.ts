// The state that the trackers of a page share.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedState } from '../../../js/src/snowplow/shared-state.ts';

test('a page begins without a page view', () => {
  const state = new SharedState();
  assert.deepEqual({ ...state }, { bufferFlushers: [], hasLoaded: false, registeredOnLoadHandlers: [] });
  assert.equal(state.pageViewId, undefined);
  assert.notEqual(new SharedState().bufferFlushers, state.bufferFlushers);
});
