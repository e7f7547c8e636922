// Links that tell the next site who comes, and what of a URL is tracked.
import {
  crossDomainLinker,
  discardBrace,
  discardHashTag,
  newTracker,
  preservePageViewId,
  type BrowserTracker,
  type ExtendedCrossDomainLinkerAttributes,
  type ExtendedCrossDomainLinkerOptions,
  type PreservePageViewIdForUrl,
} from '@snowplow/browser-tracker';

/** Links to some hosts. */
export const start = (hosts: string[]): void => {
  newTracker('site', 'collector.example.com', {
    crossDomainLinker: (link) => link.hostname !== location.hostname && hosts.includes(link.hostname),
  });
};

/** A link that is known by its id. */
export const later = (): void =>
  crossDomainLinker((link: HTMLAnchorElement | HTMLAreaElement) => link.id === 'partner', ['site']);

export const extended: ExtendedCrossDomainLinkerOptions[] = [
  true,
  { userId: true, sessionId: true, sourceId: true, sourcePlatform: false, reason: true },
];

/** Says why the visitor left in the site's own words. */
export const startWithReason = (): void => {
  const parts: ExtendedCrossDomainLinkerAttributes = {
    userId: true,
    reason: (event) => (event.currentTarget instanceof HTMLElement ? event.currentTarget.innerText : ''),
  };
  newTracker('site', 'collector.example.com', { crossDomainLinker: () => true, useExtendedCrossDomainLinker: parts });
};

export function cleanUrls(): void {
  discardHashTag(true);
  discardBrace(true);
  discardHashTag(false, ['site']);
  discardBrace(false, ['site']);
}

/** Several views of one page, with one id. */
export function keepId(tracker: BrowserTracker, how: PreservePageViewIdForUrl): void {
  tracker.preservePageViewIdForUrl(how);
  tracker.preservePageViewIdForUrl('pathname');
  preservePageViewId();
  preservePageViewId([tracker.id]);
}
