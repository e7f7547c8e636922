// A site's first lines: a tracker, a page view, and what `newTracker` gives back.
import { newTracker, trackPageView, version, type BrowserTracker } from '@snowplow/browser-tracker';

export function start(): void {
  newTracker('site', 'collector.example.com');
  trackPageView();
}

export function startWithSettings(): void {
  newTracker('site', 'https://collector.example.com', {
    appId: 'shop',
    appVersion: '2.1.0',
    cookieSameSite: 'Lax',
    contexts: { session: true },
  });
}

/** Two trackers, and an event for one of them. */
export function startTwice(): void {
  newTracker('team', 'team.example.com', { appId: 'shop' });
  newTracker('group', 'group.example.com', { appId: 'shop', eventMethod: 'get' });
  trackPageView({}, ['team']);
  trackPageView({ title: 'Both' }, ['team', 'group']);
}

/** There is no tracker on a server, and none for an id that is taken. */
export function startOnce(): BrowserTracker | undefined {
  const tracker = newTracker('site', 'collector.example.com');
  tracker?.trackPageView();
  return tracker ?? undefined;
}

export const about = (): string => `tracker ${version}`;
