// The pages with @snowplow/browser-tracker, configured as a site gets it that configures nothing.
import { newTracker, trackStructEvent } from '@snowplow/browser-tracker';
import { start } from './page.mjs';

const QUEUES = /^snowplowOutQueue_/;

start((collector) => {
  newTracker('sp', collector, { appId: 'shop' });
  return {
    // It has no timer: what has failed is sent again when the next event comes.
    needsEvents: true,
    track: (label) => trackStructEvent({ category: 'chaos', action: 'event', label }),
    waiting: () => {
      const queues = Object.keys(localStorage).filter((key) => QUEUES.test(key));
      const counts = queues.map((key) => JSON.parse(localStorage.getItem(key) ?? '[]').length);
      return Promise.resolve(counts.reduce((sum, count) => sum + count, 0));
    },
  };
});
