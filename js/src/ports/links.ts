// The links of the page: which of them tell the site behind them who comes, and when they are rewritten (protocol
// facts, section 3.10).
import { decorated } from '../full/linker.ts';
import { attempt } from './local-rows.ts';

export type Link = HTMLAnchorElement | HTMLAreaElement;

/** Decorates the links that are there now and that `wants` picks, each time that one is about to be followed, until
 * `signal` ends it. A link is decorated by the first tracker that picks it; when that one has ended, another may.
 * `valueFor`: undefined gives the link the address back that it had. Nothing here throws, whatever the site's functions
 * do. */
export const decorateLinks = (
  wants: (link: Link) => boolean,
  valueFor: (event: Event, link: Link) => string | undefined,
  signal: AbortSignal,
): void => {
  // On the element itself, for trackers of other copies of this package: holds the signal of who decorates.
  const mark = Symbol.for('piste.link');
  const watch = (link: Link): void => {
    let plain: string;
    let ours: string;
    const rewrite = (event: Event): void =>
      attempt(() => {
        const value = attempt(() => valueFor(event, link), undefined); // first: it may change the link
        const { href } = link;
        if (href !== ours) plain = href; // the site's
        const to = plain && value ? decorated(plain, value) : plain;
        // Not in vain: it would make a relative address absolute.
        if (to === href) return;
        link.href = to;
        ours = link.href;
      }, undefined);
    for (const type of ['click', 'mousedown']) link.addEventListener(type, rewrite, { signal, capture: true });
  };
  // A list of its own: that of the page changes if `wants` changes the page.
  for (const link of attempt((): (Link & { [mark]?: AbortSignal })[] => [...document.links], []))
    attempt(() => {
      if (link[mark]?.aborted === false || !wants(link)) return;
      link[mark] = signal;
      watch(link);
    }, undefined);
};
