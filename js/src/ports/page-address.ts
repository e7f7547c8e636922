// Where the page is and where its visitor came from, as the browser tells it. A page's own elements may stand where
// these facts do (`<img name=referrer>`), and so may anything the site puts there.
import type { AddressFacts } from '../full/address.ts';
import { attempt } from './local-rows.ts';

/** Undefined if it is no text, or not to be read. */
const textOf = (read: () => unknown): string | undefined => {
  const text = attempt(read, undefined);
  return typeof text === 'string' ? text : undefined;
};

/** Never throws. A page in a frame has the referrer of the page around it, where that is of the same site. */
export const readAddress = (): AddressFacts => ({
  href: textOf(() => location.href) ?? '',
  referrer: textOf(() => (top ?? parent).document.referrer) ?? textOf(() => document.referrer) ?? '',
  get firstLink() {
    return textOf(() => document.links[0]?.href);
  },
});
