// What the development entries add to whatever tracker they make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Status } from '../../js/src/constants.ts';
import { createExplained } from '../../js/src/development.ts';
import type { Engine } from '../../js/src/engine.ts';
import type { EngineLoader } from '../../js/src/engine.ts';
import type { Problem, Tracker } from '../../js/src/types.ts';

test('problems are explained and told, the engine is watched, and the tracker is the one that was made', (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  const told: Problem[] = [];
  const engine = { hash: () => 5 } as unknown as Engine;
  const load: EngineLoader = (ready) => ready(engine);
  let watched: Engine | undefined;
  let report: ((problem: Problem) => void) | undefined;
  const made = { own: 1 } as unknown as Tracker;
  const tracker = createExplained({ onProblem: (problem: Problem) => void told.push(problem) }, (over, options) => {
    over(load)(
      (one) => (watched = one),
      () => assert.fail(),
    );
    report = options.onProblem;
    return made;
  });
  assert.notEqual(watched, engine);
  assert.equal(watched?.hash(''), 5);
  const problem = { code: Status.Closed, during: 'track' };
  report?.(problem);
  assert.deepEqual([told, warn.mock.callCount()], [[problem], 1]);
  assert.deepEqual([(tracker as object as { own: number }).own, tracker.explain?.('')], [1, undefined]);
});

test('a tracker without options is one', (t) => {
  t.mock.method(console, 'warn', () => {});
  createExplained(undefined as unknown as { onProblem?: undefined }, (_over, options: object) => {
    assert.deepEqual(Object.keys(options), ['onProblem']);
    return {} as Tracker;
  });
});
