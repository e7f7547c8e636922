// The Storage port: one entry for each row, `piste/<namespace>/<owner>/<id>`, in the name of the page that owns it.
import type { Adoption, AdoptionEvents } from './adoption.ts';
import { createAdoption } from './adoption.ts';
import type { Decided } from './ownership.ts';
import { own } from './ownership.ts';
import { randomName } from './random.ts';
import { createRowDatabase } from './row-database.ts';
import { createRowKeeper } from './row-keeper.ts';

/** Keeps rows beyond the page, under a name that it takes when there is one to keep, or others' may be read. Nothing
 * here throws. */
export interface RowStorage {
  put(id: number, row: string, lasts: boolean): void;
  erase(id: number): void;
  /** Takes over the rows of pages that are gone. */
  adopt(): void;
  /** Goes on with rows for which there was no room. */
  resume(): void;
  /** True: the page may be gone in a moment, so each row is kept at once. */
  hurry(hurried: boolean): void;
  /** Waits for no other page any more. */
  stop(): void;
  /** All rows are another page's from here on. The next adopt() begins anew, under a new name. */
  release(): void;
}

/** What a storage tells its tracker. */
export interface StorageEvents extends Pick<AdoptionEvents, 'take' | 'adopted'> {
  /** The row is kept. */
  stored: (id: number) => void;
  /** Another page has taken the rows of this one, since it was too slow. */
  lost: () => void;
  /** Whether what others have left may be read now. */
  mayRead: () => boolean;
}

/** What the keys of its rows begin with. */
export const prefixOf = (namespace: string): string => `piste/${namespace.replace(/[%/]/g, encodeURIComponent)}/`;

/** Rows of `namespace` in localStorage and IndexedDB. */
export const openStorage = (namespace: string, { stored, lost, take, adopted, mayRead }: StorageEvents): RowStorage => {
  const prefix = prefixOf(namespace);
  const database = createRowDatabase();
  const keeper = createRowKeeper(database);
  let life = new AbortController();
  let wish = new AbortController();
  let stopped = false;
  let name = '';
  /** The name is this page's. */
  let isNamed = false;
  let adoption: Adoption;

  const claim = (owner: string, decided: Decided): void => {
    const isNew = owner === name;
    own(owner, isNew, (isNew ? life : wish).signal, life.signal, decided, lost);
  };
  /** Takes a name, if this page has none: that may be written. */
  const named = (): Adoption => {
    if (isNamed) return adoption;
    isNamed = true;
    life = new AbortController();
    wish = new AbortController();
    name = `${prefix}${randomName()}/`;
    adoption = createAdoption(prefix, name, database, keeper, wish.signal, { claim, take, adopted });
    keeper.open(false);
    claim(name, (held) => keeper.open(held));
    if (stopped) wish.abort();
    return adoption;
  };
  // Who has given his name up takes none before he is back: a page that waits for one cannot be put away.
  const keyOf = (id: number): string => (name ? adoption : named()).keyOf(id) ?? `${name}${id}`;

  return {
    put: (id, row, lasts) => keeper.put(keyOf(id), row, lasts, () => stored(id)),
    erase: (id) => keeper.erase(keyOf(id)),
    adopt() {
      if (mayRead()) void named().seek();
    },
    resume() {
      if (mayRead()) named().resume();
    },
    hurry: (hurried) => keeper.hurry(hurried),
    stop() {
      stopped = true;
      wish.abort();
    },
    release() {
      wish.abort();
      life.abort();
      keeper.open(false);
      isNamed = false;
    },
  };
};
