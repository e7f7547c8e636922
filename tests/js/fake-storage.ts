// localStorage and navigator.locks of one origin, for pages that are not there.

/** Storage that can be full. */
export class FakeStorage {
  readonly rows = new Map<string, string>();
  /** Rows it may hold before it is full. */
  room = Infinity;

  get length(): number {
    return this.rows.size;
  }

  key(index: number): string | null {
    return [...this.rows.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.rows.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (!this.rows.has(key) && this.rows.size >= this.room) throw new DOMException('full', 'QuotaExceededError');
    this.rows.set(key, value);
  }

  removeItem(key: string): void {
    this.rows.delete(key);
  }
}

/** Exclusive locks, given in a later microtask as a browser does. Waiting for one that is held is not needed here. */
export class FakeLocks {
  readonly held = new Set<string>();

  async request(
    name: string,
    options: LockOptions,
    task: (lock: object | null) => void | Promise<void>,
  ): Promise<void> {
    await Promise.resolve();
    if (this.held.has(name)) {
      if (options.ifAvailable) return task(null);
      throw new Error(`${name} is held already, and the request would wait for ever`);
    }
    this.held.add(name);
    try {
      await task({ name });
    } finally {
      this.held.delete(name);
    }
  }
}
