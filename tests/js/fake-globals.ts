// Globals of a browser that stand in a test until it ends, its clock and its queue of promises among them.
import type { TestContext } from 'node:test';

/** Makes each member of `source` a global. Read anew each time, so a test changes them by assigning to `source`;
 * a getter that throws makes a global that throws. */
export function shareGlobals(t: TestContext, source: object): void {
  for (const name of Object.keys(source)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, get: () => Reflect.get(source, name) as unknown });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    });
  }
}

/** The target of a page's own events, as a global function of it, and a way to make one happen. */
export function makeWindow() {
  const window = new EventTarget();
  const happens = (type: string, members: object = {}): void =>
    void window.dispatchEvent(Object.assign(new Event(type), members));
  return { addEventListener: window.addEventListener.bind(window), happens };
}

export const START_MS = 1_700_000_000_000;

/** Stops the clocks: from here on `tick` alone moves them. */
export function stopTime(t: TestContext): { tick: (ms: number) => void } {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: START_MS });
  // Node's clock does not know that a timer without a time is one of 0 ms.
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, 'setTimeout', (task: () => void, ms = 0) => setTimeout(task, ms));
  // Any origin but that of the wall clock, so that nobody can mistake one for the other.
  t.mock.method(performance, 'now', () => Date.now() - START_MS + 1000.5);
  return { tick: (ms) => t.mock.timers.tick(ms) };
}

const { setImmediate: later } = globalThis;
/** Tasks of {@link countTasks} that have not run. */
let tasks = 0;

/** Counts what waits in setImmediate, where fake-indexeddb does its work, so that {@link settled} can wait for it. A
 * test ends when nothing waits any more: what it began would go on among the globals of the next. To be called before
 * {@link shareGlobals}. */
export function countTasks(t: TestContext): void {
  t.after(settled);
  t.mock.method(globalThis, 'setImmediate', (task: () => void) => {
    ++tasks;
    return later(() => {
      --tasks;
      task();
    });
  });
}

/** Resolves when everything has happened that happens without time. */
export const settled = async (): Promise<void> => {
  do await new Promise((resolve) => later(resolve));
  while (tasks > 0);
};
