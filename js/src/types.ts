// The public types of `piste`: what a site may say to a tracker, and what it is told.

import type { Consent } from './consent/types.ts';

/** A self-describing JSON: data, and the Iglu URI of the schema that describes it. */
export interface SelfDescribingJson {
  /** Iglu URI, as `iglu:com.acme/checkout_step/jsonschema/1-0-0`. */
  schema: string;
  /** Anything that `JSON.stringify` can turn into an object or array. Copied during the call. */
  data: unknown;
}

/** An entity: a self-describing JSON attached to an event. */
export type Entity = SelfDescribingJson;

/** What every event can carry. */
export interface EventOptions {
  /** Entities attached to this event. */
  entities?: readonly Entity[] | undefined;
  /** Unix time in ms at which the event happened, when the site knows better than the device (`ttm`). */
  trueTimestamp?: number | undefined;
  /** Unix time in ms that replaces the device's clock (`dtm`). */
  deviceTimestamp?: number | undefined;
  /** What goes first when the page is left, and stays longest when there is no room. Default `normal`; page pings
   * `low`. */
  priority?: 'low' | 'normal' | 'high' | undefined;
  /** What it is for, where the tracker has `consent`. Default: what its options say, or else `analytics`. */
  purpose?: string | undefined;
}

/** A page is seen (`e=pv`). */
export interface PageViewEvent extends EventOptions {
  /** Replaces `document.title` in this page view and its pings. */
  title?: string | undefined;
}

/** A structured event (`e=se`). */
export interface StructuredEvent extends EventOptions {
  category: string;
  action: string;
  label?: string | undefined;
  property?: string | undefined;
  /** Must be finite. */
  value?: number | undefined;
}

/** A self-describing event (`e=ue`). */
export interface SelfDescribingEvent extends EventOptions, SelfDescribingJson {}

/** A page is still in use (`e=pp`). Sent by itself when `pagePings` is configured. Offsets in CSS pixels. */
export interface PagePingEvent extends EventOptions {
  title?: string | undefined;
  minX?: number | undefined;
  maxX?: number | undefined;
  minY?: number | undefined;
  maxY?: number | undefined;
}

/** Any event that the default entry knows, told apart by `type`. */
export type TrackerEvent =
  | ({ type: 'page_view' } & PageViewEvent)
  | ({ type: 'structured' } & StructuredEvent)
  | ({ type: 'self_describing' } & SelfDescribingEvent)
  | ({ type: 'page_ping' } & PagePingEvent);

/** Something went wrong. Never thrown into the page; told to `onProblem`. */
export interface Problem {
  /** A status of `piste.h`: 1xx the caller's mistake, 2xx refused by policy, 3xx the environment, 900 ours. */
  code: number;
  /** What was being done, as `track` or `configure`. */
  during: string;
  /** Further facts, as the HTTP status of a rejected request. */
  detail?: unknown;
}

/** An event that the collector has taken. */
export interface Delivery {
  /** The event's id (`eid`). */
  eventId: string;
}

/** An event that is lost for good. */
export interface Drop {
  /** Why, as a status of `piste.h`; 202: the collector refused it. docs/reference.md, "Problems", has the list. */
  code: number;
  /** Its id (`eid`), if it ever had one. */
  eventId?: string | undefined;
  /** HTTP status with which the collector refused it. */
  status?: number | undefined;
}

/** A request that did not deliver its events, which are sent again. */
export interface Retry {
  /** HTTP status; 0 if there was no answer. */
  status: number;
  /** Failed requests in a row; 0 if the collector refused a request of several events, which is divided. */
  failures: number;
  /** Until the next attempt, in ms. While another page tries the collector this one waits longer. */
  retryInMs: number;
}

/** Who the visitor is, and in which session. */
export interface Session {
  /** Domain user id (`duid`); undefined when the visitor is anonymous. */
  userId: string | undefined;
  /** As `sid`. */
  sessionId: string;
  /** Which session of the visitor it is, from 1 (`vid`). */
  sessionIndex: number;
  /** Which event of the session the last one was, from 1; 0 before the first. */
  eventIndex: number;
}

/** Names and reach of the cookies, as Snowplow's browser tracker has them by default. */
export interface CookieOptions {
  /** Default: the widest domain of which the page may set cookies. Part of the names, as a hash. */
  domain?: string | undefined;
  /** Default `/`. Part of the names, as a hash. */
  path?: string | undefined;
  /** What their names begin with. Default `_sp_`. */
  prefix?: string | undefined;
  /** Default `Lax`. */
  sameSite?: 'Lax' | 'Strict' | 'None' | undefined;
  /** Default: true on https. */
  secure?: boolean | undefined;
}

/** How a tracker is made. Only `collector` is required. */
export interface TrackerOptions {
  /** URL of the collector, as `https://collector.example.com`. Without a scheme, that of the page is used. */
  collector: string;
  appId?: string | undefined;
  /** Name of the tracker (`tna`) and of its rows in storage. Default `piste`. */
  namespace?: string | undefined;
  /** Default `web`. */
  platform?: string | undefined;
  /** Default `post`. `get` only in the entries `piste/full` and `piste/wasm`. */
  method?: 'post' | 'get' | undefined;
  /** Path of POST requests. Default `/com.snowplowanalytics.snowplow/tp2`. */
  postPath?: string | undefined;
  /** Base64url instead of plain JSON inside payloads. Default: false for `post`, true for `get`. True only in the
   * entries `piste/full` and `piste/wasm`. */
  base64?: boolean | undefined;
  /** Sends `SP-Anonymous: *`: the collector keeps neither address nor network user id. Default false. */
  serverAnonymisation?: boolean | undefined;
  /** Attaches the web_page entity, which joins the events of one page view. Default true. */
  webPage?: boolean | undefined;
  /** Page pings while the visitor is active. Default: none. */
  pagePings?: { minimumVisitSeconds: number; heartbeatSeconds: number } | undefined;
  /** Where undelivered events survive the page: `local` (localStorage and IndexedDB, the default) or `memory`
   * (nowhere). */
  storage?: 'local' | 'memory' | undefined;
  /** Where the visitor's id and session are kept: `cookie`, `local` (localStorage), `memory` (new with each page), or
   * `none`, the default: there are none. */
  identity?: 'none' | 'cookie' | 'local' | 'memory' | undefined;
  /** `true`: no user id and no session goes out, and none is written. `session`: sessions only. Default false. */
  anonymous?: boolean | 'session' | undefined;
  /** Attaches the client_session entity to every event: session, and the event's place in it. Default false. */
  sessionEntity?: boolean | undefined;
  /** A session ends after so many seconds without events. Default 1800. */
  sessionTimeoutSeconds?: number | undefined;
  /** The visitor's id is kept for so many seconds after the last event. Default 63072000: two years. */
  userLifetimeSeconds?: number | undefined;
  cookies?: CookieOptions | undefined;
  /** What the visitor lets his data be used for, made by `createConsent()` of `piste/consent`: what he has not answered
   * yet is held in memory, and nothing is read, written or sent for it. Default: nobody asks. */
  consent?: Consent | undefined;
  /** Credentials mode of requests; anonymous ones have none. Default `include`. */
  credentials?: 'include' | 'same-origin' | 'omit' | undefined;
  /** Further request headers. They cost a CORS preflight. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Largest request body in bytes. Default 40000. */
  maxBatchBytes?: number | undefined;
  /** How long an event may wait for company, in ms. Default 0: what is there when the page is idle goes out. */
  batchWaitMs?: number | undefined;
  /** Default 5000. */
  requestTimeoutMs?: number | undefined;
  /** Called, never inside a call of yours, for each mistake and each loss. */
  onProblem?: ((problem: Problem) => void) | undefined;
  /** Called for each event that was delivered. */
  onDelivered?: ((delivery: Delivery) => void) | undefined;
  /** Called for each event that is lost for good. */
  onDropped?: ((drop: Drop) => void) | undefined;
  /** Called when a session has begun: with its first event, or by `newSession()`. */
  onSession?: ((session: Session) => void) | undefined;
  /** Called for each request that failed. */
  onRetry?: ((retry: Retry) => void) | undefined;
}

/** The ledger. `accepted = delivered + pending + sum(rejected) + sum(dropped)`, always. An event that another page
 * takes over leaves the ledger of this one. */
export interface Stats {
  /** Events handed to this tracker, `restored` ones included. */
  accepted: number;
  /** Of these: taken over from an earlier page. */
  restored: number;
  delivered: number;
  pending: number;
  /** Count by HTTP status of the answer that refused them for good. */
  rejected: Record<string, number>;
  /** Count by reason: `invalid`, `too_large`, `unserialisable`, `queue_full`, `closed`, `unreadable`, `evicted`,
   * `expired`, `denied`, `no_memory`. */
  dropped: Record<string, number>;
  /** Pending events of which there is a copy that survives the page. */
  stored: number;
  /** Requests under way. */
  inFlight: number;
  /** Failed requests in a row. */
  failures: number;
  /** Until the next attempt, in ms; 0 when nothing waits for one. */
  retryInMs: number;
  /** `loading`, `wasm`, or `none` when the engine could not start. */
  engine: 'loading' | 'wasm' | 'none';
}

/** What became of one event. */
export interface Explanation {
  state: 'pending' | 'delivered' | 'dropped';
  /** It has a copy that survives the page. */
  stored: boolean;
  /** How often it was sent. */
  attempts: number;
  /** HTTP status of the last attempt that ended; 0 if there was no answer, undefined if none has ended. */
  status: number | undefined;
  /** Why it was dropped, as {@link Drop.code}. */
  code: number | undefined;
}

/** A tracker. No method throws; after `close()` all are harmless. */
export interface Tracker {
  trackPageView(event?: PageViewEvent): void;
  trackStructured(event: StructuredEvent): void;
  trackSelfDescribing(event: SelfDescribingEvent): void;
  track(event: TrackerEvent): void;
  /** Sets the business user id (`uid`) of later events; null, undefined and '' clear it. */
  setUserId(id: string | null | undefined): void;
  /** Who the visitor is, and in which session, as of the last event that the engine has taken; undefined where there is
   * no identity, or none yet. */
  session(): Session | undefined;
  /** Begins a new session. */
  newSession(): void;
  /** Changes the option `anonymous`. Who is no longer anonymous goes on in the session that lives. */
  setAnonymous(anonymous: boolean | 'session'): void;
  /** Forgets the visitor's ids and `setUserId()`, and removes what is kept of them. The next event has new ones, but
   * for what is to be kept. */
  forgetVisitor(keep?: { session?: boolean | undefined; user?: boolean | undefined }): void;
  /** Sends now. Resolves with the ledger when nothing is under way any more. */
  flush(): Promise<Stats>;
  stats(): Stats;
  /** What became of an event, by its id (`eid`). Only in development builds (the exports condition `development`), for
   * the last 1,000 events of this page. */
  explain?(eventId: string): Explanation | undefined;
  /** Takes no more events, sends what is there, removes its listeners. */
  close(): void;
}
