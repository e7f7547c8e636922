// What the site is told, by the functions that it gave: later, never inside a call of its own, and whatever they do.
import type { Status } from './constants.ts';
import { soon } from './ports/timer.ts';
import { eventIdOf } from './row.ts';
import type { Stats, TrackerOptions } from './types.ts';

/** Calls the functions in the options of one tracker. */
export interface SiteCalls {
  tell<T>(call: ((what: T) => void) | undefined, what: T): void;
  /** A mistake or a loss; nothing if `code` is none. */
  report(code: Status, during: string, detail?: unknown): void;
  /** An event was not taken; nothing if `code` is none. */
  refused(code: Status, detail?: unknown): void;
  /** The event of a row has ended. */
  ended(row: () => string, code: Status, outcome: number): void;
  /** A request has ended with `outcome`, of which the core says `code`. */
  answered(outcome: number, code: Status, stats: () => Stats): void;
}

export const createSiteCalls = (options: TrackerOptions): SiteCalls => {
  const tell: SiteCalls['tell'] = (call, what) => {
    if (!call) return;
    soon(() => {
      try {
        call(what);
      } catch {
        // the site's own mistake; a page error would be blamed on its tracker
      }
    });
  };
  const report: SiteCalls['report'] = (code, during, detail) => {
    if (code) tell(options.onProblem, { code, during, detail });
  };
  return {
    tell,
    report,
    refused(code, detail) {
      if (!code) return;
      report(code, 'track', detail);
      tell(options.onDropped, { code });
    },
    ended(row, code, outcome) {
      const { onDelivered, onDropped } = options;
      if (!(code ? onDropped : onDelivered)) return;
      const eventId = eventIdOf(row());
      if (code) tell(onDropped, { code, eventId, status: outcome || undefined });
      else tell(onDelivered, { eventId: eventId as string });
    },
    answered(outcome, code, stats) {
      report(code, 'send', outcome);
      const { onRetry } = options;
      if (!onRetry || code || (outcome >= 200 && outcome < 300)) return;
      const { failures, retryInMs } = stats();
      tell(onRetry, { status: Math.max(0, outcome), failures, retryInMs });
    },
  };
};
