// A tracker in a page that is not there, by a scripted engine.
import type { TestContext } from 'node:test';
import type { Key } from '../../js/src/constants.ts';
import type { Engine } from '../../js/src/engine.ts';
import { createTrackerWith } from '../../js/src/tracker.ts';
import type { Drop, Problem, TrackerOptions } from '../../js/src/types.ts';
import { settled, stopTime } from './fake-globals.ts';
import { answer, openNetwork } from './fake-network.ts';
import { openPage } from './fake-page.ts';
import { ScriptedEngine } from './scripted-engine.ts';

export const collector = 'https://collector.example';
/** The fields of a page view of which nothing is said. */
export const VIEW = ['', '', '', '', ''];

interface Start extends Partial<TrackerOptions> {
  /** The engine is made when `ready` is called, not at once. */
  late?: boolean;
  prerendering?: boolean;
}

/** A tracker in a page whose time stands. */
export function start(t: TestContext, { late = false, prerendering = false, ...options }: Start = {}) {
  const time = stopTime(t);
  const page = openPage(t);
  page.document.prerendering = prerendering;
  const network = openNetwork(t, () => answer(200));
  const engine = new ScriptedEngine();
  const problems: Problem[] = [];
  const drops: Drop[] = [];
  const made = { count: 0, ready: (_: Engine) => {}, failed: (_: unknown) => {} };
  const tracker = createTrackerWith(
    (ready, failed) => {
      Object.assign(made, { count: made.count + 1, ready, failed });
      if (!late) ready(engine);
    },
    {
      collector,
      onProblem: (problem) => void problems.push(problem),
      onDropped: (drop) => void drops.push(drop),
      ...options,
    },
  );
  const view = (): void => tracker.trackPageView();
  /** Flushes; tells whether that has ended. */
  const flush = () => {
    const flushed = t.mock.fn();
    void tracker.flush().then(flushed);
    return async (): Promise<number> => (await settled(), flushed.mock.callCount());
  };
  return { ...time, page, network, engine, problems, drops, made, tracker, view, flush };
}

/** What one setting was set to. */
export const values = (engine: ScriptedEngine, key: Key): unknown[] =>
  engine.named('set').flatMap(([which, value]) => (which === key ? [value] : []));
export const signals = (engine: ScriptedEngine): unknown[] => engine.named('signal').flat();

/** A tracker whose engine is there, with nothing to do yet. */
export function run(t: TestContext, options: Partial<TrackerOptions> = {}) {
  const started = start(t, options);
  started.page.becomeIdle();
  started.tick(1);
  started.engine.calls.length = 0;
  started.problems.length = 0;
  return started;
}
