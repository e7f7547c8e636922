// What stands on the device of a visitor who has denied, or not answered: whether it may be looked at, and how the last
// of it is taken away.
import { keptDomain } from '../ports/kept-identity.ts';
import { removeItem } from '../ports/local-rows.ts';
import { removeEmptyDatabase } from '../ports/row-removal.ts';
import { prefixOf } from '../ports/storage.ts';
import { forgetTabId } from '../ports/tab-id.ts';
import type { TrackerOptions } from '../types.ts';
import type { ConsentState } from './types.ts';

/** Whether what is kept of the visitor may be looked at, and written; see ConsentRules. */
export const mayOpen = (
  state: ConsentState,
  options: Pick<TrackerOptions, 'identity' | 'cookies'>,
  hash: (scope: string) => number,
): boolean => {
  if (state !== 'denied') return state === 'granted';
  if (options.identity !== 'cookie') return true;
  const domain = keptDomain(options.cookies ?? {}, hash);
  if (domain === undefined) return false;
  options.cookies = { ...options.cookies, domain };
  return true;
};

/** Takes away what the core does not know of. */
export const clean = ({ namespace = 'piste' }: Pick<TrackerOptions, 'namespace'>): void => {
  forgetTabId();
  removeItem(prefixOf(`${namespace}`)); // a sample of a row that could not be read
  void removeEmptyDatabase();
};
