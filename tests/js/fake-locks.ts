// navigator.locks of one origin, for pages that are not there: exclusive locks, as Web Locks has them.

type Task = (lock: { name: string } | null) => unknown;

/** A request that is granted, or waits. */
interface Request {
  task: Task;
  resolve: (result: unknown) => void;
  reject: (cause: unknown) => void;
}

export class FakeLocks {
  readonly held = new Map<string, Request>();
  readonly waiting = new Map<string, Request[]>();
  /** Set: every request is rejected with it, as in a document of an opaque origin. */
  refusal: DOMException | undefined;
  /** Counts all requests. */
  requests = 0;

  /** Given in a later microtask, as a browser does. */
  request(name: string, options: LockOptions, task: Task): Promise<unknown> {
    // A test that fails shall end: whoever asks again and again is not answered for ever.
    if (++this.requests > 1000) return new Promise(() => {});
    if (this.refusal) return Promise.reject(this.refusal);
    const { signal, steal, ifAvailable } = options;
    if (signal && (steal || ifAvailable)) return Promise.reject(new DOMException('both', 'NotSupportedError'));
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const request = { task, resolve, reject };
      queueMicrotask(() => {
        if (!signal?.aborted) this.#ask(name, options, request);
      });
      // Without effect on a request that is granted.
      signal?.addEventListener('abort', () => {
        if (![...this.held.values()].includes(request)) reject(signal.reason as Error);
        this.#leave(name, request);
      });
    });
  }

  /** The page that holds `name` dies: none of its code runs any more. */
  kill(name: string): void {
    this.held.delete(name);
    this.#next(name);
  }

  #leave(name: string, request: Request): void {
    this.waiting.set(
      name,
      (this.waiting.get(name) ?? []).filter((other) => other !== request),
    );
  }

  #ask(name: string, { ifAvailable, steal }: LockOptions, request: Request): void {
    const holder = this.held.get(name);
    const isFree = !holder && !this.waiting.get(name)?.length;
    if (steal) {
      holder?.reject(new DOMException('stolen', 'AbortError'));
      this.#grant(name, request);
    } else if (isFree) this.#grant(name, request);
    else if (ifAvailable) void this.#run(request, null);
    else this.waiting.set(name, [...(this.waiting.get(name) ?? []), request]);
  }

  #grant(name: string, request: Request): void {
    this.held.set(name, request);
    void this.#run(request, { name }).then(() => {
      if (this.held.get(name) === request) this.kill(name);
    });
  }

  /** Settles the request with what its task gives. */
  async #run({ task, resolve, reject }: Request, lock: { name: string } | null): Promise<void> {
    try {
      resolve(await task(lock));
    } catch (cause) {
      reject(cause);
    }
  }

  #next(name: string): void {
    const request = this.waiting.get(name)?.shift();
    if (request) this.#grant(name, request);
  }
}
