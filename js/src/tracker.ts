// The tracker that a page holds: turns calls into inputs of the core, and never throws.
import { EventKind, Key, Signal, Status } from './constants.ts';
import { TYPES } from './event-fields.ts';
import type { EngineLoader } from './engine.ts';
import { Host } from './host.ts';
import { monoNow, wallNow } from './ports/clock.ts';
import type { EventOptions, Tracker, TrackerEvent, TrackerOptions } from './types.ts';

/** What a site holds of the tracker of `host`. */
export const trackerOf = (host: Host): Tracker => {
  /** Without `kind`, the event's `type` says it. */
  const take = (event: EventOptions & { type?: TrackerEvent['type'] } = {}, kind?: EventKind): void => {
    let fields: string[];
    try {
      kind ??= TYPES.indexOf(event.type as TrackerEvent['type']);
      fields = host.fieldsOf(kind, event);
    } catch (cause) {
      host.run((engine) => engine.refuse(Status.Unserialisable), true);
      return host.site.refused(Status.Unserialisable, cause);
    }
    host.track(kind, fields, wallNow(), monoNow());
  };

  return {
    trackPageView: (event) => take(event, EventKind.PageView),
    trackStructured: (event) => take(event, EventKind.Structured),
    trackSelfDescribing: (event) => take(event, EventKind.SelfDescribing),
    track: (event) => take(event),
    // String() takes even a symbol.
    setUserId: (id) => host.run((engine) => host.site.report(engine.set(Key.UserId, String(id ?? '')), 'setUserId')),
    session: () => host.session(),
    newSession: () => host.signal(Signal.NewSession),
    setAnonymous: (anonymous) => host.setAnonymous(anonymous),
    forgetVisitor: (keep) => host.signal(Signal.Clear + +!!keep?.session + 2 * +!!keep?.user),
    flush: () => new Promise((resolve) => host.flush(() => resolve(host.stats()))),
    stats: () => host.stats(),
    close: () => host.close(),
  };
};

/** Makes a tracker whose engine `load` makes when the page is idle. */
export const createTrackerWith = (load: EngineLoader, options: TrackerOptions): Tracker =>
  trackerOf(new Host(load, { ...options }));
