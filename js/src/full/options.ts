// What a tracker of the full flavour is made of, besides what every tracker is.
import type { EventStore } from '../ports/event-store.ts';
import type { RequestTransportOptions } from '../ports/requests.ts';
import type { RefusalOptions } from '../ports/refusal.ts';
import type { TrackerOptions } from '../types.ts';
import type { PageViewUrl } from './page-view-ids.ts';
import type { Plugin } from './plugins.ts';

/** Options that only the full flavour knows. */
export interface RareOptions extends RefusalOptions, Omit<RequestTransportOptions, 'credentials' | 'headers'> {
  /** Version of the application: goes with each event as an entity. */
  appVersion?: string | undefined;
  /** Attaches the browser's entity: screen, languages, and so on. */
  browserEntity?: boolean | undefined;
  /** Whether later page views keep the referrer with which the page was opened. */
  preserveOriginalReferrer?: boolean | undefined;
  /** Which change of the URL makes a new page view id, besides page views. */
  pageViewUrl?: PageViewUrl;
  /** Events wait until there are so many. */
  minBatchEvents?: number | undefined;
  /** Only the first page view sets the clocks of page pings. */
  keepActivity?: boolean | undefined;
  /** A session has begun: told the ten fields of the identity. */
  onIdentity?: ((text: string) => void) | undefined;
  plugins?: readonly Plugin[] | undefined;
  eventStore?: EventStore | undefined;
  /** False: no event is sent twice. */
  retryFailedRequests?: boolean | undefined;
  /** Statuses after which the same events are sent again, also if {@link dontRetryStatusCodes} has them. */
  retryStatusCodes?: readonly number[] | undefined;
  dontRetryStatusCodes?: readonly number[] | undefined;
  /** Id of a tracker of the peer's whose events are taken over. */
  peerQueue?: string | undefined;
  /** True: the session's entity is left to the application around a web view. */
  sessionEntityElsewhere?: boolean | undefined;
}

export type FullOptions = TrackerOptions & RareOptions;
