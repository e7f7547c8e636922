// The pages whose rows are in the storage: who of them lives is waited for, who is gone is stood for.
import type { Decided } from './ownership.ts';

/** Part of a key: whose row it is. */
export const ownerOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

export interface Owners {
  /** Waits for the end of the owners of these keys. */
  watch(keys: readonly string[]): void;
  /** This page stands for that owner. */
  has(owner: string): boolean;
}

/** Owners whose names begin with `prefix`; `own` is the page's. Until `signal` ends it, it also hears at once of pages
 * that begin to write. `claim` asks for a name, and tells when its owner is gone, or that it must be asked for again.
 * `inherit` takes what a gone one has left and gives how many rows that are. */
export const createOwners = (
  prefix: string,
  own: string,
  signal: AbortSignal,
  claim: (owner: string, decided: Decided) => void,
  inherit: (owner: string) => Promise<number>,
): Owners => {
  /** Names that are not to be asked for (again). */
  const asked = new Set([prefix, own]);
  const held = new Set<string>();

  const begin = async (owner: string, release?: () => void): Promise<void> => {
    held.add(owner);
    // Most pages leave nothing: their names are not kept. A lease is, it cannot be given back.
    if ((await inherit(owner)) || !release) return;
    held.delete(owner);
    asked.delete(owner);
    release();
  };

  const ask = (owner: string): void => {
    if (asked.has(owner) || signal.aborted) return;
    asked.add(owner);
    claim(owner, (isHeld, release) => {
      if (isHeld) void begin(owner, release);
      else asked.delete(owner);
    });
  };

  addEventListener('storage', ({ key }) => key?.startsWith(prefix) && ask(ownerOf(key)), { signal });

  return {
    watch: (keys) => keys.map(ownerOf).forEach(ask),
    has: (owner) => held.has(owner),
  };
};
