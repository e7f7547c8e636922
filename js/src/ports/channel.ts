// Messages between the pages of an origin that are open at the same time. Nothing is stored.
import { hasPage } from './page.ts';

/** Opens the channel `name` and calls `heard` with what other pages say; gives what tells them. Closed while the page
 * is put away, since a page that could miss a message has no place in the back/forward cache. Silent where there is
 * none (Safari before 15.4, a server). */
export const openChannel = (name: string, heard: (message: unknown) => void): ((message: object) => void) => {
  let channel: BroadcastChannel | undefined;
  const open = (): void => {
    if (typeof BroadcastChannel !== 'function') return;
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => heard(data);
  };
  if (hasPage()) {
    addEventListener('pagehide', () => {
      channel?.close();
      channel = undefined;
    });
    addEventListener('pageshow', ({ persisted }) => persisted && open());
    open();
  }
  return (message) => {
    try {
      channel?.postMessage(message);
    } catch {
      // what cannot be copied, as an object with functions
    }
  };
};
