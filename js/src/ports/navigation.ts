// Where the page is, and how a page hears that its address or its title changes while its document stays.
import { attempt } from './local-rows.ts';
import { after } from './timer.ts';

export const readUrl = (): URL => new URL(location.href);

/** True while nobody has the page before his eyes: it is prerendered, or in a tab or window in the background. */
export const isUnseen = (): boolean => document.hidden;

/** How long a title may come after its address, in ms. Reason: applications set it when the new view is rendered,
 * mostly in the same task; what takes longer waits for the network, and may take any time. */
const TITLE_MS = 100;

/** Calls `task` when the title has changed, at the latest after a moment; returns what ends the wait. */
export const afterTitle = (task: () => void): (() => void) => {
  const { title } = document;
  let endWait = after(TITLE_MS, task);
  const watch = new MutationObserver(() => {
    if (document.title === title) return;
    end();
    // Not at once: who redirects at first sight does so in the same task.
    endWait = after(0, task);
  });
  const end = (): void => {
    endWait();
    watch.disconnect();
  };
  // The title may get another text, or another element. In SVG there is no head.
  watch.observe(document.head ?? document, { subtree: true, childList: true, characterData: true });
  return end;
};

type Call = (...args: never[]) => unknown;

/** Calls `heard` before and after each call of a method, until `signal` ends it. Throws nothing. What others put over
 * it later stays there, as does what they had put under it. */
export const wrap = <T extends object>(target: T, name: keyof T, heard: () => void, signal: AbortSignal): void =>
  attempt(() => {
    const original = target[name];
    const isOwn = Object.hasOwn(target, name);
    const tell = (): void => {
      if (!signal.aborted) heard();
    };
    // A proxy has the name, the length and the members that others look for.
    const wrapped = new Proxy(original as Call, {
      apply(...call) {
        tell();
        const result: unknown = Reflect.apply(...call);
        tell();
        return result;
      },
    }) as T[keyof T];
    target[name] = wrapped;
    signal.addEventListener('abort', () =>
      attempt(() => {
        if (target[name] !== wrapped) return; // covered: it lets calls through
        if (isOwn) target[name] = original;
        else delete target[name];
      }, undefined),
    );
  }, undefined);

/** TypeScript does not know it yet. Without `currentEntry` it is of no use: so in documents of no origin; or it is an
 * element of that id, in browsers without it. */
type NavigationWindow = { navigation?: EventTarget & { currentEntry?: unknown } };

/** What is read of the events of {@link watchViews}: each has one of these, or none. */
type Heard = Event & { persisted?: boolean; navigationType?: string };

/** Calls `look` right after each change of the address in the same document, also where nothing but the state of its
 * entry has changed, and when the page is seen or not seen any more; with true where the page that is there counts once
 * more: it comes out of the back/forward cache, or the site handles its reload. Calls `leave` when the page is put
 * away. Until `signal` ends it. */
export const watchViews = (look: (isAnother?: boolean) => void, leave: () => void, signal: AbortSignal): void => {
  const options = { signal, capture: true };
  const hear = (event: Heard): void => look(event.persisted || event.navigationType === 'reload');
  const { navigation } = globalThis as NavigationWindow;
  // A prerendered page is seen, too, when it is activated.
  document.addEventListener('visibilitychange', hear, options);
  addEventListener('pageshow', hear, options);
  addEventListener('pagehide', leave, options);
  if (navigation?.currentEntry) return navigation.addEventListener('currententrychange', hear, options);
  addEventListener('popstate', hear, options); // of fragments, too
  // Nothing else tells of these two.
  wrap(history, 'pushState', look, signal);
  wrap(history, 'replaceState', look, signal);
};
