// Who takes part in the making of each event, and in which order (protocol facts, sections 5.1 and 5.4).
import { attempt } from '../ports/local-rows.ts';
import type { SelfDescribingJson } from '../types.ts';
import type { EventJson, JsonProcessor, Payload, PayloadBuilder } from './payload-builder.ts';
import { createPayloadBuilder, payloadJsonProcessor } from './payload-builder.ts';
import type { EntityEvent } from './global-entities.ts';

/** Every member may be missing. What throws is as if it were. */
export type Plugin = {
  /** Entities for each event. */
  contexts?: () => readonly SelfDescribingJson[];
  /** May change the event. */
  beforeTrack?: (builder: PayloadBuilder) => void;
  /** False drops the event. */
  filter?: (payload: Payload) => unknown;
  /** Told of what was handed over to be sent. */
  afterTrack?: (payload: Payload) => void;
};

/** Of an event of a kind that the core does not know: its keys, and the JSON that is to be written into it. */
export interface OwnKeys {
  pairs: Payload;
  json: EventJson;
}

/** What goes into an event besides what the core puts there. */
export interface Additions {
  /** Keys that take the place of the event's own. */
  pairs: Payload;
  own?: OwnKeys | undefined;
  /** Of each plugin, in order. */
  plugins: readonly Plugin[];
  /** The application's entity, and the number of plugins that come before it. */
  application?: SelfDescribingJson | undefined;
  early: number;
  globalEntities: (event: EntityEvent) => readonly SelfDescribingJson[];
  base64: boolean;
  /** Keeps entities away that the visitor does not want; but those that the core has put there itself. */
  guarding: (process: JsonProcessor, isOwn: (entity: unknown) => boolean) => JsonProcessor;
}

const SESSION = 'iglu:com.snowplowanalytics.snowplow/client_session/';

type Wrapped = { data: { schema: string } & SelfDescribingJson[] };

const parsed = (json: unknown): Wrapped | undefined =>
  json === undefined ? undefined : (JSON.parse(json as string) as Wrapped);

/** What is known of an event before the page's and the visitor's keys are in it. */
const early = (payload: Payload): Payload => {
  const known: Payload = {};
  for (const key in payload) {
    known[key] = payload[key];
    if (key === 'dtm' || key === 'ttm') break;
  }
  return known;
};

/** Makes of the core's draft what goes out; undefined if a plugin does not want it. */
export const finished = (draft: string, additions: Additions): Payload | undefined => {
  const { ue_pr: event, co: entities, ...keys } = JSON.parse(draft) as Payload;
  const { own, pairs, plugins, application, base64 } = additions;
  const builder = createPayloadBuilder();
  // What is there without a value takes the event's own away.
  for (const key in pairs) if (pairs[key] === undefined) delete keys[key];
  builder.addDict({ ...own?.pairs, ...early(keys) });
  builder.addDict(pairs);
  const payload = { ...builder.getPayload() };
  builder.addDict(keys);
  builder.addDict(pairs);
  for (const { keyIfEncoded, keyIfNotEncoded, json } of own?.json ?? [])
    builder.addJson(keyIfEncoded, keyIfNotEncoded, json);
  const wrapped =
    parsed(event) ?? (builder.getJson().find((one) => one.keyIfEncoded === 'ue_px')?.json as Wrapped | undefined);
  if (event) builder.addJson('ue_px', 'ue_pr', wrapped as never);
  const built = new Set<unknown>(parsed(entities)?.data ?? []);
  const list = [...built] as SelfDescribingJson[];
  // The session's comes last of those that the core has.
  const session = attempt(() => list.at(-1)?.schema.startsWith(SESSION), false) ? list.splice(-1) : [];
  const entitiesOf = (some: readonly Plugin[]): SelfDescribingJson[] =>
    some.flatMap((plugin) => attempt(() => [...(plugin.contexts?.() ?? [])], []));
  for (const entity of [
    ...list,
    ...entitiesOf(plugins.slice(0, additions.early)),
    ...(application ? [application] : []),
    ...entitiesOf(plugins.slice(additions.early)),
    ...additions.globalEntities({
      event: payload,
      eventType: payload.e as string,
      eventSchema: attempt(() => wrapped?.data.schema, '') ?? '',
    }),
    ...session,
  ])
    builder.addContextEntity(entity);
  builder.withJsonProcessor(additions.guarding(payloadJsonProcessor(base64), (entity) => built.has(entity)));
  for (const plugin of plugins) attempt(() => plugin.beforeTrack?.(builder), undefined);
  const made = attempt(() => builder.build(), builder.getPayload());
  return plugins.every((plugin) => attempt(() => plugin.filter?.(made), true) !== false) ? made : undefined;
};

/** A payload as its request carries it: a JSON object of text, or a query whose entities come last. What cannot be
 * written is left out. */
export const payloadText = (payload: Payload, isQuery: boolean): string => {
  const { co, cx, ...rest } = payload;
  const write: (part: string) => string = isQuery ? encodeURIComponent : String;
  const texts = Object.entries({ ...rest, co, cx })
    .map(([key, value]) => attempt(() => [write(key), write(`${(value ?? '') as string}`)], []))
    .filter(([, text]) => text);
  return isQuery
    ? texts.map((pair) => pair.join('=')).join('&')
    : JSON.stringify(Object.fromEntries(texts as [string, string][]));
};
