// Lets the links of a page tell who follows them, as a tracker knows it at that moment.
import { wallNow } from '../ports/clock.ts';
import type { Link } from '../ports/links.ts';
import { decorateLinks } from '../ports/links.ts';
import type { FullHost } from './full-host.ts';
import { textOf } from './full-host.ts';
import type { LinkAttributes } from './linker.ts';
import { linkValue } from './linker.ts';

/** The links that are there now and that `wants` picks, until the tracker ends. */
export const decorateLinksFor = (
  host: FullHost,
  wants: (link: Link) => boolean,
  attributes: LinkAttributes | undefined,
): void =>
  decorateLinks(
    wants,
    (event, link) => {
      host.begin();
      const { userId: domainUserId, sessionId } = { ...host.session() };
      const { appId, platform = 'web' } = host.given;
      const facts = { domainUserId, sessionId, userId: textOf(host.userId), appId, platform };
      return linkValue(facts, attributes, wallNow(), event, link.textContent ?? '');
    },
    host.ending.signal,
  );
