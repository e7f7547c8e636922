// The array through which pages speak to Google's tags.
import { attempt } from './local-rows.ts';

/** The array of this name; undefined while there is none. */
export const findLayer = (name: string): unknown[] | undefined =>
  attempt(() => {
    const layer: unknown = Reflect.get(globalThis, name);
    return Array.isArray(layer) ? (layer as unknown[]) : undefined;
  }, undefined);

/** Calls `heard` with each item that is in the array or is pushed, and `told` after those that came together, until
 * `signal` ends it. Throws nothing into a push. What others put over `push` later stays there, as does what they had
 * put under it. */
export const hearPushes = (
  layer: unknown[],
  heard: (item: unknown) => void,
  told: () => void,
  signal: AbortSignal,
): void =>
  attempt(() => {
    const hear = (items: readonly unknown[]): void => {
      for (const item of items) attempt(() => heard(item), undefined);
      attempt(told, undefined);
    };
    // Who hears of what is there may push: that comes after it.
    const there = [...layer];
    attempt(() => cover(layer, hear, signal), undefined); // frozen: what is there is there
    hear(there);
  }, undefined);

/** Puts a push over that of the array, which tells `hear` of the items. */
const cover = (layer: unknown[], hear: (items: readonly unknown[]) => void, signal: AbortSignal): void => {
  const original = layer.push;
  const isOwn = Object.hasOwn(layer, 'push');
  // A proxy has the name, the length and the members that others look for.
  const wrapped = new Proxy(original, {
    apply(target, self, items: unknown[]) {
      const length: unknown = Reflect.apply(target, self, items);
      if (!signal.aborted) hear(items);
      return length as number;
    },
  });
  layer.push = wrapped;
  signal.addEventListener('abort', () =>
    attempt(() => {
      if (layer.push !== wrapped) return; // covered: it lets calls through
      if (isOwn) layer.push = original;
      else Reflect.deleteProperty(layer, 'push');
    }, undefined),
  );
};
