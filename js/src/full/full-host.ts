// The host of the full flavour: tells the core what few sites ask for, and lets plugins look at each event.
import { EventKind, Field, Key, Signal } from '../constants.ts';
import type { Engine } from '../engine.ts';
import { fieldsOf } from '../event-fields.ts';
import type { EngineLoader, Facts } from '../host.ts';
import { Host } from '../host.ts';
import type { ActivityMetrics, ActivityMetricsWatch } from '../ports/activity-metrics.ts';
import { watchMetrics } from '../ports/activity-metrics.ts';
import { readBrowser } from '../ports/browser-facts.ts';
import { monoNow, wallNow } from '../ports/clock.ts';
import { openEventStore } from '../ports/event-store.ts';
import type { Link } from '../ports/links.ts';
import { decorateLinks } from '../ports/links.ts';
import { attempt } from '../ports/local-rows.ts';
import type { ActivityWatch } from '../ports/page.ts';
import { hasPage } from '../ports/page.ts';
import { readAddress } from '../ports/page-address.ts';
import { takePeerQueue } from '../ports/peer-queue.ts';
import { randomUuid } from '../ports/random.ts';
import { refuses } from '../ports/refusal.ts';
import { requestTransport } from '../ports/requests.ts';
import type { RowStorage, StorageEvents } from '../ports/storage.ts';
import { openStorage } from '../ports/storage.ts';
import { readTabId } from '../ports/tab-id.ts';
import type { Transport } from '../ports/transport.ts';
import { anonymityOf, identityOf } from '../settings.ts';
import type { SelfDescribingJson, TrackerOptions } from '../types.ts';
import type { Address } from './address.ts';
import { createAddress } from './address.ts';
import type { DraftingEngine } from './drafting-engine.ts';
import { createGlobalEntities } from './global-entities.ts';
import type { LinkAttributes } from './linker.ts';
import { linkValue } from './linker.ts';
import type { FullOptions } from './options.ts';
import type { PageViewIds, PageViewState } from './page-view-ids.ts';
import { createPageViewIds } from './page-view-ids.ts';
import type { Payload } from './payload-builder.ts';
import type { OwnKeys, Plugin } from './plugins.ts';
import { finished, payloadText } from './plugins.ts';

const VENDOR = 'iglu:com.snowplowanalytics.snowplow';

/** When the visitor's activity is asked for, in seconds. */
export interface Clock {
  firstSeconds: number;
  everySeconds: number;
}

/** Told when the second clock finds the visitor active. */
export type ActivityListener = (
  entities: SelfDescribingJson[],
  offsets: readonly [number, number, number, number],
  metrics: ActivityMetrics | undefined,
) => void;

/** Entities of a page view that its pings have, too. */
export interface ViewEntities {
  entities: readonly SelfDescribingJson[];
  further?: (() => readonly SelfDescribingJson[]) | undefined;
}

/** Of whatever the site gives; empty if there is none, or it cannot be read. */
export const textOf = (value: unknown): string => attempt(() => String((value ?? '') as string), '');

export class FullHost extends Host {
  declare protected readonly given: FullOptions;
  readonly globalEntities = createGlobalEntities();
  readonly address: Address | undefined;
  readonly pageViewIds: PageViewIds;
  readonly plugins: Plugin[];
  /** Keys that every event has from now on, whatever else says. */
  readonly pairs: Payload = {};
  /** The id that the site has given the visitor, as it was given. */
  userId: unknown;
  readonly #early: number;
  #metrics: ActivityMetricsWatch | undefined;
  #listener: ActivityListener | undefined;
  #viewed: ViewEntities | undefined;
  #isRefused = false;

  /** `isAlone`: no other tracker of the page may have the same visitor. */
  constructor(
    load: EngineLoader,
    options: FullOptions,
    shared: PageViewState,
    readonly isAlone: () => boolean = () => true,
  ) {
    super(load, options);
    this.plugins = [...(options.plugins ?? [])];
    this.#early = this.plugins.length;
    this.pageViewIds = createPageViewIds(shared, randomUuid, options.pageViewUrl);
    if (!hasPage()) return;
    this.address = createAddress(readAddress(), { preserveOriginalReferrer: !!options.preserveOriginalReferrer });
    // Before the engine is there: it would begin with an identity.
    if (refuses(options)) this.set(Key.OptedOut, 1);
    this.set(Key.PingsTold, 1);
    this.set(Key.KeepActivity, +!!options.keepActivity);
    if (options.minBatchEvents !== undefined) this.set(Key.BatchEvents, options.minBatchEvents);
    this.set(Key.RetryFailed, +(options.retryFailedRequests !== false));
    this.set(Key.RetriedStatuses, options.retryStatusCodes);
    this.set(Key.FinalStatuses, options.dontRetryStatusCodes);
    const { peerQueue, storage } = options;
    if (peerQueue !== undefined && storage !== 'memory')
      this.run((engine) =>
        takePeerQueue(peerQueue, { take: (row) => this.take(engine, row), adopted: () => this.taken() }),
      );
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

  /** The names of what is kept: identity and the session's marker. */
  stateNames(): readonly string[] {
    this.begin();
    let names: readonly string[] = [];
    this.run((engine) => (names = this.stateOf(engine)?.names ?? []));
    return names;
  }

  isAnonymous(): boolean {
    return anonymityOf(this.given.anonymous) !== '0';
  }

  tabId(): string | undefined {
    const isKnown = !this.isAnonymous() && this.given.identity !== 'memory' && this.given.webPage !== false;
    return isKnown ? readTabId(randomUuid) : undefined;
  }

  pageViewId(): string {
    return this.pageViewIds.at(this.url());
  }

  url(): string {
    return this.address?.now(this.href()).url ?? '';
  }

  /** A page view: its id first, then what its pings are to have. */
  trackPageView(title: string | undefined, entities: ViewEntities, times: object): void {
    this.pageViewIds.begin(this.url());
    if (!(this.given.keepActivity && this.#viewed)) {
      if (this.activity) this.#viewed = entities;
      this.#metrics?.restart();
    }
    const all = [...entities.entities, ...attempt(() => [...(entities.further?.() ?? [])], [])];
    this.track(
      EventKind.PageView,
      fieldsOf(EventKind.PageView, { title, entities: all, ...times } as object),
      wallNow(),
      monoNow(),
    );
  }

  /** From the next page view on. Undefined: no more, at once. */
  setPings(clock: Clock | undefined, metrics = false): void {
    this.#setClock(Key.PingFirstMs, Key.PingEveryMs, clock, metrics);
  }

  /** The same for the clock that only tells. */
  setActivity(clock: Clock | undefined, listener?: ActivityListener, metrics = false): void {
    this.#listener = listener;
    this.#setClock(Key.ActivityFirstMs, Key.ActivityEveryMs, clock, metrics);
  }

  #setClock(first: Key, every: Key, clock: Clock | undefined, metrics: boolean): void {
    this.set(first, (clock?.firstSeconds ?? 0) * 1000);
    this.set(every, (clock?.everySeconds ?? 0) * 1000);
    if (!clock) return;
    this.heedActivity();
    if (metrics) this.#metrics ??= watchMetrics(this.ending.signal);
  }

  /** Title of page views that bring none. */
  setTitle(title: unknown): void {
    const facts = this.readFacts();
    this.run((engine) => {
      this.tellPage(engine, facts); // the document's own counts as it is now
      engine.set(Key.CustomTitle, textOf(title));
    });
  }

  newSession(): void {
    this.signal(Signal.NewSession);
  }

  /** Of drafts, too. */
  setBase64(on: boolean): void {
    this.given.base64 = on;
    this.set(Key.Base64, +on);
  }

  cookies(): TrackerOptions['cookies'] {
    return this.given.cookies;
  }

  /** The visitor is there, though nothing shows it. */
  markActive(): void {
    if (this.activity) this.activity.take().activeMs = monoNow();
  }

  decorateLinks(wants: (link: Link) => boolean, attributes: LinkAttributes | undefined): void {
    decorateLinks(wants, (event, link) => this.#linkValue(event, link, attributes), this.ending.signal);
  }

  #linkValue(event: Event, link: Link, attributes: LinkAttributes | undefined): string | undefined {
    this.begin();
    const { userId, sessionId } = { ...this.session() };
    const facts = {
      domainUserId: userId,
      sessionId,
      userId: textOf(this.userId),
      appId: this.given.appId,
      platform: this.given.platform ?? 'web',
    };
    return linkValue(facts, attributes, wallNow(), event, link.textContent ?? '');
  }

  /** The site changes a sign of refusal, or asks for it. */
  setOptOutCookie(name: string | null | undefined): void {
    this.given.optOutCookie = name;
  }

  override track(kind: EventKind, fields: readonly string[], wallMs: number, monoMs: number): void {
    if (!this.isPatient()) this.begin();
    if (this.isPlain()) super.track(kind, fields, wallMs, monoMs);
    else this.trackDraft(kind, fields, wallMs, monoMs);
  }

  /** Whether events go as the core makes them. */
  protected isPlain(): boolean {
    return !this.plugins.length && this.globalEntities.isEmpty && !Object.keys(this.pairs).length;
  }

  /** Tracks an event that plugins may change; gives what became of it, undefined if it did not. */
  trackDraft(
    kind: EventKind,
    fields: readonly string[],
    wallMs: number,
    monoMs: number,
    own?: OwnKeys,
  ): Payload | undefined {
    this.begin(); // plugins see the page as it is in this call
    const facts = this.readFacts();
    let made: Payload | undefined;
    this.run((engine) => {
      const drafting = engine as DraftingEngine;
      this.tellPage(engine, facts);
      const code = drafting.draft(kind, fields, wallMs, monoMs);
      this.site.refused(code);
      if (code) return;
      const isQuery = this.given.method === 'get';
      made = finished(engine.text(Field.Draft), {
        own,
        pairs: this.pairs,
        plugins: this.plugins,
        application: this.#application(),
        early: this.#early,
        globalEntities: (event) => this.globalEntities.entitiesFor(event),
        base64: this.given.base64 ?? isQuery,
      });
      if (!made) return;
      this.site.refused(drafting.commit(payloadText(made, isQuery)));
      for (const plugin of this.plugins) attempt(() => plugin.afterTrack?.(made as Payload), undefined);
      this.taken();
    }, true);
    return made;
  }

  #application(): SelfDescribingJson | undefined {
    const { appVersion } = this.given;
    return appVersion ? { schema: `${VENDOR}/application/jsonschema/1-0-0`, data: { version: appVersion } } : undefined;
  }

  /** Entities that the core attaches to each event. */
  #entities(): string {
    const entities: SelfDescribingJson[] = [];
    if (this.given.browserEntity) {
      const sizes = [this.told[Key.Viewport] ?? '', this.told[Key.DocumentSize] ?? ''] as const;
      entities.push({ schema: `${VENDOR}/browser_context/jsonschema/2-0-0`, data: readBrowser(sizes, this.tabId()) });
    }
    const application = this.isPlain() && this.#application();
    if (application) entities.push(application);
    return JSON.stringify(entities).slice(1, -1);
  }

  protected override readFacts(): Facts {
    if (this.given.browserEntity) this.begin(); // its sizes are read then
    const [, title] = super.readFacts();
    const { url, referrer } = this.address?.now(this.href()) ?? { url: '', referrer: '' };
    const isRefused = refuses(this.given);
    if (isRefused && !this.#isRefused) this.userId = null;
    this.#isRefused = isRefused;
    return [
      [Key.OptedOut, `${+isRefused}`],
      [Key.PageUrl, url],
      [Key.PageReferrer, referrer],
      title as [Key, string],
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
    return super.readFacts()[0]?.[1] ?? '';
  }

  protected override taken(): void {
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
      this.#tellActivity(due === 1, offsets, metrics);
    }
  }

  #tellActivity(
    isPing: boolean,
    offsets: readonly [number, number, number, number],
    metrics: ActivityMetrics | undefined,
  ): void {
    const { entities = [], further } = this.#viewed ?? {};
    const all = [...entities, ...attempt(() => [...(further?.() ?? [])], [])];
    if (metrics) all.push({ schema: `${VENDOR}/activity_metrics/jsonschema/1-0-0`, data: metrics });
    if (!isPing) return attempt(() => this.#listener?.(all, offsets, metrics), undefined);
    const [minX, maxX, minY, maxY] = offsets;
    this.track(
      EventKind.PagePing,
      fieldsOf(EventKind.PagePing, { entities: all, minX, maxX, minY, maxY } as object),
      wallNow(),
      monoNow(),
    );
  }

  protected override openRows(name: string, events: StorageEvents): RowStorage {
    const { eventStore } = this.given;
    return eventStore ? openEventStore(eventStore, events) : openStorage(name, events);
  }

  protected override openTransport(): Transport {
    const { credentials = 'include' } = this.given;
    return requestTransport({ ...this.given, credentials });
  }

  /** Forgets the visitor, but for what is to be kept. */
  forget(keepsSession: boolean, keepsUser: boolean): void {
    if (!keepsUser) this.userId = null;
    this.signal(Signal.Clear + +keepsSession + 2 * +keepsUser);
  }
}
