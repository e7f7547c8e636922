// localStorage of one origin, for pages that are not there.

/** Storage that can be full, and whose keys are its own members, as those of a browser's are. */
export class FakeStorage {
  readonly rows = new Map<string, string>();
  /** Rows it may hold before it is full. */
  room = Infinity;
  /** Told of each key that was written. */
  written: (key: string) => void = () => {};

  constructor() {
    const { rows } = this;
    return new Proxy<FakeStorage>(this, {
      ownKeys: () => [...rows.keys()],
      getOwnPropertyDescriptor: (_, key) =>
        rows.has(key as string) ? { value: rows.get(key as string), enumerable: true, configurable: true } : undefined,
    });
  }

  getItem(key: string): string | null {
    return this.rows.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (!this.rows.has(key) && this.rows.size >= this.room) throw new DOMException('full', 'QuotaExceededError');
    this.rows.set(key, value);
    this.written(key);
  }

  removeItem(key: string): void {
    this.rows.delete(key);
  }
}

/** A localStorage that may not be used: every access throws. */
export const deniedStorage = (): FakeStorage =>
  new Proxy(new FakeStorage(), {
    get: () => deny(),
    ownKeys: () => deny(),
  });

const deny = (): never => {
  throw new DOMException('denied', 'SecurityError');
};
