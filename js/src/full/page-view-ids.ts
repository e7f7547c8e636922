// The id of the page view, which all trackers of a page share, and when it changes (protocol facts, section 3.9).
import { attempt } from '../ports/local-rows.ts';

/** Which change of the URL makes a new page view: of none, of all of it, or of a part. */
export type PageViewUrl = boolean | 'full' | 'pathname' | 'pathnameAndSearch' | undefined;

/** What the trackers of a page share. The site may see it, so the names stay. */
export type PageViewState = { pageViewId?: string; pageViewUrl?: string };

/** One tracker's view of it. */
export interface PageViewIds {
  /** The id for what happens at `url` now. */
  at(url: string): string;
  /** A page view begins: the tracker's second one with the same id makes a new id. */
  begin(url: string): string;
  /** From here on it stays as it is. */
  freeze(): void;
  setUrlPart(part: PageViewUrl): void;
  /** A new one, but for one that is frozen. */
  renew(url: string): void;
}

/** The part of `url` that counts. */
const partOf = (url: string, part: PageViewUrl): string =>
  attempt(() => {
    if (part === true || part === 'full') return url;
    const { pathname, search } = new URL(url);
    return pathname + (part === 'pathname' ? '' : search);
  }, url);

export const createPageViewIds = (shared: PageViewState, make: () => string, urlPart?: PageViewUrl): PageViewIds => {
  let part = urlPart;
  let isFrozen = false;
  /** Of this tracker's last page view. */
  let viewed: string | undefined;

  const renew = (url: string): void => {
    if (isFrozen && shared.pageViewId) return;
    shared.pageViewId = make();
    shared.pageViewUrl = url;
  };
  const at = (url: string): string => {
    const known = shared.pageViewUrl;
    const hasMoved = part && (known === undefined || partOf(known, part) !== partOf(url, part));
    if (!shared.pageViewId || hasMoved) renew(url);
    return shared.pageViewId as string;
  };
  return {
    at,
    begin(url) {
      if (viewed !== undefined && viewed === shared.pageViewId) renew(url);
      return (viewed = at(url));
    },
    freeze: () => void (isFrozen = true),
    setUrlPart: (given) => void (part = given),
    renew,
  };
};
