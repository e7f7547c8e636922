// What the browser says of its visitor's wishes.
import { attempt } from './local-rows.ts';

/** Browsers without Global Privacy Control, and those with Do Not Track, are as TypeScript does not know them. */
type Wishes = { globalPrivacyControl?: unknown; doNotTrack?: unknown };

const isOne = (wish: unknown): boolean => wish === '1' || wish === 'yes'; // Firefox said yes once

/** Global Privacy Control is on. */
export const hasGpc = (): boolean => attempt(() => (navigator as Wishes).globalPrivacyControl === true, false);

/** Do Not Track is on. Safari had it in the window. */
export const hasDnt = (): boolean =>
  attempt(() => isOne((navigator as Wishes).doNotTrack) || isOne((globalThis as Wishes).doNotTrack), false);
