// Page views of `piste/page-views`: of a tracker of any entry. Functions get a URL, so the types of the DOM are needed.
import { createTracker, type PageViewEvent } from 'piste';
import { trackPageViews, type PageViewOptions } from 'piste/page-views';
import { createTracker as createWithFile } from 'piste/wasm';

const collector = 'https://collector.example';
declare const maybe: string | undefined;
declare const views: Record<string, PageViewEvent>;

const options: PageViewOptions = { when: 'hash', event: undefined };
const stop: () => void = trackPageViews(createTracker({ collector }), options);
stop();
trackPageViews(createWithFile({ collector, wasm: '/piste.wasm' }));
trackPageViews(createTracker({ collector }), {
  when: undefined,
  event: (url: URL) => url.searchParams.get('preview') === null && { title: maybe, entities: [], priority: 'high' },
});
trackPageViews(createTracker({ collector }), { when: 'path', event: ({ pathname }) => views[pathname] });
trackPageViews(createTracker({ collector }), { event: () => undefined });
