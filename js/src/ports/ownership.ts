// Who owns the rows in storage: names that one living page holds, by a Web Lock or, where there is none, by a lease.
import { wallNow } from './clock.ts';
import { getItem, removeItem, setItem } from './local-rows.ts';
import { hasLocks, holdLock } from './locks.ts';
import { randomName } from './random.ts';
import { after, every } from './timer.ts';

/** How long a lease is good without being renewed, in ms. Reason: browsers slow the timers of a page in the background
 * down to one a minute. */
const LEASE_MS = 180_000;
const RENEW_MS = 45_000;
/** How long it takes, in ms, until one page surely reads what another has written. */
const SETTLE_MS = 1000;

/** Holds a lease in localStorage, under the name itself. Two pages may ask for one name at a time: both write, and who
 * finds his own writing there after a while has it. */
const lease = (name: string, isNew: boolean, signal: AbortSignal, decided: Decided, lost: () => void): void => {
  const end = parseInt(getItem(name) as string);
  // One that ends later than any can is of a clock that was set back since.
  if (end > wallNow() && end <= wallNow() + LEASE_MS) return decided(false);
  let mine: string;
  const write = (): boolean => setItem(name, (mine = `${wallNow() + LEASE_MS} ${randomName()}`));
  const isMine = (): boolean => getItem(name) === mine;
  if (!write()) return decided(false);
  const begin = (): void => {
    const held = isMine() && !signal.aborted;
    decided(held);
    if (!held) return;
    signal.addEventListener('abort', () => isMine() && removeItem(name));
    every(RENEW_MS, () => (isMine() ? write() : lost()), signal);
  };
  if (isNew) begin();
  else after(SETTLE_MS, begin);
};

/** Called with true when the name is this page's. `release` gives it back; a lease is kept. */
export type Decided = (held: boolean, release?: () => void) => void;

/** Asks for `name`. `isNew`: nobody else can know the name yet. `decided` is called with true when the name is this
 * page's, until `signal` ends it. With Web Locks that is whenever the page that has it ends, unless `wish` has ended
 * before; with false where nothing can be owned. A lease is decided on at once: false if it is another's. `lost`:
 * another page has taken it, since this one was too slow to renew its lease. */
export const own = (
  name: string,
  isNew: boolean,
  wish: AbortSignal,
  signal: AbortSignal,
  decided: Decided,
  lost: () => void,
): void => {
  if (hasLocks()) {
    holdLock(name, { signal: wish }, signal, (release) => decided(true, release)).catch(
      () => wish.aborted || decided(false),
    );
  } else lease(name, isNew, signal, decided, lost);
};
