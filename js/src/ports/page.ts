// What the page tells: facts about itself and its visitor, and what happens to it.
import { Key } from '../constants.ts';

/** Facts that stay the same as long as the page lives. */
export const readFixedFacts = (): [
  cookies: string,
  charset: string,
  language: string,
  resolution: string,
  depth: string,
] => [
  navigator.cookieEnabled ? '1' : '0',
  document.characterSet,
  navigator.language,
  size(screen.width, screen.height),
  `${screen.colorDepth}`,
];

/** What a browser may lack, as far as we need it; of some of it TypeScript does not know yet. */
const browser = globalThis as {
  ResizeObserver?: typeof ResizeObserver;
  Temporal?: { Now: { timeZoneId(): string } };
};

/** The IANA time zone. By Intl it costs up to 28 ms in a cold browser, by Temporal a third of one. */
export const readTimezone = (): string =>
  browser.Temporal?.Now.timeZoneId() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const hasPage = (): boolean => typeof document === 'object';

/** Calls `task` once the document has been read: now, or when it is. */
export const whenRead = (task: () => void): void => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', task);
  else task();
};

/** TypeScript does not know it yet. */
type PrerenderingDocument = Document & { prerendering?: boolean };

/** True while the page is made ready for a visitor who may never see it. */
export const isPrerendering = (): boolean => !!(document as PrerenderingDocument).prerendering;

/** What a page is called at one instant. */
export const readNow = (): [url: [Key, string], title: [Key, string]] => [
  [Key.PageUrl, location.href],
  [Key.PageTitle, document.title],
];

/** What a page is called when its tracker is made. */
export interface PageStart {
  url: string;
  title: string;
  referrer: string;
}
export const readStart = (): PageStart => ({
  url: location.href,
  title: document.title,
  referrer: document.referrer,
});

/** `WxH` in whole CSS pixels, never negative. */
const size = (width: number, height: number): string =>
  `${Math.floor(Math.max(0, width))}x${Math.floor(Math.max(0, height))}`;

/** Sizes of viewport and document, as `WxH`. May force a layout: ask when there is none to do. */
export const readSizes = (): [viewport: string, document: string] => {
  const { clientWidth, clientHeight, offsetWidth, offsetHeight, scrollWidth, scrollHeight } = document.documentElement;
  const body = document.body as HTMLElement | null;
  return [
    size(innerWidth, innerHeight),
    size(
      Math.max(clientWidth, offsetWidth, scrollWidth),
      Math.max(clientHeight, offsetHeight, scrollHeight, body?.offsetHeight ?? 0, body?.scrollHeight ?? 0),
    ),
  ];
};

/** Calls `changed` after layouts that changed the size of the document, and when the viewport changes. */
export const watchSizes = (changed: () => void, signal: AbortSignal): void => {
  addEventListener('resize', changed, { signal, passive: true });
  if (signal.aborted || !browser.ResizeObserver) return;
  const observer = new browser.ResizeObserver(changed);
  observer.observe(document.documentElement);
  if (document.body) observer.observe(document.body);
  signal.addEventListener('abort', () => observer.disconnect());
};

/** What can happen to a page. */
export interface PageEvents {
  /** It is not seen (any more), and may be gone in a moment. */
  hidden: () => void;
  /** It is put away, perhaps for good. A page that is seen is hidden right after this (HTML, "unload a document"). */
  away: (hidden: boolean) => void;
  /** It is taken back to where it was put away. */
  back: () => void;
  /** It is seen (again). */
  visible: () => void;
  online: () => void;
  /** It was prerendered, and somebody sees it now. */
  activated: () => void;
}

/** Reports what happens to the page until `signal` ends it. No `unload` listeners: they would cost the page its place
 * in the back/forward cache. */
export const watchPage = (events: PageEvents, signal: AbortSignal): void => {
  // Capturing, so that no listener of the site's comes first: between two of them browsers end requests.
  const options = { signal, capture: true };
  document.addEventListener('visibilitychange', () => (document.hidden ? events.hidden() : events.visible()), options);
  document.addEventListener('freeze', events.hidden, options);
  addEventListener('pagehide', () => events.away(document.hidden), options);
  addEventListener('pageshow', (event) => event.persisted && events.back(), options);
  addEventListener('online', events.online, options);
  document.addEventListener('prerenderingchange', events.activated, options);
};

/** How the visitor used the page. */
export interface PageActivity {
  /** monotonic ms of the last sign of activity. */
  activeMs: number;
  /** Least x, greatest x, least y, greatest y of the scroll offsets. */
  offsets: [number, number, number, number];
}

/** Keeps watch over the visitor's activity. */
export interface ActivityWatch {
  take(): PageActivity;
  /** Starts the extremes anew at the present offsets. */
  restart(): void;
}

const SIGNS =
  'wheel click mouseup mousedown mousemove keypress keydown keyup touchend touchstart resize focus blur scroll';

/** Watches for signs of activity (protocol facts, section 4.3) until `signal` ends it. */
export const watchActivity = (now: () => number, signal: AbortSignal): ActivityWatch => {
  let activity: PageActivity;
  const restart = (): void => {
    activity = { activeMs: activity?.activeMs ?? 0, offsets: [scrollX, scrollX, scrollY, scrollY] };
  };
  const see = (event: Event): void => {
    activity.activeMs = now();
    if (event.type !== 'scroll') return;
    const [leastX, greatestX, leastY, greatestY] = activity.offsets;
    activity.offsets = [
      Math.min(leastX, scrollX),
      Math.max(greatestX, scrollX),
      Math.min(leastY, scrollY),
      Math.max(greatestY, scrollY),
    ];
  };
  restart();
  for (const sign of SIGNS.split(' ')) document.addEventListener(sign, see, { signal, passive: true, capture: true });
  return { take: () => activity, restart };
};
