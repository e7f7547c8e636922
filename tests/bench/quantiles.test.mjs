// Quantiles are right for plain numbers, and finer than the clock for its readings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, quantile, spread } from './quantiles.mjs';

test('without a tick, a quantile is one of the values', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(quantile([1, 2, 3, 4], 0.99), 4);
  assert.ok(Number.isNaN(median([])));
});

test('readings of a coarse clock give a median between its ticks', () => {
  // A duration of 12 µs reads as 10 in three cases of five, else as 15.
  const readings = [10, 15, 10, 15, 10];
  assert.ok(Math.abs(median(readings, 5) - 11.7) < 0.1);
  assert.equal(median([10, 10, 10], 5), 10);
});

test('a spread names the least and the greatest', () => assert.equal(spread([2, 1, 3]), '1.0-3.0'));
