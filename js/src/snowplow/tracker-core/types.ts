// The types of the face `piste/snowplow` that all of it rests on: self-describing JSON, payloads, entities, the core.
// They have the names and shapes of `@snowplow/tracker-core`. What is an alias there is one here: only such types pass
// for a `Record<string, unknown>`.

/** Data, and the schema that describes it. `data` is an object and never an array. */
export type SelfDescribingJson<T = Record<string, unknown>> = {
  /** Iglu URI, as `iglu:com.acme/checkout_step/jsonschema/1-0-0`. */
  schema: string;
  /** What the schema describes. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- only the very same condition relates generic calls
  data: T extends any[] ? never : T extends NonNullable<unknown> ? T : never;
};

/** A list of data of one schema. */
export type SelfDescribingJsonArray<T = Record<string, unknown>> = {
  /** Iglu URI of the list. */
  schema: string;
  /** The members, each self-describing. */
  data: (T extends SelfDescribingJson ? T : SelfDescribingJson<T>)[];
};

/** When it happened, as the site knows it (`ttm`). Takes the place of the device's time. */
export interface TrueTimestamp {
  readonly type: 'ttm';
  /** Unix time in ms. */
  readonly value: number;
}

/** When it happened by the device's clock (`dtm`). */
export interface DeviceTimestamp {
  readonly type: 'dtm';
  /** Unix time in ms; 0 means now. */
  readonly value: number;
}

/** A time of an event. A bare number is one of the device, in ms. */
export type Timestamp = TrueTimestamp | DeviceTimestamp | number;

/** What every event can carry. */
export interface CommonEventProperties<T = Record<string, unknown>> {
  /** Entities of this event. */
  context?: Array<SelfDescribingJson<T>> | null;
  /** Default: now. */
  timestamp?: Timestamp | null;
}

/** The keys and values of one event, as they are sent. */
export type Payload = Record<string, unknown>;

/** A JSON that waits to be written into a payload. */
export type EventJsonWithKeys = {
  /** Its key as base64url. */
  keyIfEncoded: string;
  /** Its key as plain JSON. */
  keyIfNotEncoded: string;
  json: Record<string, unknown>;
};

/** All JSON that waits to be written into a payload. */
export type EventJson = Array<EventJsonWithKeys>;

/** Writes what waits into a payload when it is built. */
export type JsonProcessor = (
  payloadBuilder: PayloadBuilder,
  jsonForProcessing: EventJson,
  contextEntitiesForProcessing: SelfDescribingJson[],
) => void;

/** An event that is being put together. Null, undefined and empty strings are left out. */
export interface PayloadBuilder {
  /** Sets one key; a key that is there already keeps its place. */
  add: (key: string, value: unknown) => void;
  /** Sets each key of `dict`. */
  addDict: (dict: Payload) => void;
  /** Keeps a JSON until the payload is built. */
  addJson: (keyIfEncoded: string, keyIfNotEncoded: string, json: Record<string, unknown>) => void;
  /** Adds an entity after those that the event has. */
  addContextEntity: (entity: SelfDescribingJson) => void;
  /** What has been set so far, without JSON. It is the live object and no copy. */
  getPayload: () => Payload;
  /** The JSON that has been added so far. */
  getJson: () => EventJson;
  /** Says how JSON is written. Without it, JSON is left out. */
  withJsonProcessor: (jsonProcessor: JsonProcessor) => void;
  /** Writes the JSON and gives the payload. */
  build: () => Payload;
}

/** What is known of an event when its global entities are chosen. */
export interface ContextEvent {
  /** The payload so far. */
  event: Payload;
  /** As the protocol has it (`e`): `pv`, `pp`, `se`, `ue`. */
  eventType: string;
  /** Schema of a self-describing event; empty for the others. */
  eventSchema: string;
}

/** Makes entities for an event, or none. Declares one parameter at most. */
export type ContextGenerator = (args?: ContextEvent) => SelfDescribingJson | SelfDescribingJson[] | undefined;

/** Decides whether an event gets entities. Declares one parameter at most. */
export type ContextFilter = (args?: ContextEvent) => boolean;

/** An entity, or what makes one. */
export type ContextPrimitive = SelfDescribingJson | ContextGenerator;

/** Entities for the events that a function lets pass. */
export type FilterProvider = [ContextFilter, Array<ContextPrimitive> | ContextPrimitive];

/** Which schemas get entities: those that `accept` names and `reject` does not. Names may have `*` for a part. */
export interface RuleSet {
  accept?: Array<string> | string;
  reject?: Array<string> | string;
}

/** Entities for the self-describing events that rules let pass. */
export type RuleSetProvider = [RuleSet, Array<ContextPrimitive> | ContextPrimitive];

/** Entities under a condition. */
export type ConditionalContextProvider = FilterProvider | RuleSetProvider;

/** Entities of one call, each as it is or as a function that makes it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a site's function may have any parameters
export type DynamicContext = Array<SelfDescribingJson | ((...params: any[]) => SelfDescribingJson | null)>;

/** How much is logged: none 0, error 1, warn 2, debug 3, info 4. */
type LogLevel = 0 | 1 | 2 | 3 | 4;
export type { LogLevel as LOG_LEVEL };

/** Where the tracker and its plugins log to. */
export interface Logger {
  setLogLevel: (level: LogLevel) => void;
  info: (message: string, ...extraParams: unknown[]) => void;
  debug: (message: string, ...extraParams: unknown[]) => void;
  warn: (message: string, error?: unknown, ...extraParams: unknown[]) => void;
  error: (message: string, error?: unknown, ...extraParams: unknown[]) => void;
}

/** What takes part in the making of each event. Every member may be left out. */
export interface CorePlugin {
  /** Called once, when the plugin joins a tracker. */
  activateCorePlugin?: (core: TrackerCore) => void;
  /** Called when the tracker ends, to let go of listeners. */
  deactivatePlugin?: (core: TrackerCore) => void;
  /** Called before `filter`; may change the event. */
  beforeTrack?: (payloadBuilder: PayloadBuilder) => void;
  /** Called when the event has been handed over to be sent. */
  afterTrack?: (payload: Payload) => void;
  /** False drops the event. */
  filter?: (payload: Payload) => boolean;
  /** Entities for each event. */
  contexts?: () => SelfDescribingJson[];
  /** Called once, before all others, with what to log to. */
  logger?: (logger: Logger) => void;
}

/** A plugin to be added. */
export interface CorePluginConfiguration {
  plugin: CorePlugin;
}

/** What makes the payloads of one tracker. */
export interface TrackerCore {
  /** Adds entities, time and the tracker's pairs, and sends the event. Undefined if a filter dropped it. */
  track: (
    pb: PayloadBuilder,
    context?: Array<SelfDescribingJson> | null,
    timestamp?: Timestamp | null,
  ) => Payload | undefined;
  /** Sets a key of every event from now on. */
  addPayloadPair: (key: string, value: unknown) => void;
  /** Ends the tracker and its plugins; no event passes afterwards. */
  deactivate(): void;
  getBase64Encoding(): boolean;
  /** Whether JSON is sent as base64url. */
  setBase64Encoding(encode: boolean): void;
  /** Sets keys of every event from now on. */
  addPayloadDict(dict: Payload): void;
  /** As `addPayloadDict`, and forgets all that were set before. */
  resetPayloadPairs(dict: Payload): void;
  setTrackerVersion(version: string): void;
  setTrackerNamespace(name: string): void;
  setAppId(appId: string): void;
  setPlatform(value: string): void;
  setUserId(userId: string): void;
  setScreenResolution(width: string, height: string): void;
  setViewport(width: string, height: string): void;
  setColorDepth(depth: string): void;
  setTimezone(timezone: string): void;
  setLang(lang: string): void;
  setIpAddress(ip: string): void;
  setUseragent(useragent: string): void;
  /** Adds entities to events from now on. A record gives them names, under which they can be replaced and removed. */
  addGlobalContexts(
    contexts:
      | Array<ConditionalContextProvider | ContextPrimitive>
      | Record<string, ConditionalContextProvider | ContextPrimitive>,
  ): void;
  clearGlobalContexts(): void;
  /** Removes by name, or what is equal to the given ones. */
  removeGlobalContexts(contexts: Array<ConditionalContextProvider | ContextPrimitive | string>): void;
  addPlugin(configuration: CorePluginConfiguration): void;
}
