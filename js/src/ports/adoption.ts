// Takes over the rows of pages that are gone: by owning their names, which leaves the rows where they are.
import { Status } from '../constants.ts';
import { getItem, keysOf, setItem } from './local-rows.ts';
import type { RowDatabase } from './row-database.ts';
import type { RowKeeper } from './row-keeper.ts';

/** What an adoption needs of its storage. */
export interface AdoptionEvents {
  /** Asks for the name of an owner; tells once whether that owner is gone. */
  claim: (owner: string, decided: (held: boolean) => void) => void;
  /** Offers a row that is stored. Gives the id under which it was taken, 0 if it was not, and the negative status with
   * which its event ended. */
  take: (row: string) => number;
  /** A row was taken, or ended. */
  adopted: () => void;
}

/** One page's: ends with the page. */
export interface Adoption {
  /** Looks for owners that are gone. */
  seek(): Promise<void>;
  /** Goes on with rows for which there was no room. */
  resume(): void;
  /** The key of a row that was taken over. */
  keyOf(id: number): string | undefined;
}

/** Longest part of a row that could not be read which is kept, under the prefix alone, for whoever looks into it: of
 * the last such row. */
const SAMPLE_LENGTH = 1000;

const idOf = (key: string): number => +key.slice(key.lastIndexOf('/') + 1);
const ownerOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

/** Among the rows whose keys begin with `prefix`. The name `own` is the page's. */
export const createAdoption = (
  prefix: string,
  own: string,
  database: RowDatabase,
  keeper: RowKeeper,
  signal: AbortSignal,
  { claim, take, adopted }: AdoptionEvents,
): Adoption => {
  const owners = new Set<string>();
  const keys = new Map<number, string>();
  /** Never forgotten: a list that was read before may still have them. */
  const taken = new Set<string>();
  let full = false;

  const offer = (key: string, row: string): boolean => {
    const id = take(row);
    if (id > 0) keys.set(id, key);
    if (id) {
      taken.add(key);
      adopted();
    }
    if (id === -Status.UnreadableRow) setItem(prefix, row.slice(0, SAMPLE_LENGTH));
    if (id < 0) keeper.erase(key);
    return !!id;
  };

  const readAll = async (): Promise<Map<string, string>> => {
    const rows = await database.rows(prefix);
    for (const key of rows.keys()) keeper.add(key);
    for (const key of keysOf(prefix)) {
      const row = getItem(key); // null: somebody has deleted it meanwhile
      if (row !== null) rows.set(key, row);
    }
    return rows;
  };

  /** Offers the rows of the owners that this page stands for, in the order of each owner, until there is no room. */
  const offerAll = async (): Promise<void> => {
    const rows = [...(await readAll())].filter(
      // The name itself is a lease.
      ([key]) => !taken.has(key) && owners.has(ownerOf(key)) && !owners.has(key),
    );
    if (signal.aborted) return;
    rows.sort(([a], [b]) => idOf(a) - idOf(b)); // the core puts them in order of time
    full = !rows.every(([key, row]) => offer(key, row));
  };

  return {
    async seek() {
      const found = new Set([...(await database.rows(prefix, true)).keys(), ...keysOf(prefix)].map(ownerOf));
      if (signal.aborted) return;
      const claims = [...found]
        .filter((owner) => owner !== prefix && owner !== own && !owners.has(owner))
        .map((owner) => new Promise<unknown>((resolve) => claim(owner, (held) => resolve(held && owners.add(owner)))));
      if ((await Promise.all(claims)).some(Boolean)) await offerAll();
    },
    resume: () => void (full && offerAll()),
    keyOf: (id) => keys.get(id),
  };
};
