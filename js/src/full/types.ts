// The public types of `piste/full`: what a site may say to its trackers and features besides what every tracker knows.
import type {
  CookieOptions,
  Entity,
  EventOptions,
  PageViewEvent,
  Session,
  Stats,
  Tracker,
  TrackerEvent,
  TrackerOptions,
} from '../types.ts';

declare const feature: unique symbol;

/** Something that a tracker does besides. Made by a function of `piste/full`, and given to trackers as one of their
 * `features`. */
export interface Feature {
  readonly [feature]: true;
}

/** A session, with all that is kept of it. Times are Unix ms. */
export interface FullSession extends Session {
  /** When the visitor's id was made, to the second. */
  createdMs: number;
  /** Of the last event, to the second. */
  lastEventMs: number;
  /** Of the last event of the session before, to the second. */
  previousEventMs: number | undefined;
  previousSessionId: string | undefined;
  /** Id (`eid`) and time of the session's first event; undefined before it. */
  firstEventId: string | undefined;
  firstEventMs: number | undefined;
}

/** A page view whose pings have entities of their own. */
export interface FullPageViewEvent extends PageViewEvent {
  /** Called for the page view and for each of its pings: further entities. */
  furtherEntities?: (() => readonly Entity[]) | undefined;
}

/** An order (`e=tr`). */
export interface TransactionEvent extends EventOptions {
  orderId: string;
  total: number;
  affiliation?: string | undefined;
  tax?: number | undefined;
  shipping?: number | undefined;
  city?: string | undefined;
  state?: string | undefined;
  country?: string | undefined;
  /** ISO 4217. */
  currency?: string | undefined;
}

/** One of the things in an order (`e=ti`). */
export interface TransactionItemEvent extends EventOptions {
  orderId: string;
  sku: string;
  price: number;
  name?: string | undefined;
  category?: string | undefined;
  quantity?: number | undefined;
  currency?: string | undefined;
}

/** Any event that {@link FullTracker.track} knows, told apart by `type`. */
export type FullTrackerEvent = TrackerEvent | ({ type: 'page_view' } & FullPageViewEvent);

/** When the visitor's activity is looked at: first after so many seconds of a page view, then again and again. */
export interface ActivityTimes {
  minimumVisitSeconds: number;
  heartbeatSeconds: number;
}

/** What the visitor did since the page view or the last time that it was told. Distances in CSS pixels. */
export interface ActivityCounts {
  mouseDistance: number;
  scrollDistance: number;
  keyPresses: number;
  clicks: number;
  touches: number;
}

/** The visitor is active. Offsets in CSS pixels. */
export interface Activity {
  pageViewId: string;
  /** What a page ping would carry. */
  entities: readonly Entity[];
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
  /** With the feature `activityMetrics`. */
  counts: ActivityCounts | undefined;
}

/** Options that can change while the tracker is there. */
export interface ChangeableOptions {
  collector?: string | undefined;
  appId?: string | undefined;
  platform?: string | undefined;
  base64?: boolean | undefined;
  serverAnonymisation?: boolean | undefined;
  userLifetimeSeconds?: number | undefined;
  /** Where the visitor is kept. His ids and his session go on there, with the next event. */
  identity?: TrackerOptions['identity'];
  cookies?: CookieOptions | undefined;
  /** Attached to each event. */
  entities?: readonly Entity[] | undefined;
  /** Version of the application: an entity of each event. */
  appVersion?: string | undefined;
  /** Events wait until there are so many. Default 1. */
  minBatchEvents?: number | undefined;
}

/** What becomes of a value: it is kept; `***` takes its place; a hash does, which is the same for the same value, and
 * so no anonymity; or the parameter, or the whole text that it stands in, is dropped. */
export type FirewallAction = 'keep' | 'mask' | 'hash' | 'drop';

/** What becomes of what is found in a text. What is left out is as in the safe rules. */
export interface TextRules {
  /** E-mail addresses. Safe: `mask`. */
  emails?: FirewallAction | undefined;
  /** JSON Web Tokens. Safe: `mask`. */
  jwts?: FirewallAction | undefined;
  /** Numbers of payment cards. Safe: `mask` in URLs, else `keep`. */
  cards?: FirewallAction | undefined;
  /** Long tokens. Safe: `mask` in URLs, else `keep`. */
  tokens?: FirewallAction | undefined;
}

/** What becomes of parts of a URL. In names and patterns one `*` stands for any text; the first that fits counts. */
export interface UrlRules extends TextRules {
  /** By the parameter's name, in query and fragment: `{ customer: 'hash' }`, or what is allowed and then all others:
   * `{ page: 'keep', 'utm_*': 'keep', '*': 'drop' }`. Names that are not there are as in the safe rules. */
  parameters?: Readonly<Record<string, FirewallAction>> | undefined;
  /** What stands for the stars of a path: one in a part, as `/users/*`, or `**` for any number of parts. */
  paths?: Readonly<Record<string, FirewallAction>> | undefined;
  /** All behind the `#`. Safe: `keep`, but it is looked at as the rest is. */
  fragment?: FirewallAction | undefined;
}

/** Which personal data is taken out of events. At most 64 rules, and 8,192 bytes of them. */
export interface FirewallRules {
  /** All URLs. */
  urls?: UrlRules | undefined;
  /** Of these the page's own, before {@link urls}. */
  page?: UrlRules | undefined;
  /** The same of the referrer. */
  referrer?: UrlRules | undefined;
  /** The same of all others, as targets of links: texts that begin with a scheme and `://`, or with `/`. */
  links?: UrlRules | undefined;
  /** Titles of pages. */
  titles?: TextRules | undefined;
  /** All other texts in events and entities. */
  texts?: TextRules | undefined;
}

/** Statistics, and what the firewall has done. */
export interface FullStats extends Stats {
  /** Values that were taken out, by what became of them. */
  redacted: { dropped: number; masked: number; hashed: number };
}

/** How a tracker of `piste/full` is made. */
export interface FullOptions extends Omit<TrackerOptions, 'onSession'>, Omit<ChangeableOptions, 'collector'> {
  features?: readonly Feature[] | undefined;
  /** What personal data is taken out of each event before it is stored or sent. Rules that are none leave the safe
   * ones. Default `'safe'`. */
  firewall?: FirewallRules | 'safe' | 'off' | undefined;
  /** What must differ in the URL to make a new page view id, besides a page view: its path; path or `query`; or any of
   * path, query and fragment (`hash`). Default: nothing does. */
  pageViewIdBy?: 'path' | 'query' | 'hash' | undefined;
  /** True: pings count from the first page view alone, and have its entities. Default false. */
  keepActivity?: boolean | undefined;
  /** False: no event is sent twice. Default true. */
  retryFailedRequests?: boolean | undefined;
  /** Statuses after which events are sent again; they win over `dontRetryStatusCodes`. */
  retryStatusCodes?: readonly number[] | undefined;
  /** Statuses after which they are lost, besides 400, 401, 403, 410, 413 and 422. */
  dontRetryStatusCodes?: readonly number[] | undefined;
  onSession?: ((session: FullSession) => void) | undefined;
}

export interface ActivityListenerFeature extends Feature {
  /** From the next page view on; undefined: no more, at once. */
  setTimes(times: ActivityTimes | undefined): void;
}

/** The page, as events tell of it. */
export interface TrackerPage {
  /** Title of page views that bring none; empty or undefined: the document's own. */
  setTitle(title: string | undefined): void;
  /** Id of the page view (`web_page`). */
  viewId(): string;
  /** From here on it stays as it is. */
  keepViewId(): void;
}

/** What the visitor does on the page. */
export interface TrackerActivity {
  /** Page pings by these times, from the next page view on; undefined: no more, at once. */
  setPings(times: ActivityTimes | undefined): void;
  /** The visitor is active, though neither mouse nor keyboard shows it: a video plays. */
  mark(): void;
}

/** A tracker of `piste/full`. */
export interface FullTracker extends Tracker {
  readonly page: TrackerPage;
  readonly activity: TrackerActivity;
  trackPageView(event?: FullPageViewEvent): void;
  track(event: FullTrackerEvent): void;
  session(): FullSession | undefined;
  flush(): Promise<FullStats>;
  stats(): FullStats;
  /** Names of the cookies, or of the keys in localStorage, that hold visitor and session. Empty: there are none. */
  identityNames(): { user: string; session: string };
  /** Id of the tab, which all its pages share; undefined for who is anonymous or kept nowhere. */
  tabId(): string | undefined;
  configure(changed: ChangeableOptions): void;
}

/** Fields of an event, as they go out: `e`, `url`, `ue_pr` and so on. */
export type Fields = Readonly<Record<string, unknown>>;

/** An event that is being made. */
export interface EventDraft {
  /** What it has by now, but for its entities and the data of a self-describing event. */
  readonly payload: Fields;
  /** Null, undefined and empty text do nothing. The protocol knows its fields: no others. */
  setField: (name: string, value: unknown) => void;
  addEntity: (entity: Entity) => void;
}

/** Takes part in the making of each event. What throws does nothing. */
export interface Plugin {
  /** Entities for each event. */
  entities?: (() => readonly Entity[]) | undefined;
  /** Called with each event before it is written. */
  beforeTrack?: ((draft: EventDraft) => void) | undefined;
  /** False drops the event: it does not count as one. */
  filter?: ((fields: Fields) => unknown) | undefined;
  /** Told of what goes out. */
  afterTrack?: ((fields: Fields) => void) | undefined;
}

/** What a rule, a filter or a generator of entities is told of an event. */
export interface DescribedEvent {
  /** Its fields by now. */
  event: Record<string, unknown>;
  /** As `pv`. */
  eventType: string;
  /** Schema of a self-describing event; else empty. */
  eventSchema: string;
}

/** Makes entities of an event. What is no entity, or throws, adds none. */
export type EntityGenerator = (event?: DescribedEvent) => Entity | readonly Entity[] | undefined;
export type EntitySource = Entity | EntityGenerator;

/** Which events: by a function that gives `true`, or by the schema of self-describing ones. */
export type EntityCondition =
  | ((event?: DescribedEvent) => boolean)
  | {
      /** Schema URIs in which `*` may stand for the last labels of the vendor, the name, and numbers of the version. */
      accept?: string | readonly string[] | undefined;
      /** Wins. Without `accept`, all others are accepted. */
      reject?: string | readonly string[] | undefined;
    };

/** Goes with every event, or with those that its condition wants. */
export type GlobalEntity = EntitySource | readonly [EntityCondition, EntitySource | readonly EntitySource[]];

export interface GlobalEntitiesFeature extends Feature {
  /** A list is added to what is there; members of an object take the place of those of the same name. */
  add(entities: readonly GlobalEntity[] | Readonly<Record<string, GlobalEntity>>): void;
  /** By name, or those without a name that are equal. */
  remove(entities: readonly (string | GlobalEntity)[]): void;
  clear(): void;
}

export interface ErasureReceipt {
  /** A UUID, in the event as `receipt`: what he can refer to. */
  id: string;
  /** Unix ms, by the clock of the device. */
  requestedMs: number;
  visitorId: string | undefined;
  userId: string | undefined;
  /** Events that were destroyed on this page before they were sent. */
  eventsErased: number;
}

export interface ErasureOptions {
  /** Of the event, with the same members. Default `iglu:piste/erasure_request/jsonschema/1-0-0`, in docs/schemas. */
  schema?: string | undefined;
  /** Called once for each request, after it was tracked. */
  onReceipt?: ((receipt: ErasureReceipt) => void) | undefined;
}

export interface TransactionsFeature extends Feature {
  track(event: TransactionEvent): void;
  trackItem(event: TransactionItemEvent): void;
}

export interface PluginsFeature extends Feature {
  /** Returns what takes it out again. */
  add(plugin: Plugin): () => void;
}

export interface FieldsFeature extends Feature {
  /** Null, undefined and empty text end it. */
  set(name: string, value: unknown): void;
}

/** Where the page is. Relative URLs are so to the page's own. */
export interface PageAddressFeature extends Feature {
  /** Takes the place of the page's URL; undefined: no more. */
  setUrl(url: string | undefined): void;
  /** Takes the place of the referrer; undefined: no more. */
  setReferrer(url: string | undefined): void;
  /** URLs without `#` and what follows. */
  discardHash(on: boolean): void;
  /** URLs without `{` and `}`. */
  discardBraces(on: boolean): void;
}

/** What links tell besides visitor and time. */
export interface LinkDetails {
  /** The id of `setUserId()`. Default false. */
  userId?: boolean | undefined;
  /** Default true. */
  sessionId?: boolean | undefined;
  /** `appId`. Default true. */
  sourceId?: boolean | undefined;
  /** Default false. */
  sourcePlatform?: boolean | undefined;
  /** The link's text, or what a function makes of the event. Default false. */
  reason?: boolean | ((event: Event) => string) | undefined;
}

export interface CrossDomainLinksFeature extends Feature {
  /** Decorates the links that are there now and that `wants` picks; each tells who comes when it is followed. */
  decorate(wants: (link: HTMLAnchorElement | HTMLAreaElement) => boolean): void;
}

/** A request that failed. */
export interface RequestFailure {
  /** Their fields, without the time of sending. */
  events: Record<string, unknown>[];
  /** None: there was no answer. */
  status?: number;
  message?: string;
  /** Whether its events are sent again. */
  willRetry: boolean;
}

/** The signs by which a visitor says that he does not want to be tracked. Each is asked for with each event. */
export interface RefusalSigns {
  /** Name of a cookie that says so by being there, and not empty. */
  optOutCookie?: string | null | undefined;
  /** Do Not Track. Default false. */
  respectDoNotTrack?: boolean | undefined;
  /** Global Privacy Control. Default false. */
  respectGlobalPrivacyControl?: boolean | undefined;
}

export interface RefusalsFeature extends Feature {
  /** Changes which signs count. */
  heed(changed: RefusalSigns): void;
}

/** How requests are made, and to whom it is told. */
export interface RequestOptions {
  /** Takes the place of fetch. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Fetched once, before the first request: a service that prolongs the site's cookies. */
  cookieExtensionUrl?: string | undefined;
  onRequestSuccess?: ((events: Record<string, unknown>[], response: Response) => void) | undefined;
  onRequestFailure?: ((failure: RequestFailure, response?: Response) => void) | undefined;
}

/** An event in a store. */
export interface StoredEvent {
  payload: Record<string, unknown>;
  /** It is sent with `SP-Anonymous`. */
  svrAnon?: boolean;
}

/** Where a site keeps events itself. What throws, rejects or never answers harms nobody. */
export interface EventStore {
  add(event: StoredEvent): unknown;
  /** Removes the `count` oldest. */
  removeHead(count: number): unknown;
  /** Goes through what is there at this moment, from the oldest on. */
  iterator():
    | { next(): Promise<{ value: StoredEvent | undefined; done: boolean }> }
    | Promise<{ next(): Promise<{ value: StoredEvent | undefined; done: boolean }> }>;
}
