// The life of an engine in a page: made when the page is idle, driven, and ended without harm if it fails.
import type { EventKind } from './constants.ts';
import { Field, Key, Signal, Status } from './constants.ts';
import type { Driver } from './driver.ts';
import { createDriver } from './driver.ts';
import { createEarly } from './early.ts';
import type { Engine } from './engine.ts';
import { monoNow } from './ports/clock.ts';
import * as page from './ports/page.ts';
import type { RowStorage } from './ports/storage.ts';
import { noStorage, openLocalStorage } from './ports/storage.ts';
import { soon, whenIdle } from './ports/timer.ts';
import { fetchTransport } from './ports/transport.ts';
import { settingsOf } from './settings.ts';
import type { Stats, TrackerOptions } from './types.ts';

/** Makes an engine: at once if it can, else later. Calls `failed` if there will be none. */
export type EngineLoader = (ready: (engine: Engine) => void, failed: (cause: unknown) => void) => void;

/** Holds what a tracker is made of. Nothing here throws. */
export class Host {
  readonly #options: TrackerOptions;
  readonly #load: EngineLoader;
  readonly #early = createEarly();
  readonly #ended = new AbortController();
  readonly #start = page.hasPage() && page.readStart();
  #state: Stats['engine'] = this.#start ? 'loading' : 'none';
  /** What the core knows of the page. */
  #known: page.PageNow | false = this.#start;
  /** Those who wait for what is there to be sent. */
  readonly #flushes: (() => void)[] = [];
  #engine: Engine | undefined;
  #driver: Driver | undefined;
  #storage: RowStorage = noStorage;
  #begun = false;
  #scheduled = false;

  constructor(load: EngineLoader, options: TrackerOptions) {
    this.#load = load;
    this.#options = options;
    if (!this.#start) return; // on a server: there is no page to speak of
    const signal = (kind: Signal) => () => this.signal(kind);
    const leaving = (): void => {
      this.begin();
      this.signal(Signal.Leaving);
    };
    page.watchPage(
      {
        leaving,
        gone: () => {
          leaving(); // a page can be put away that was never hidden
          this.#storage.release();
        },
        back: () => {
          this.#storage.hold();
          this.signal(Signal.Visible);
        },
        visible: signal(Signal.Visible),
        online: signal(Signal.Online),
      },
      this.#ended.signal,
    );
    whenIdle(() => this.begin());
  }

  /** Tells the site of a mistake or a loss: later, and whatever the site does with it. */
  report(code: Status, during: string, detail?: unknown): void {
    const tell = this.#options.onProblem;
    if (!code || !tell) return;
    soon(() => {
      try {
        tell({ code, during, detail });
      } catch {
        // the site's own mistake; a page error would be blamed on its tracker
      }
    });
  }

  /** Makes a call now, or in its turn when there is an engine. */
  run(call: (engine: Engine) => void, isEvent = false): void {
    const engine = this.#engine;
    if (engine) this.#guard(() => call(engine));
    else if (this.#state !== 'none') this.#early.keep(call, isEvent);
    else if (isEvent) this.#early.lose();
  }

  /** Makes the engine now, if it is not made yet. */
  begin(): void {
    const start = this.#start;
    if (this.#begun || !start) return;
    this.#begun = true;
    this.#guard(() =>
      this.#load(
        (engine) => this.#guard(() => this.#open(engine, start)),
        (cause) => this.#fail(cause),
      ),
    );
  }

  /** Tells the core what happened, and does what it wants done. */
  signal(kind: Signal): void {
    this.run((engine) => {
      engine.signal(kind);
      this.#driver?.pump();
    });
  }

  /** Tracks one event of the page as it is at this instant. */
  track(kind: EventKind, fields: readonly string[], wallMs: number, monoMs: number): void {
    const now = page.hasPage() ? page.readNow() : { url: '', title: '' };
    this.run((engine) => {
      this.#tellPage(engine, now);
      this.report(engine.track(kind, fields, wallMs, monoMs), 'track');
      this.#schedule();
    }, true);
  }

  /** Calls `task` when what is there has been sent, or cannot be. */
  flush(task: () => void): void {
    this.#flushes.push(task);
    this.begin();
    if (this.#state === 'none') this.#quiet();
    else if (this.#engine) this.signal(Signal.Flush);
  }

  close(): void {
    this.signal(Signal.Close);
    this.begin(); // what was tracked is stored or sent even if the page is left before it is idle
    this.#ended.abort();
  }

  stats(): Stats {
    try {
      if (this.#engine) return { ...(JSON.parse(this.#engine.text(Field.Stats)) as Stats), engine: this.#state };
    } catch (cause) {
      this.#fail(cause);
    }
    return this.#early.stats(this.#state);
  }

  #open(engine: Engine, start: page.PageStart): void {
    const { namespace = 'piste', storage, credentials = 'include', headers, pagePings } = this.#options;
    for (const [key, value] of settingsOf(this.#options, start)) this.report(engine.set(key, value), 'configure', key);
    if (storage !== 'memory') this.#storage = openLocalStorage(namespace);
    const activity = pagePings && page.watchActivity(monoNow, this.#ended.signal);
    const driver = createDriver(engine, this.#storage, fetchTransport(credentials, headers), {
      woken: () => activity && this.#reportActivity(engine, activity),
      rejected: (status) => this.report(Status.Rejected, 'send', status),
      quiet: () => this.#quiet(),
      guard: (task) => this.#guard(task),
    });
    this.#engine = engine;
    this.#state = 'wasm';
    this.#early.replay(engine);
    if (this.#flushes.length) engine.signal(Signal.Flush);
    this.#storage.adopt(
      (row) => engine.restore(row) !== Status.QueueFull,
      () => this.#schedule(),
    );
    page.watchSizes(() => this.#tellSizes(engine), this.#ended.signal);
    // Not before: each call that is made again would send what came before it alone.
    this.#driver = driver;
    driver.pump();
  }

  #reportActivity(engine: Engine, activity: page.ActivityWatch): void {
    this.#tellPage(engine, page.readNow());
    const { activeMs, offsets } = activity.take();
    if (engine.setActivity(activeMs, offsets)) activity.restart();
  }

  /** Tells the core where the page is and what it is called, where that has changed. */
  #tellPage(engine: Engine, now: page.PageNow): void {
    const known = this.#known || now;
    if (now.url !== known.url) engine.set(Key.PageUrl, now.url);
    if (now.title !== known.title) engine.set(Key.PageTitle, now.title);
    this.#known = now;
  }

  #tellSizes(engine: Engine): void {
    this.#guard(() => page.readSizes().forEach((size, i) => engine.set(Key.Viewport + i, size)));
  }

  /** Does what the core wants done in a task of its own: not in the site's call. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    soon(() => {
      this.#scheduled = false;
      this.#guard(() => this.#driver?.pump());
    });
  }

  #quiet(): void {
    for (const task of this.#flushes.splice(0)) task();
  }

  /** Runs `task`. If it throws, which is a fault of ours, the tracker ends and the page goes on. */
  #guard(task: () => void): void {
    try {
      // Timers and answers outlive a tracker that has failed; its engine is not to be trusted.
      if (this.#state !== 'none') task();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #fail(cause: unknown): void {
    this.#state = 'none';
    this.#engine = this.#driver = undefined;
    this.#ended.abort();
    this.#quiet();
    this.report(Status.Internal, 'run', cause);
  }
}
