// The trackers that a plugin calls: those that it was activated with, in the order of the page, and nobody is harmed.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import * as peer from '@snowplow/browser-tracker-core';
import * as ours from '../../../js/src/snowplow-core/trackers.ts';
import * as face from '../../../js/src/snowplow/index.ts';
import type { BrowserTracker } from '../../../js/src/snowplow/tracker/types.ts';
import { openPage } from '../fake-page.ts';

const collection = Object.fromEntries(['one', 'two', 'three'].map((id) => [id, { id } as BrowserTracker]));

function hear(t: TestContext) {
  const said: unknown[][] = [];
  for (const name of ['warn', 'error'] as const)
    t.mock.method(console, name, (...values: unknown[]) => void said.push([name, ...values]));
  return said;
}

describe('the trackers of a plugin', () => {
  for (const ids of [undefined, [], ['two'], ['three', 'one'], ['one', 'one'], ['none', 'two'], ['toString']]) {
    test(`are those that the peer calls: ${JSON.stringify(ids)}`, (t) => {
      const said = hear(t);
      const [mine, theirs] = [ours, peer].map((core) => {
        const called: unknown[] = [];
        core.dispatchToTrackersInCollection(ids, collection, ({ id }) => void called.push(id));
        return { called, warnings: said.splice(0).length };
      });
      assert.deepEqual(mine, theirs);
    });
  }

  test('come to no harm by each other: what throws ends the call, and is said', (t) => {
    const said = hear(t);
    const called: string[] = [];
    ours.dispatchToTrackersInCollection(undefined, collection, ({ id }) => {
      called.push(id);
      if (id === 'two') throw new Error('of the plugin');
    });
    assert.deepEqual([called, said.length, said[0]?.[1]], [['one', 'two'], 1, 'Snowplow: Function failed']);
  });

  test('may be none at all', (t) => {
    const said = hear(t);
    ours.dispatchToTrackersInCollection(undefined, undefined as never, () => assert.fail());
    assert.equal(said.length, 1);
  });
});

test('the trackers of the page are those that piste/snowplow has made', (t) => {
  const said = hear(t);
  assert.deepEqual([ours.allTrackers(), ours.allTrackerNames(), ours.trackerExists('sp')], [{}, [], false]);
  openPage(t);
  const [one, two] = ['sp', 'toString'].map((id) => face.newTracker(id, 'https://c.example'));
  assert.deepEqual(ours.allTrackerNames(), ['sp', 'toString']);
  assert.equal(ours.allTrackers().sp, one);
  assert.equal(ours.getTracker('toString'), two);
  assert.deepEqual(ours.getTrackers(['toString', 'sp']), [two, one]);
  assert.deepEqual([ours.trackerExists('sp'), ours.trackerExists('valueOf')], [true, false]);
  const called: unknown[] = [];
  ours.dispatchToTrackers(['sp'], (tracker) => void called.push(tracker));
  assert.deepEqual(called, [one]);
  assert.deepEqual(said, []);
  assert.equal(ours.getTracker('none'), null);
  assert.deepEqual(said, [['warn', 'Snowplow: none is not configured']]);
});

test('the state of a page is that of a tracker without others', () => {
  const state = ours.createSharedState();
  assert.ok(state instanceof ours.SharedState);
  assert.deepEqual({ ...state }, { bufferFlushers: [], hasLoaded: false, registeredOnLoadHandlers: [] });
});
