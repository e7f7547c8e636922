// The signs by which a visitor says that he does not want to be tracked (protocol facts, section 7).
import { attempt } from './local-rows.ts';
import { readCookie } from './state.ts';

/** Which of them count. */
export interface RefusalOptions {
  respectDoNotTrack?: boolean | undefined;
  respectGlobalPrivacyControl?: boolean | undefined;
  /** Name of a cookie that says so by being there. */
  optOutCookie?: string | null | undefined;
}

/** Of these TypeScript does not know all. */
type Signs = { doNotTrack?: unknown; msDoNotTrack?: unknown; globalPrivacyControl?: unknown };

export const refuses = ({ respectDoNotTrack, respectGlobalPrivacyControl, optOutCookie }: RefusalOptions): boolean =>
  attempt(() => {
    const signs = navigator as Signs;
    const asked = signs.doNotTrack || signs.msDoNotTrack || (globalThis as Signs).doNotTrack;
    return (
      (!!respectDoNotTrack && (asked === '1' || asked === 'yes')) ||
      (!!respectGlobalPrivacyControl && !!signs.globalPrivacyControl) ||
      (!!optOutCookie && !!readCookie(optOutCookie))
    );
  }, false);
