// The identity of the tab that the page is in: all trackers and all pages of the tab share it (protocol facts, section
// 3.8).
import { attempt } from './local-rows.ts';

const KEY = '_sp_tab_id';

export const forgetTabId = (): void => attempt(() => sessionStorage.removeItem(KEY), undefined);

/** Makes one with `make` where there is none; undefined where it could not be kept. */
export const readTabId = (make: () => string): string | undefined =>
  attempt(() => {
    if (!sessionStorage.getItem(KEY)) sessionStorage.setItem(KEY, make());
    // Read again: a storage that keeps nothing may take everything.
    return sessionStorage.getItem(KEY) || undefined;
  }, undefined);
