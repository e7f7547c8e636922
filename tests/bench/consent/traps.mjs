// What a page writes, and what its origin keeps: every way in which something can stay on the device, or reach another
// page. Requests are counted where they arrive, and where the browser makes them.

/** Keys that the site of the benchmark writes itself, as the banner's answer. */
export const SITE_PREFIX = 'site/';

/**
 * Runs in each page before its scripts, and tells `window.trapped` of each write. What only takes something away is no
 * write.
 * @param {string} sitePrefix
 */
export function installTraps(sitePrefix) {
  const tell = (/** @type {string} */ way, /** @type {unknown} */ what = '') => {
    const { trapped } = /** @type {{ trapped?: (text: string) => unknown }} */ (/** @type {unknown} */ (window));
    if (!String(what).startsWith(sitePrefix)) void trapped?.(`${way} ${String(what)}`.trim());
  };
  /** @param {object | undefined} owner @param {string} name @param {string} way
   * @param {(values: unknown[]) => unknown} [what] undefined: it is none */
  const trap = (owner, name, way, what = ([first]) => first ?? '') => {
    if (!owner) return;
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    const plain = /** @type {unknown} */ (descriptor?.value ?? Reflect.get(descriptor ?? {}, 'set'));
    if (!descriptor || typeof plain !== 'function') throw new Error(`nothing to trap: ${way}`);
    /** @this {unknown} @param {...unknown} values */
    const trapping = function (...values) {
      const said = what(values);
      if (said !== undefined) tell(way, said);
      return Reflect.apply(plain, this, values);
    };
    Object.defineProperty(owner, name, { ...descriptor, [descriptor.value ? 'value' : 'set']: trapping });
  };
  const isRemoval = (/** @type {string} */ cookie) => {
    const [, seconds] = /;\s*max-age=(-?\d+)/i.exec(cookie) ?? [];
    const [, date] = /;\s*expires=([^;]+)/i.exec(cookie) ?? [];
    return seconds === undefined ? date !== undefined && Date.parse(date) <= Date.now() : Number(seconds) <= 0;
  };
  trap(Document.prototype, 'cookie', 'cookie', ([text]) => (isRemoval(String(text)) ? undefined : text));
  const { cookieStore } = /** @type {{ cookieStore?: object }} */ (/** @type {unknown} */ (window));
  trap(cookieStore && Object.getPrototypeOf(cookieStore), 'set', 'cookieStore');
  trap(Storage.prototype, 'setItem', 'storage');
  // Opening one that is there writes nothing.
  trap(IDBDatabase.prototype, 'createObjectStore', 'indexedDB made');
  for (const name of ['put', 'add']) trap(IDBObjectStore.prototype, name, `indexedDB ${name}`, ([, key]) => key ?? '');
  if ('caches' in window) trap(CacheStorage.prototype, 'open', 'caches');
  trap(BroadcastChannel.prototype, 'postMessage', 'channel', () => '');
  trap(history, 'pushState', 'history', () => undefined);
  for (const name of ['Worker', 'SharedWorker']) {
    const plain = Reflect.get(window, name);
    if (!plain) continue;
    const trapping = new Proxy(plain, {
      construct(target, values) {
        tell(name, values[0]);
        return Reflect.construct(target, values);
      },
    });
    Reflect.set(window, name, trapping);
  }
  if (navigator.serviceWorker) trap(ServiceWorkerContainer.prototype, 'register', 'service worker');
}

/**
 * Runs in a page: what its origin keeps, but for what the site itself does.
 * @param {string} sitePrefix
 * @returns {Promise<string[]>}
 */
export async function keptHere(sitePrefix) {
  const databases = await indexedDB.databases();
  const caches = 'caches' in window ? await window.caches.keys() : [];
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  return [
    ...document.cookie
      .split('; ')
      .filter(Boolean)
      .map((cookie) => `cookie ${cookie}`),
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...databases.map(({ name }) => `indexedDB ${name}`),
    ...caches.map((name) => `caches ${name}`),
    ...workers.map(({ scope }) => `service worker ${scope}`),
  ].filter((text) => !text.includes(` ${sitePrefix}`));
}
