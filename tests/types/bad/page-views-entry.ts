// Page views of which the types can tell that they are not what was meant.
import { createTracker } from 'piste';
import { trackPageViews } from 'piste/page-views';

const tracker = createTracker({ collector: 'https://collector.example' });
trackPageViews(tracker);

trackPageViews(); // ERROR Expected 1-2 arguments
trackPageViews({ trackPageView() {} }); // ERROR is missing the following properties from type 'Tracker'
trackPageViews(tracker, { when: 'fragment' }); // ERROR Type '"fragment"' is not assignable
trackPageViews(tracker, { title: 'Shop' }); // ERROR 'title' does not exist in type 'PageViewOptions'
trackPageViews(tracker, { event: { title: 'Shop' } }); // ERROR 'title' does not exist in type '(url: URL) =>
trackPageViews(tracker, { event: (title: string) => ({ title }) }); // ERROR not assignable to type '(url: URL) =>
trackPageViews(tracker, { event: () => true }); // ERROR Type '() => true' is not assignable to type
trackPageViews(tracker, { event: async () => ({ title: 'Shop' }) }); // ERROR Type 'Promise<{ title: string; }>'
trackPageViews(tracker).stop(); // ERROR Property 'stop' does not exist on type '() => void'
