// Takes over the rows of pages that are gone: by owning their names, which leaves the rows where they are.
import { Status } from '../constants.ts';
import { getItem, keysOf, setItem } from './local-rows.ts';
import type { Decided } from './ownership.ts';
import { createOwners, ownerOf } from './owners.ts';
import type { RowDatabase } from './row-database.ts';
import type { RowKeeper } from './row-keeper.ts';

/** What an adoption needs of its storage. */
export interface AdoptionEvents {
  /** Asks for the name of an owner: see {@link createOwners}. */
  claim: (owner: string, decided: Decided) => void;
  /** Offers a row that is stored. Gives the id under which it was taken, 0 if it was not, and the negative status with
   * which its event ended. */
  take: (row: string) => number;
  /** Rows were taken, or ended. */
  adopted: () => void;
}

/** One page's: ends with the page. */
export interface Adoption {
  /** Looks for owners, whose rows are taken over when they are gone. */
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

/** The rows of both places whose keys begin with `scope`. */
const readRows = async (scope: string, database: RowDatabase, keeper: RowKeeper): Promise<Map<string, string>> => {
  // These first: a row that moves is seen in both rather than in neither.
  const local = keysOf(scope).map((key) => [key, getItem(key)] as const);
  const rows = await database.rows(scope);
  for (const key of rows.keys()) keeper.add(key);
  for (const [key, row] of local) if (row !== null) rows.set(key, row); // null: somebody has deleted it meanwhile
  return rows;
};

/** Among the rows whose keys begin with `prefix`. The name `own` is the page's. */
export const createAdoption = (
  prefix: string,
  own: string,
  database: RowDatabase,
  keeper: RowKeeper,
  signal: AbortSignal,
  { claim, take, adopted }: AdoptionEvents,
): Adoption => {
  const keys = new Map<number, string>();
  /** Never forgotten: a list that was read before may still have them. */
  const taken = new Set<string>();
  let full = false;

  const offer = (key: string, row: string): boolean => {
    const id = take(row);
    if (id > 0) keys.set(id, key);
    if (id) taken.add(key);
    if (id === -Status.UnreadableRow) setItem(prefix, row.slice(0, SAMPLE_LENGTH));
    if (id < 0) keeper.erase(key);
    return !!id;
  };

  /** Offers the rows of the owners that this page stands for, of those whose keys begin with `scope`, in the order of
   * each owner, until there is no room. Gives how many there are. */
  const offerAll = async (scope: string): Promise<number> => {
    const rows = [...(await readRows(scope, database, keeper))].filter(
      // The name itself is a lease.
      ([key]) => !taken.has(key) && owners.has(ownerOf(key)) && !owners.has(key),
    );
    if (signal.aborted) return 0;
    rows.sort(([a], [b]) => idOf(a) - idOf(b)); // the core puts them in order of time
    const before = taken.size;
    full = !rows.every(([key, row]) => offer(key, row)) || full;
    if (taken.size > before) adopted();
    return rows.length;
  };

  const owners = createOwners(prefix, own, signal, claim, offerAll); // as they are when their page is gone

  return {
    async seek() {
      owners.watch(keysOf(prefix));
      owners.watch([...(await database.rows(prefix, true)).keys()]);
    },
    resume() {
      if (!full) return;
      full = false;
      void offerAll(prefix);
    },
    keyOf: (id) => keys.get(id),
  };
};
