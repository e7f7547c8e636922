// Where an event happens and where its visitor came from: what goes out as `url` and `refr` (protocol facts,
// section 1.3).
import { attempt } from '../ports/local-rows.ts';

/** What the page says of itself when its tracker is made. */
export interface AddressFacts {
  readonly href: string;
  /** As the browser tells it. */
  readonly referrer: string;
  /** The target of the first link: asked for in a search engine's copy of a page only, since it may be far down. */
  readonly firstLink?: string | undefined;
}

/** Nothing here throws, whatever it is given. */
export interface Address {
  /** To be asked for each event, on the page that is at `href` by now: a move there is seen here. */
  now(href: string): { url: string; referrer: string };
  /** Replaces the page's own URL, from now on; undefined: no more. What is relative is so to `href`, which is where the
   * page was seen last if it is not given. */
  useUrl(url: string | undefined, href?: string): void;
  /** Replaces what was found, from now on; empty or undefined: no more. */
  useReferrer(url: string | undefined): void;
  /** Without `#` and what follows, in both. */
  cutHash(on: boolean): void;
  /** Without `{` and `}`, in both. */
  cutBraces(on: boolean): void;
}

/** Pages that show another's in a language of the visitor's: its URL is a parameter of theirs. */
const TRANSLATION = /^https?:\/\/translate\.googleusercontent\.com[/:]/;
/** Pages that show a copy of another: their first link leads to it. */
const COPY = /^https?:\/\/(?:cc\.bingj|webcache\.googleusercontent)\.com[/:]/;
/** A scheme of at most 16 characters, as in the Snowplow browser tracker: with a longer one a URL is relative. */
const ABSOLUTE = /^[a-z][a-z\d+.-]{0,15}:/i;

/** `text` up to the first `mark`. */
const before = (text: string, mark: string): string => text.split(mark, 1)[0] as string;

/** The value of the last parameter of that name in a URL; null if there is none. Not by a regular expression: these
 * go back and forth in long URLs. */
export const parameterOf = (href: string, name: string): string | null => {
  const text = before(href, '#');
  const start = Math.max(text.lastIndexOf(`?${name}=`), text.lastIndexOf(`&${name}=`));
  if (start < 0) return null;
  const value = before(text.slice(start + name.length + 2), '&');
  return attempt(() => decodeURIComponent(value.replaceAll('+', ' ')), value); // else as it stands
};

/** The referrer that a page's URL names itself. */
const namedIn = (href: string): string | null => parameterOf(href, 'referrer') || parameterOf(href, 'referer');

/** `url` as seen from `base`. Not by RFC 3986, but as in the Snowplow browser tracker: a path loses the port, and all
 * else, `?` and `#` included, takes the place of what follows the last `/`. */
const resolve = (url: string, base: string): string => {
  if (ABSOLUTE.test(url)) return url;
  if (url.startsWith('/')) {
    const { protocol, hostname } = new URL(base);
    return `${protocol}//${hostname}${url}`;
  }
  const path = before(base, '?');
  return path.slice(0, path.lastIndexOf('/') + 1) + url;
};

export const createAddress = (
  start: AddressFacts,
  options: { preserveOriginalReferrer?: boolean | undefined },
): Address => {
  /** The URL of the page that is shown at `href`. */
  const shownAt = (href: string): string =>
    (TRANSLATION.test(href) ? parameterOf(href, 'u') : COPY.test(href) && start.firstLink) || href;
  let seen = start.href;
  let own = shownAt(seen);
  let found = namedIn(seen) || start.referrer || (TRANSLATION.test(seen) ? seen : '');
  /** What the site set; empty: nothing. */
  let url = '';
  let referrer = options.preserveOriginalReferrer ? found : '';
  let noHash = false;
  let noBraces = false;
  /** The answer, as long as it stays the same. */
  let known: ReturnType<Address['now']> | undefined;

  const look = (href: string): void => {
    if (href === seen) return;
    seen = href;
    const shown = shownAt(href);
    if (shown === own) return;
    found = namedIn(href) || own;
    own = shown;
    known = undefined;
  };
  const clean = (text: string): string => {
    const rest = noHash ? before(text, '#') : text;
    return noBraces ? rest.replace(/[{}]/g, '') : rest;
  };
  return {
    now(href) {
      look(href);
      return (known ??= { url: clean(url || own), referrer: clean(referrer || found) });
    },
    useUrl(given, href = seen) {
      look(href);
      // Empty text is relative, too. Whatever else is empty is what untyped sites mean by undefined.
      url = attempt(() => (given || given === '' ? resolve(`${given}`, clean(own)) : ''), '');
      known = undefined;
    },
    useReferrer(given) {
      referrer = attempt(() => (given ? `${given}` : ''), '');
      known = undefined;
    },
    cutHash(on) {
      noHash = on;
      known = undefined;
    },
    cutBraces(on) {
      noBraces = on;
      known = undefined;
    },
  };
};
