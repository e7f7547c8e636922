// By what a link tells the site behind it who comes from here, and where in the link that stands (protocol facts,
// section 3.10).
import { attempt } from '../ports/local-rows.ts';
import { base64url } from './base64url.ts';

/** Most characters of a reason. Reason: the entity `cross_navigation` takes no more, and servers refuse long URLs. */
const REASON_LENGTH = 4096;

/** What the extended format tells besides the visitor's id and the time. A member that is there but undefined tells
 * nothing, whatever its default. */
export type LinkAttributes = {
  /** The id that the site gave the visitor. Default false. */
  userId?: boolean | undefined;
  /** Default true. */
  sessionId?: boolean | undefined;
  /** The app. Default true. */
  sourceId?: boolean | undefined;
  /** Default false. */
  sourcePlatform?: boolean | undefined;
  /** The link's text, or what a function makes of the event. Default false. */
  reason?: boolean | ((event: Event) => string) | undefined;
};

/** What is known when a link is followed. No interface: sites use some of these names in {@link LinkAttributes}. */
export type LinkFacts = {
  domainUserId: string | undefined;
  sessionId: string | undefined;
  userId: string | undefined;
  appId: string | undefined;
  platform: string | undefined;
};

/** What a link has to tell; undefined if nobody is to be known. Without attributes it is the short format. */
export const linkValue = (
  { domainUserId, sessionId, userId, appId, platform }: LinkFacts,
  attributes: LinkAttributes | undefined,
  nowMs: number,
  event: Event,
  linkText: string,
): string | undefined => {
  if (!domainUserId) return undefined;
  const start = `${domainUserId}.${nowMs}`;
  if (!attributes) return start;
  // Attributes that cannot be read ask for nothing.
  const wanted = attempt((): LinkAttributes => ({ sessionId: true, sourceId: true, ...attributes }), {});
  const reasonText = (): string =>
    typeof wanted.reason === 'function' ? `${wanted.reason(event) || ''}` : linkText.trim();
  return [
    start,
    wanted.sessionId && sessionId,
    wanted.userId && base64url(userId),
    wanted.sourceId && base64url(appId),
    wanted.sourcePlatform && platform,
    wanted.reason && base64url(attempt(reasonText, '').slice(0, REASON_LENGTH)),
  ]
    .map((position) => position || '')
    .join('.')
    .replace(/\.+$/, '');
};

/** `href` with the pair `_sp`: in place of one that is there, else before all others. What is no address, such as
 * `mailto:` and `javascript:`, stays as it is: a pair would break it. */
export const decorated = (href: string, value: string): string =>
  href.replace(/^(?!javascript:|[^:/?#]+:(?!\/\/))([^?#]*)\??([^#]*)/i, (_all, path: string, query: string) => {
    const pairs = query ? query.split('&') : [];
    const at = pairs.findIndex((pair) => /^_sp(=|$)/.test(pair));
    pairs.splice(Math.max(at, 0), at < 0 ? 0 : 1, `_sp=${value}`);
    return `${path}?${pairs.join('&')}`;
  });
