// The entry `piste/page-views`: decides when somebody has seen a page, and tracks a page view then.
import { attempt } from './ports/local-rows.ts';
import { afterTitle, isUnseen, readUrl, watchViews, wrap } from './ports/navigation.ts';
import { hasPage } from './ports/page.ts';
import type { PageViewEvent, Tracker } from './types.ts';

/** Which page views are tracked, and with what. */
export type PageViewOptions = {
  /** What must differ in the address to be another page: its path; its path or query, the default; or any of path,
   * query and fragment (`hash`). */
  readonly when?: 'path' | 'query' | 'hash' | undefined;
  /** Called for each page view, right before it is tracked: what it carries; false: it is not tracked. If it throws,
   * the page view carries nothing. */
  readonly event?: ((url: URL) => PageViewEvent | false | undefined) | undefined;
};

/** Tracks a page view of the page that is there, and one of each that comes, until the tracker is closed. Returns what
 * ends it before. Never throws. */
export const trackPageViews = (tracker: Tracker, options?: PageViewOptions): (() => void) => {
  const ended = new AbortController();
  const { signal } = ended;
  const { when, event } = attempt((): PageViewOptions => ({ ...options }), {});
  /** The page of the last page view; that of the one that waits for its title. The same: none waits. */
  let seen: string | undefined;
  let due: string | undefined;
  let endWait = (): void => {};
  const stop = (): void => {
    ended.abort();
    endWait();
  };
  if (!hasPage()) return stop; // on a server

  const pageOf = ({ pathname, search, hash }: URL): string =>
    pathname + (when === 'path' ? '' : search) + (when === 'hash' ? hash : '');

  /** Tracks what waits. */
  const track = (): void => {
    if (due === seen) return;
    endWait();
    const url = readUrl();
    seen = due = pageOf(url);
    const what = attempt(() => event?.(url), undefined);
    if (what !== false) attempt(() => tracker.trackPageView(what), undefined);
  };

  /** Looks which page is there. `isAnother`: it counts even if it was there before. */
  const look = (isAnother?: boolean): void => {
    if (isAnother) seen = due = undefined;
    // What nobody sees is no page view, or not yet; what was seen may have no later.
    if (isUnseen()) return track();
    const page = pageOf(readUrl());
    if (page === due) return;
    due = page;
    endWait();
    // Whoever goes on at once was only passing, and whoever is sent back has not been away.
    endWait = afterTitle(track);
  };
  watchViews(look, track, signal);
  const close = (): void => {
    track();
    stop();
  };
  wrap(tracker, 'close', close, signal);
  look();
  return stop;
};
