// The scripts of the page: the one that is running, and further ones.
import { hasPage } from './page.ts';

/** What an attribute `data-…` of the script that is running says. */
export const ownScriptData = (name: string): string | undefined =>
  hasPage() ? (document.currentScript as HTMLElement | null | undefined)?.dataset?.[name] : undefined;

/** Adds a script; calls `ended` when it has run, or with false if it cannot be had. */
export const addScript = (url: string, ended: (isThere: boolean) => void): void => {
  try {
    const script = document.createElement('script');
    script.addEventListener('load', () => ended(true));
    script.addEventListener('error', () => ended(false));
    script.async = true;
    // Throws where the page wants a trusted type.
    script.src = url;
    document.head.append(script);
  } catch {
    ended(false);
  }
};
