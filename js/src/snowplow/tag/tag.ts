// What one global function of a page does: its calls, as text and values, become calls of the face.
import type { createSnowplow } from '../api.ts';
import type { BrowserPlugin, BrowserTracker, Logger, TrackerConfiguration } from '../types.ts';
import type { Method } from './plugins.ts';
import { createPlugins } from './plugins.ts';
import type { Perform } from './queue.ts';

/** What a task of the page sees as `this`, and as its last argument. */
type Trackers = Record<string, BrowserTracker>;

/** What the face exports besides what trackers do. */
const NO_METHODS = ['newTracker', 'addTracker', 'addPlugin', 'dispatchToTrackers', 'SharedState'];

const methodsOf = (snowplow: object): Map<string, Method> =>
  new Map(
    Object.entries(snowplow as Record<string, Method>).filter(
      ([name, value]) => typeof value === 'function' && !NO_METHODS.includes(name),
    ),
  );

/** Without an argument, methods that take one are given an empty object. Those that waited for a plugin may be its own:
 * how many arguments they take is known only then, and they may take more. */
const argumentsOf = ({ length }: Method, values: unknown[], ids: string[], isLate: boolean): unknown[] => {
  if (values.length) return [values[0], ids];
  return (isLate ? length > 1 : length === 2) ? [{}, ids] : [ids];
};

/** Serves the global function `name`. Its trackers have ids that begin with it, so that those of others may have the
 * same names. */
export const createTag = (
  name: string,
  snowplow: ReturnType<typeof createSnowplow>,
  log: Logger,
  page: object,
): Perform => {
  const methods = methodsOf(snowplow);
  const trackers: Trackers = {};
  /** Of all of them, also of those that come while a call waits. */
  const all: string[] = [];
  const join = (plugin: unknown, ids: string[]): void => snowplow.addPlugin({ plugin: plugin as BrowserPlugin }, ids);
  const plugins = createPlugins(methods, join, log, page);

  /** What goes wrong is said, and not thrown into the page. */
  const attempt = (what: string, task: () => void): void => {
    try {
      task();
    } catch (cause) {
      log.error(`${what} failed`, cause);
    }
  };

  const newTracker = ([own, endpoint, given]: unknown[]): void => {
    if (typeof own !== 'string' || typeof endpoint !== 'string' || (given !== undefined && typeof given !== 'object'))
      return log.error('newTracker takes a name, a collector, and perhaps a configuration.');
    // Plugins of a tag are added by `addPlugin`.
    const configuration = { ...given, plugins: [] } as TrackerConfiguration;
    const entry = snowplow.addTracker(`${name}_${own}`, own, endpoint, configuration);
    if (!entry) return;
    trackers[own] = entry.tracker;
    all.push(entry.tracker.id);
  };

  const callMethod = (method: string, values: unknown[], ids: string[], isLate: boolean): void => {
    const task = methods.get(method);
    if (!task) return log.warn(`There is no method ${method}`);
    attempt(method, () => task(...argumentsOf(task, values, ids, isLate)));
  };

  return (call) =>
    attempt('Call', () => {
      const [what, ...values] = Array.from(call as ArrayLike<unknown>);
      if (typeof what === 'function') {
        const own = { ...trackers };
        (what as Method).call(own, ...values, own);
        return;
      }
      const [method = '', names] = (what as string).split(':');
      const ids = names === undefined ? all : names.split(';').map((one) => `${name}_${one}`);
      if (method === 'newTracker') newTracker(values);
      else if (method === 'addPlugin') plugins.addAsSaid(values, ids);
      else plugins.whenThere((isLate) => callMethod(method, values, ids, isLate));
    });
};
