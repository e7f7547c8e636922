// The host of the full flavour: tells the core what few sites ask for, and lets plugins look at each event.
import type { ConsentRules, JoinableConsent } from '../consent/rules.ts';
import { EventKind, Key, Signal, Status } from '../constants.ts';
import type { Engine, EngineLoader, Facts } from '../engine.ts';
import { Host } from '../host.ts';
import type { ActivityMetricsWatch, watchMetrics } from '../ports/activity-metrics.ts';
import { monoNow, wallNow } from '../ports/clock.ts';
import { attempt } from '../ports/local-rows.ts';
import type { ActivityWatch } from '../ports/page.ts';
import { hasPage, readNow } from '../ports/page.ts';
import { randomUuid } from '../ports/random.ts';
import type { State } from '../ports/state.ts';
import type { RowStorage, StorageEvents } from '../ports/storage.ts';
import { readTabId } from '../ports/tab-id.ts';
import type { Transport } from '../ports/transport.ts';
import { anonymityOf, identityOf } from '../settings.ts';
import type { SelfDescribingJson, TrackerOptions } from '../types.ts';
import type { DraftingEngine } from './drafting-engine.ts';
import type { HostOptions } from './options.ts';
import type { PageViewIds, PageViewState } from './page-view-ids.ts';
import { createPageViewIds } from './page-view-ids.ts';
import type { Parts } from './parts.ts';
import type { Payload } from './payload-builder.ts';
import type { OwnKeys, Plugin } from './plugins.ts';
import type { ActivityTimes } from './types.ts';

const VENDOR = 'iglu:com.snowplowanalytics.snowplow';

/** When the visitor's activity is asked for, in seconds: first, and then again and again. */
export type Clock = readonly [first: number, every: number];
export const clockOf = (times: ActivityTimes | undefined): Clock | undefined =>
  times && [times.minimumVisitSeconds, times.heartbeatSeconds];

/** An event's kind, its fields, and when it happened. */
export type TimedEvent = Parameters<Host['track']>;

/** Entities of a page view that its pings have, too: the further ones are asked for anew each time. */
export type ViewEntities = {
  entities?: readonly SelfDescribingJson[] | undefined;
  furtherEntities?: (() => readonly SelfDescribingJson[]) | undefined;
};

/** Of whatever the site gives; empty if there is none, or it cannot be read. */
export const textOf = (value: unknown): string => attempt(() => String((value ?? '') as string), '');

const allOf = ({ entities, furtherEntities }: ViewEntities = {}): SelfDescribingJson[] =>
  [() => entities, () => furtherEntities?.()].flatMap((some) => attempt(() => [...(some() ?? [])], []));

export class FullHost extends Host {
  // Declared: the constructor gives each its value, and bundles need not say that they are there.
  declare readonly given: HostOptions;
  declare readonly pageViewIds: PageViewIds;
  declare readonly parts: Parts;
  declare readonly isAlone: () => boolean;
  declare readonly plugins: Plugin[];
  /** Keys that every event has from now on, whatever else says. */
  pairs: Payload = {};
  /** The id that the site has given the visitor, as it was given. */
  declare userId: unknown;
  /** Entities of all events, as JSON with commas between. */
  attached = '';
  #metrics: ActivityMetricsWatch | undefined;
  #viewed: ViewEntities | undefined;
  #tab: string | undefined;

  /** `options` are the host's own from here on. `isAlone`: no other tracker of the page may have the same visitor. */
  constructor(
    load: EngineLoader,
    options: HostOptions,
    shared: PageViewState,
    parts: Parts = {},
    isAlone: () => boolean = () => true,
  ) {
    super(load, options);
    this.parts = parts;
    this.isAlone = isAlone;
    this.plugins = [...(options.plugins ?? [])];
    this.pageViewIds = createPageViewIds(shared, randomUuid, options.pageViewUrl);
    if (!hasPage()) return;
    // Before the engine is there: it would begin with an identity.
    this.set(Key.OptedOut, +this.isRefused());
    this.set(Key.PingsTold, 1);
    this.set(Key.KeepActivity, +!!options.keepActivity);
    this.set(Key.BatchEvents, options.minBatchEvents ?? 1);
    this.set(Key.RetryFailed, +(options.retryFailedRequests !== false));
    this.set(Key.RetriedStatuses, options.retryStatusCodes);
    this.set(Key.FinalStatuses, options.dontRetryStatusCodes);
  }

  /** Whether the visitor does not want to be tracked now. He loses the id that the site gave him. */
  isRefused(): boolean {
    const is = !!this.parts.refuses?.(this.given);
    if (is) this.userId = null;
    return is;
  }

  /** Sets a key of the core, in its turn. */
  set(key: Key, value: unknown): void {
    const text = textOf(value);
    this.run((engine) => this.site.report(engine.set(key, (this.told[key] = text)), 'configure', key));
  }

  setUserId(id: unknown): void {
    this.userId = id;
    this.set(Key.UserId, textOf(id));
  }

  /** Changes options of the identity: the next event goes on with it, under the new names or in the new place. */
  moveIdentity(changed: Pick<TrackerOptions, 'identity' | 'cookies'>): void {
    this.run((engine) => {
      Object.assign(this.given, changed);
      this.visitor = undefined;
      engine.set(Key.Identity, `${identityOf(this.given)}`);
    });
  }

  /** The ten fields of the identity, with dots between; empty if there is none. */
  identityText(): string {
    this.begin();
    this.pump(); // what the last events changed
    return this.identity;
  }

  /** Where options of cookies cannot be used, as a name that is no text, the defaults are. */
  protected override stateOf(engine: Engine): State | undefined {
    try {
      return super.stateOf(engine);
    } catch {
      this.given.cookies = undefined;
      this.site.report(Status.InvalidValue, 'configure', 'cookies');
      return super.stateOf(engine);
    }
  }

  /** The names of what is kept: identity and the session's marker. */
  stateNames(): readonly string[] {
    this.begin();
    let names: readonly string[] = [];
    this.run((engine) => (names = this.stateOf(engine)?.names ?? []));
    return names;
  }

  protected override join(consent: JoinableConsent): ConsentRules {
    const rules = consent.join(this, true);
    if (rules.heldNames) this.set(Key.HeldNames, rules.heldNames);
    return rules;
  }

  override heed(text: string, isDecidedHere?: boolean): void {
    const isDenied = this.rules?.identityState() === 'denied';
    const ask = isDenied && isDecidedHere && this.parts.erasure?.(this);
    if (isDenied) this.#forgetHere();
    super.heed(text);
    if (ask) ask();
  }

  tab(): string | undefined {
    const isKnown =
      (this.rules?.identityState() ?? 'granted') === 'granted' &&
      anonymityOf(this.given.anonymous) === '0' &&
      this.given.identity !== 'memory' &&
      this.given.webPage !== false;
    return isKnown ? (this.#tab ??= readTabId(randomUuid)) : undefined;
  }

  pageViewId(): string {
    return this.pageViewIds.at(this.url());
  }

  url(): string {
    const href = this.href();
    return this.parts.address?.now(href).url ?? href;
  }

  /** A page view begins: its id first, then what its pings are to have. Gives its entities. */
  beginView(view: ViewEntities): SelfDescribingJson[] {
    this.pageViewIds.begin(this.url());
    if (!(this.given.keepActivity && this.#viewed)) {
      if (this.activityWatch) this.#viewed = view;
      this.#metrics?.restart();
    }
    return allOf(view);
  }

  /** Sets the clock of page pings, or the one that only tells, by the first of its two keys: from the next page view
   * on. Undefined: no more, at once. */
  setClock(first: Key.PingFirstMs | Key.ActivityFirstMs, clock?: Clock): void {
    (clock ?? [0, 0]).forEach((seconds, i) => this.set(first + i, seconds * 1000));
    if (clock && hasPage()) this.heedActivity();
  }

  /** Counts what the visitor does, for pings and for who is told. */
  measure(watch: typeof watchMetrics): void {
    if (hasPage()) this.#metrics ??= watch(this.ending.signal);
  }

  /** Title of page views that bring none. */
  setPageTitle(title: unknown): void {
    const facts = this.readFacts();
    this.run((engine) => {
      this.tellPage(engine, facts); // the document's own counts as it is now
      engine.set(Key.CustomTitle, textOf(title));
    });
  }

  /** The visitor is there, though nothing shows it. */
  markActive(): void {
    if (this.activityWatch) this.activityWatch.take().activeMs = monoNow();
  }

  override track(...event: TimedEvent): void {
    if (!this.isPatient()) this.begin();
    if (this.isPlain()) super.track(...event);
    else this.trackDraft(event);
  }

  /** Tracks an event of this instant. Throws what cannot be written. */
  trackNow(kind: EventKind, event: object): void {
    this.track(kind, this.fieldsOf(kind, event), wallNow(), monoNow());
  }

  /** Whether events go as the core makes them. */
  protected isPlain(): boolean {
    return !this.parts.isDrafted?.(this);
  }

  /** Tracks an event that plugins may change; gives what became of it, undefined if it did not. */
  trackDraft(event: TimedEvent, own?: OwnKeys): Payload | undefined {
    this.begin(); // plugins see the page as it is in this call
    const facts = this.readFacts();
    let made: Payload | undefined;
    this.run((engine) => {
      this.tellPage(engine, facts);
      made = this.parts.drafts?.(engine as DraftingEngine, this, event, own);
      this.taken();
    }, true);
    return made;
  }

  /** The application's entity, if it has a version. */
  application(): SelfDescribingJson | undefined {
    const { appVersion } = this.given;
    return appVersion ? { schema: `${VENDOR}/application/jsonschema/1-0-0`, data: { version: appVersion } } : undefined;
  }

  /** Entities that the core attaches to each event. */
  #entities(): string {
    const { parts, told, rules } = this;
    const application = this.isPlain() && this.application();
    const text = [
      this.attached,
      parts.browser?.([told[Key.Viewport] ?? '', told[Key.DocumentSize] ?? ''], this.tab()),
      application && JSON.stringify(application),
    ]
      .filter(Boolean)
      .join();
    return rules?.attached(text) ?? text;
  }

  protected override readFacts(): Facts {
    if (!hasPage()) return [];
    if (this.parts.browser) this.begin(); // its sizes are read then
    const [page, title] = readNow();
    const place = this.parts.address?.now(page[1]);
    const url = place?.url ?? page[1];
    return [
      [Key.OptedOut, `${+this.isRefused()}`],
      [Key.PageUrl, url],
      ...(place ? [[Key.PageReferrer, place.referrer] as const] : []),
      title,
      [Key.PageViewId, this.pageViewIds.at(url)],
      [Key.Entities, this.#entities()],
    ];
  }

  protected override tellPage(engine: Engine, facts: Facts): void {
    // What another tracker did a moment ago counts: two must not begin a session each.
    if (!this.isAlone()) this.visitorReadMs = -Infinity;
    // A new URL makes the former one the referrer; what is to be it stands in the facts.
    if (facts.some(([key, value]) => key === Key.PageUrl && value !== this.told[key]))
      this.told[Key.PageReferrer] = '\0'; // as no referrer is
    super.tellPage(engine, facts);
  }

  href(): string {
    return hasPage() ? readNow()[0][1] : '';
  }

  override taken(): void {
    if (this.isPatient()) super.taken();
    else this.pump();
  }

  /** Whether nobody minds that what an event changes is kept and told a moment later. */
  protected isPatient(): boolean {
    return this.isAlone() && !this.given.onIdentity;
  }

  protected override began(): void {
    super.began();
    this.site.tell(this.given.onIdentity, this.identity);
  }

  protected override reportActivity(engine: Engine, activity: ActivityWatch): void {
    this.tellPage(engine, this.readFacts());
    for (;;) {
      const { activeMs, offsets } = activity.take();
      const due = engine.setActivity(activeMs, offsets);
      if (!due) return;
      const metrics = this.#metrics?.take();
      activity.restart();
      this.#metrics?.restart();
      const entities = allOf(this.#viewed);
      if (metrics) entities.push({ schema: `${VENDOR}/activity_metrics/jsonschema/1-0-0`, data: metrics });
      const [minX, maxX, minY, maxY] = offsets;
      // What the site gives may be nothing that can be written.
      attempt(() => {
        if (due === 1) this.trackNow(EventKind.PagePing, { entities, minX, maxX, minY, maxY });
        else this.parts.listener?.(entities, offsets, metrics);
      }, undefined);
    }
  }

  protected override openRows(name: string, events: StorageEvents): RowStorage {
    return this.parts.rows?.(events) ?? super.openRows(name, events);
  }

  protected override openTransport(): Transport {
    return this.parts.transport?.(this.given) ?? super.openTransport();
  }

  /** Forgets what this page knows of the visitor besides the core: he has denied that. */
  #forgetHere(): void {
    this.userId = null;
    this.#tab = undefined;
    this.pageViewIds.renew(this.url());
  }

  /** Forgets the visitor, but for what is to be kept. */
  forget(keepsSession: boolean, keepsUser: boolean): void {
    if (!keepsUser) this.userId = null;
    this.signal(Signal.Clear + +keepsSession + 2 * +keepsUser);
  }
}
