// Who the visitor is and in which session: set, read, and told.
import {
  getDomainSessionId,
  newSession,
  newTracker,
  setCookiePath,
  setUserId,
  setUserIdFromCookie,
  setUserIdFromLocation,
  setUserIdFromReferrer,
  setVisitorCookieTimeout,
  type BrowserTracker,
  type ClientSession,
  type ParsedIdCookie,
} from '@snowplow/browser-tracker';

export function onLogin(id: string): void {
  setUserId(id);
  setUserId(id, ['site']);
}

export function onLogout(): void {
  setUserId();
  setUserId(null);
  newSession();
}

export function fromElsewhere(): void {
  setUserIdFromLocation('uid');
  setUserIdFromReferrer('uid', ['site']);
  setUserIdFromCookie('sso');
}

export function ofCookies(): void {
  setCookiePath('/shop');
  setVisitorCookieTimeout(86400 * 30, ['site']);
  newSession(['site']);
}

/** For a form that is sent to the site's own server. */
export const session = (): string => getDomainSessionId() ?? getDomainSessionId('site') ?? 'none';

/** All that a tracker knows. */
export function facts(tracker: BrowserTracker): Record<string, string | number | null | undefined> {
  return {
    id: tracker.id,
    namespace: tracker.namespace,
    visitor: tracker.getDomainUserId(),
    user: tracker.getUserId(),
    session: tracker.getDomainSessionId(),
    visits: tracker.getDomainSessionIndex(),
    view: tracker.getPageViewId(),
    tab: tracker.getTabId(),
    cookie: tracker.getCookieName('id'),
  };
}

export function firstVisit(tracker: BrowserTracker): Date {
  const info: ParsedIdCookie = tracker.getDomainUserInfo();
  const [, , created] = info;
  return new Date(created * 1000);
}

/** A session that begins is told to the site's own server. */
export const startAndTell = (tell: (session: string, index: number) => void): void => {
  const onSessionUpdateCallback = ({ sessionId, sessionIndex, previousSessionId }: ClientSession): void =>
    tell(`${previousSessionId ?? 'none'} ${sessionId}`, sessionIndex);
  newTracker('site', 'collector.example.com', { onSessionUpdateCallback });
};

/** It is a record as well. */
export const asRecord = (session: ClientSession): Record<string, unknown> => ({ ...session, seen: session['seen'] });
