// The life of an engine in a page: made when the page is idle, driven, and ended without harm if it fails.
import type { ConsentRules, ConsentTaker, JoinableConsent } from './consent/rules.ts';
import { type EventKind, Field, Key, Outcome, Signal, Status } from './constants.ts';
import { createDriver, type Driver } from './driver.ts';
import { createEarly } from './early.ts';
import type { Engine, EngineLoader, Facts } from './engine.ts';
import { fieldsOf } from './event-fields.ts';
import { FRESH_MS, GATHER_MS, SEEK_MS } from './intervals.ts';
import { monoNow } from './ports/clock.ts';
import * as page from './ports/page.ts';
import { createProbe, type Probe } from './ports/probe.ts';
import { openState, type State } from './ports/state.ts';
import { openStorage, type RowStorage, type StorageEvents } from './ports/storage.ts';
import { after, every, inOneTask, whenIdle } from './ports/timer.ts';
import { fetchTransport, type Transport } from './ports/transport.ts';
import { anonymityOf, identityOf, settingsOf } from './settings.ts';
import { createSiteCalls, type SiteCalls } from './site-calls.ts';
import { statsOf } from './stats.ts';
import { restoreRow } from './restore-row.ts';
import { sessionOf } from './session.ts';
import type { EventOptions, Session, Stats, TrackerOptions } from './types.ts';

/** Holds what a tracker is made of. Nothing here throws. */
export class Host implements ConsentTaker {
  /** What the site asked for. Declared, not defined: a field without a value is bytes in each bundle. */
  declare readonly given: TrackerOptions;
  declare readonly site: SiteCalls;
  readonly #load: EngineLoader;
  readonly #early = createEarly();
  readonly ending = new AbortController();
  readonly #start = page.hasPage() && page.readStart();
  #state: Stats['engine'] = this.#start ? 'loading' : 'none';
  /** What the core was told, by key. */
  protected readonly told: string[] = [];
  /** Those who wait for what is there to be sent. */
  readonly #flushes: (() => void)[] = [];
  /** What the visitor lets his data be used for; none: nobody asks. */
  declare rules: ConsentRules | undefined;
  /** How the visitor uses the page; none: nobody asks. */
  declare protected activityWatch: page.ActivityWatch | undefined;
  #engine: Engine | undefined;
  #driver: Driver | undefined;
  /** None: rows live as long as the page. */
  #storage: RowStorage | undefined;
  #probe: Probe | undefined;
  /** None: the visitor has no identity, or none yet. */
  declare protected visitor: State | undefined;
  protected visitorReadMs = -FRESH_MS;
  /** What the core wanted kept of the visitor last. */
  protected identity = '';
  #begun = false;
  /** The page is being put away. */
  #away = false;
  /** The page may be gone in a moment. */
  #leaving = false;
  readonly #pumpSoon = inOneTask(() => this.pump());

  constructor(load: EngineLoader, options: TrackerOptions) {
    this.#load = load;
    this.given = options;
    this.site = createSiteCalls(options);
    if (!this.#start) return; // on a server: there is no page to speak of
    page.watchPage(
      {
        hidden: () => this.#hide(),
        away: (hidden) => {
          this.#away = true;
          // Else when it is hidden: of requests from here Firefox loses a third.
          if (hidden) this.#hide();
        },
        back: () => this.#comeBack(),
        visible: () => this.#see(),
        online: () => {
          this.signal(Signal.Online);
          this.#storage?.adopt();
        },
        activated: () => this.begin(),
      },
      this.ending.signal,
    );
    try {
      if (options.consent !== undefined) this.rules = this.join(options.consent as JoinableConsent);
    } catch (cause) {
      // No answer will ever come.
      this.#fail(cause, Status.InvalidValue, 'consent');
    }
    whenIdle(() => this.begin());
  }

  /** Makes the visitor's consent tell of each change. Throws if it is none. */
  protected join(consent: JoinableConsent): ConsentRules {
    return consent.join(this);
  }

  invalid(what: unknown): void {
    this.site.report(Status.InvalidValue, 'consent', what);
  }

  heed(text: string): void {
    if (this.#away) return; // it comes back with it
    // In its turn: what follows is for what was known when it happened.
    this.run((engine) => this.#tellConsent(engine, text));
    this.#storage?.adopt();
    this.pump();
  }

  #tellConsent(engine: Engine, text: string): void {
    // Before: who is granted goes on with it, and who is denied is forgotten by it.
    this.tellVisitor(engine);
    engine.set(Key.Consent, text);
    this.#early.replay(engine);
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
    if (this.#begun || !start || page.isPrerendering()) return;
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
      this.tellVisitor(engine);
      engine.signal(kind);
      this.#driver?.pump();
    });
  }

  /** Changes how anonymous the visitor is. */
  setAnonymous(anonymous: TrackerOptions['anonymous']): void {
    this.run((engine) => {
      this.identity = '';
      this.given.anonymous = anonymous;
      engine.set(Key.Anonymity, anonymityOf(anonymous));
    });
    this.signal(Signal.Flush);
  }

  /** See fieldsOf() of event-fields.ts. */
  fieldsOf(kind: number, event: EventOptions): string[] {
    return (this.rules?.fieldsOf ?? fieldsOf)(kind, event);
  }

  /** Tracks one event of the page as it is at this instant. */
  track(kind: EventKind, fields: readonly string[], wallMs: number, monoMs: number): void {
    const facts = this.#start ? this.readFacts() : [];
    let referrer: string | undefined;
    const call = (engine: Engine): void => {
      this.tellPage(engine, facts);
      if (referrer !== undefined) engine.set(Key.PageReferrer, referrer);
      const code = engine.track(kind, fields, wallMs, monoMs);
      if (code === Status.Held) {
        referrer ??= engine.text(Field.Url);
        return this.#early.keep(call, true);
      }
      this.site.refused(code);
      this.taken();
    };
    this.run(call, true);
  }

  /** An event has been handed in: does what the core wants done about it. */
  taken(): void {
    if (this.#leaving) this.#driver?.pump();
    else this.#pumpSoon(); // not in the site's call
  }

  /** What an event of this instant tells of the page. */
  protected readFacts(): Facts {
    return page.readNow();
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
    this.#storage?.hurry(true); // nobody watches over the end of the page any more
    this.#end();
  }

  #end(): void {
    this.#storage?.stop();
    this.ending.abort();
  }

  stats(): Stats {
    try {
      const engine = this.#engine;
      if (engine) return statsOf((field) => engine.number(field) + this.#early.read(field), this.#state);
    } catch (cause) {
      this.#fail(cause);
    }
    return statsOf((field) => this.#early.read(field), this.#state);
  }

  /** Who the visitor is, as of the last event. */
  session(): Session | undefined {
    return sessionOf(this.identity);
  }

  #open(engine: Engine, start: page.PageStart): void {
    const { namespace = 'piste', collector, storage, pagePings } = this.given;
    for (const [key, value] of settingsOf(this.given, start))
      this.site.report(engine.set(key, (this.told[key] = value)), 'configure', key);
    if (storage !== 'memory') {
      this.#storage = this.openRows(`${namespace}`, {
        stored: (id) => this.#guard(() => engine.done(id, Outcome.Ok, 0)),
        take: (row) => this.take(engine, row),
        mayRead: () => this.rules?.mayRead() !== false,
        adopted: () => {
          if (this.#leaving)
            this.pump(); // timers are slow, and what was taken over is not safe yet
          else after(GATHER_MS, () => this.pump());
        },
        lost: () => {
          this.#release();
          this.#comeBack();
        },
      });
    }
    this.tellVisitor(engine);
    const probe = (this.#probe = createProbe(
      collector,
      () => this.signal(Signal.ProbeGranted),
      () => this.signal(Signal.ProbeLost),
    ));
    if (pagePings) this.heedActivity();
    const driver = createDriver(engine, this.#storage, this.openTransport(), probe, {
      woken: () => this.activityWatch && this.reportActivity(engine, this.activityWatch),
      answered: (outcome, code) => this.site.answered(outcome, code, () => this.stats()),
      ended: (row, code, outcome) => this.site.ended(row, code, outcome),
      kept: (which, text, maxAgeS) => {
        if (!which) this.identity = text;
        this.stateOf(engine)?.keep(which, text, maxAgeS);
      },
      began: () => this.began(),
      quiet: () => this.#quiet(),
      guard: (task) => this.#guard(task),
    });
    this.#engine = engine;
    this.#state = 'wasm';
    this.#early.replay(engine);
    // Where there was no room for all that was said.
    if (this.rules) this.#tellConsent(engine, this.rules.text());
    if (this.#flushes.length) engine.signal(Signal.Flush);
    this.#storage?.adopt();
    every(SEEK_MS, () => this.#storage?.adopt(), this.ending.signal);
    page.watchSizes(() => this.#tellSizes(engine), this.ending.signal);
    // Not before: each call that is made again would send what came before it alone.
    this.#driver = driver;
    driver.pump();
  }

  /** Where rows survive the page. */
  protected openRows(name: string, events: StorageEvents): RowStorage {
    return openStorage(name, events);
  }

  /** What sends the requests. */
  protected openTransport(): Transport {
    const { credentials = 'include', headers } = this.given;
    return fetchTransport(credentials, headers);
  }

  protected heedActivity(): void {
    this.activityWatch ??= page.watchActivity(monoNow, this.ending.signal);
  }

  /** A session has begun, and the identity tells of it. */
  protected began(): void {
    this.site.tell(this.given.onSession, this.session() as Session);
  }

  /** Offers a stored row to the core: see {@link StorageEvents}. */
  take(engine: Engine, row: string): number {
    let result = 0;
    this.#guard(() => (result = restoreRow(engine, row, this.site)));
    return result;
  }

  #hide(): void {
    this.begin();
    this.#leaving = true;
    this.#storage?.hurry(true);
    this.signal(this.#away ? Signal.Away : Signal.Leaving);
    if (this.#away) this.#release();
  }

  /** Gives all that is stored to whoever comes next. */
  #release(): void {
    this.run((engine) => engine.signal(Signal.Gone));
    this.#probe?.yield();
    this.#storage?.release();
  }

  /** What was stored is another's; what comes from here on is this page's again. */
  #comeBack(): void {
    this.#away = this.#leaving = false;
    const { rules } = this;
    if (rules) this.run((engine) => this.#tellConsent(engine, rules.text()));
    this.#see();
  }

  /** The page is seen (again). */
  #see(): void {
    this.#leaving = false;
    this.#storage?.hurry(false);
    // First: it takes a name, where this page has none any more.
    this.#storage?.adopt();
    this.signal(Signal.Visible);
    this.#probe?.hasten();
  }

  protected reportActivity(engine: Engine, activity: page.ActivityWatch): void {
    this.tellPage(engine, this.readFacts());
    const { activeMs, offsets } = activity.take();
    if (engine.setActivity(activeMs, offsets)) activity.restart();
  }

  /** Tells the core what others have written about the visitor since. */
  tellVisitor(engine: Engine): void {
    this.visitorReadMs = monoNow();
    // Not while nobody is to be known: to find the cookies' domain one is written.
    if (this.mayKnow()) this.stateOf(engine)?.look((which, text) => engine.set(Key.IdentityState + which, text));
  }

  /** Whether the core may be told who the visitor is. */
  protected mayKnow(): boolean {
    return anonymityOf(this.given.anonymous) !== '1';
  }

  /** Where the visitor's identity is kept, opened when it is needed. */
  protected stateOf(engine: Engine): State | undefined {
    return identityOf(this.given) > 0 && this.rules?.mayOpen(this.given, engine.hash) !== false
      ? (this.visitor ??= openState(this.given, engine.hash))
      : undefined;
  }

  /** Tells the core where the page is and what it is called, where that has changed. */
  protected tellPage(engine: Engine, facts: Facts): void {
    if (monoNow() - this.visitorReadMs >= FRESH_MS) this.tellVisitor(engine);
    for (const [key, value] of facts) if (value !== this.told[key]) engine.set(key, (this.told[key] = value));
  }

  #tellSizes(engine: Engine): void {
    this.#guard(() =>
      page.readSizes().forEach((size, i) => engine.set(Key.Viewport + i, (this.told[Key.Viewport + i] = size))),
    );
  }

  pump(): void {
    this.#guard(() => this.#driver?.pump());
  }

  #quiet(): void {
    this.#storage?.resume();
    this.rules?.clean(this.given);
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

  #fail(cause: unknown, code = Status.Internal, during = 'run'): void {
    this.#state = 'none';
    this.#end();
    this.#engine = this.#driver = this.#storage = undefined;
    this.#quiet();
    this.site.report(code, during, cause);
  }
}
