// The tracker that a page holds: turns calls into inputs of the core, and never throws.
import { EventKind, Key, Status } from './constants.ts';
import { fieldsOf, TYPES } from './event-fields.ts';
import type { EngineLoader } from './host.ts';
import { Host } from './host.ts';
import { monoNow, wallNow } from './ports/clock.ts';
import type { EventOptions, Tracker, TrackerOptions } from './types.ts';

/** Makes a tracker whose engine `load` makes when the page is idle. */
export const createTrackerWith = (load: EngineLoader, options: TrackerOptions): Tracker => {
  const host = new Host(load, { ...options });

  const take = (kind: EventKind, event: EventOptions = {}): void => {
    let fields: string[];
    try {
      fields = fieldsOf(kind, event);
    } catch (cause) {
      host.run((engine) => engine.refuse(Status.Unserialisable), true);
      return host.report(Status.Unserialisable, 'track', cause);
    }
    host.track(kind, fields, wallNow(), monoNow());
  };

  return {
    trackPageView: (event) => take(EventKind.PageView, event),
    trackStructured: (event) => take(EventKind.Structured, event),
    trackSelfDescribing: (event) => take(EventKind.SelfDescribing, event),
    track: (event) => take(TYPES.indexOf(event?.type), event),
    setUserId: (id) => host.run((engine) => host.report(engine.set(Key.UserId, `${id ?? ''}`), 'setUserId')),
    flush: () => new Promise((resolve) => host.flush(() => resolve(host.stats()))),
    stats: () => host.stats(),
    close: () => host.close(),
  };
};
