// What a tracker of the full flavour is told when it is made, besides what every tracker is.
import type { RefusalOptions } from '../ports/refusal.ts';
import type { TrackerOptions } from '../types.ts';
import type { PageViewUrl } from './page-view-ids.ts';
import type { Plugin } from './plugins.ts';

/** Options that only the full flavour knows. */
export interface RareOptions extends RefusalOptions {
  /** Version of the application: goes with each event as an entity. */
  appVersion?: string | undefined;
  /** Which change of the URL makes a new page view id, besides page views. */
  pageViewUrl?: PageViewUrl;
  /** Events wait until there are so many. */
  minBatchEvents?: number | undefined;
  /** Longest query of a GET request, with its question mark; what is longer goes by POST. */
  maxGetBytes?: number | undefined;
  /** Only the first page view sets the clocks of page pings. */
  keepActivity?: boolean | undefined;
  /** A session has begun: told the ten fields of the identity. */
  onIdentity?: ((text: string) => void) | undefined;
  plugins?: readonly Plugin[] | undefined;
  /** False: no event is sent twice. */
  retryFailedRequests?: boolean | undefined;
  /** Statuses after which the same events are sent again, also if {@link dontRetryStatusCodes} has them. */
  retryStatusCodes?: readonly number[] | undefined;
  dontRetryStatusCodes?: readonly number[] | undefined;
}

export type HostOptions = TrackerOptions & RareOptions;
