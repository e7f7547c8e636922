// What the benchmark `exit` counts: events by id and copies beyond the first; and when a sample waits no longer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals } from './arrivals.mjs';

const BOUNDS = { quietMs: 20, limitMs: 2000 };

/** @param {string} aid @param {string} eid */
const event = (aid, eid, e = 'se') => ({ aid, e, eid });

test('events count once each, copies apart, page views not at all', () => {
  const arrivals = new Arrivals(BOUNDS);
  arrivals.note({ data: [event('s1', 'view', 'pv'), event('s1', 'a'), event('s1', 'b')] });
  arrivals.note({ data: [event('s1', 'b'), event('s1', 'b'), event('s2', 'c')] });
  assert.deepEqual(arrivals.count('s1'), { events: 2, duplicates: 2 });
  assert.deepEqual(arrivals.count('s2'), { events: 1, duplicates: 0 });
  assert.deepEqual(arrivals.count('s3'), { events: 0, duplicates: 0 });
});

test('a sample whose events are all there waits no longer', async () => {
  const arrivals = new Arrivals({ quietMs: 1e6, limitMs: 1e6 });
  const waiting = arrivals.allOrQuiet('s1', 2);
  arrivals.note({ data: [event('s1', 'a')] });
  arrivals.note({ data: [event('s1', 'b')] });
  await waiting;
});

test('a sample that gets nothing more is quiet, whatever other samples get', async () => {
  const arrivals = new Arrivals(BOUNDS);
  const others = setInterval(() => arrivals.note({ data: [event('s2', 'c')] }), 1);
  await arrivals.allOrQuiet('s1', 1).finally(() => clearInterval(others));
  assert.equal(arrivals.count('s1').events, 0);
});

test('a page view that does not come is an error', async () => {
  const arrivals = new Arrivals({ quietMs: 1, limitMs: 20 });
  arrivals.note({ data: [event('s1', 'view', 'pv')] });
  await arrivals.pageViews('s1', 1);
  await assert.rejects(arrivals.pageViews('s1', 2), /sample s1: still waiting after 20 ms/);
});

test('a sample that does not get quiet in time is an error', async () => {
  const arrivals = new Arrivals({ quietMs: 1e6, limitMs: 20 });
  await assert.rejects(arrivals.quiet('s1'), /sample s1: still waiting after 20 ms/);
});
