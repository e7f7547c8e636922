// Page views: titles, entities, times, and sites that change the page without loading it.
import {
  setCustomUrl,
  setDocumentTitle,
  setReferrerUrl,
  trackPageView,
  type CommonEventProperties,
  type PageViewEvent,
  type SelfDescribingJson,
} from '@snowplow/browser-tracker';

const product: SelfDescribingJson = { schema: 'iglu:com.acme/product/jsonschema/1-0-0', data: { sku: 'A1' } };

export const withTitle = (): void => trackPageView({ title: 'Basket' });

export const withEntities = (): void => trackPageView({ context: [product] });

/** Entities that page pings get too, as they are then. */
export const withFreshEntities = (played: () => number): void =>
  trackPageView({
    contextCallback: () => [{ schema: 'iglu:com.acme/video/jsonschema/1-0-0', data: { seconds: played() } }],
  });

export function withTimes(): void {
  trackPageView({ timestamp: 1700000000000 });
  trackPageView({ timestamp: { type: 'ttm', value: Date.now() } });
  trackPageView({ timestamp: { type: 'dtm', value: 1700000000000 } });
}

export const withNothing = (): void =>
  trackPageView({ title: null, context: null, contextCallback: null, timestamp: null });

/** A page that loads once and shows many views. */
export function onRoute(path: string, title: string, before: string): void {
  setReferrerUrl(before);
  setCustomUrl(`https://shop.example${path}`);
  setDocumentTitle(title);
  trackPageView();
}

/** For one of several trackers. */
export function onRouteOf(tracker: string, path: string): void {
  setReferrerUrl('https://shop.example/', [tracker]);
  setCustomUrl(`https://shop.example${path}`, [tracker]);
  setDocumentTitle(path, [tracker]);
  trackPageView({ title: path }, [tracker]);
}

/** A site's own function around it. */
export function view(event: PageViewEvent & CommonEventProperties, logged: string[]): void {
  logged.push(event.title ?? 'no title');
  trackPageView({ ...event, context: [...(event.context ?? []), product] });
}
