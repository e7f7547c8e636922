// An event that is being put together, as plugins see it (protocol facts, sections 1.5 and 5.4).
import { attempt } from '../ports/local-rows.ts';
import type { SelfDescribingJson } from '../types.ts';
import { base64url, textOfBase64url } from './base64url.ts';

export type Payload = Record<string, unknown>;

/** A JSON that waits to be written into a payload, under one of two keys. */
export type EventJson = { keyIfEncoded: string; keyIfNotEncoded: string; json: Payload }[];

/** Writes what waits into a payload, and empties both lists. */
export type JsonProcessor = (builder: PayloadBuilder, json: EventJson, entities: SelfDescribingJson[]) => void;

/** Null, undefined and empty text are left out. */
export type PayloadBuilder = {
  /** Sets one key; one that is there already keeps its place. */
  add: (key: string, value: unknown) => void;
  addDict: (dict: Payload) => void;
  addJson: (keyIfEncoded: string, keyIfNotEncoded: string, json: Payload) => void;
  /** Adds an entity behind those that the event has. */
  addContextEntity: (entity: SelfDescribingJson) => void;
  /** The live object. */
  getPayload: () => Payload;
  /** All that was added, written or not. */
  getJson: () => EventJson;
  withJsonProcessor: (processor: JsonProcessor) => void;
  /** Writes the JSON and gives the payload. May be called again. */
  build: () => Payload;
};

const CONTEXTS = 'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0';

/** A copy of what a site gives, with the members that are its own; empty if it cannot be read. */
export const ownOf = (value: unknown): Payload => attempt(() => ({ ...(value as Payload) }), {});
/** An object with members of its own. */
const isJson = (value: unknown): boolean => typeof value === 'object' && Object.keys(ownOf(value)).length > 0;

export const createPayloadBuilder = (): PayloadBuilder => {
  const payload: Payload = {};
  const json: EventJson = [];
  const waiting: EventJson = [];
  const entities: SelfDescribingJson[] = [];
  let process: JsonProcessor | undefined;
  const builder: PayloadBuilder = {
    add(key, value) {
      if (value !== null && value !== undefined && value !== '') payload[key] = value;
    },
    addDict: (dict) => Object.entries(ownOf(dict)).forEach((pair) => builder.add(...pair)),
    addJson(keyIfEncoded, keyIfNotEncoded, data) {
      if (!isJson(data)) return;
      const one = { keyIfEncoded, keyIfNotEncoded, json: data };
      json.push(one);
      waiting.push(one);
    },
    addContextEntity: (entity) => void entities.push(entity),
    getPayload: () => payload,
    getJson: () => json,
    withJsonProcessor: (processor) => void (process = processor),
    build() {
      attempt(() => process?.(builder, waiting, entities), undefined);
      return payload;
    },
  };
  return builder;
};

/** The entities in a payload that is built. */
const builtEntities = ({ co, cx }: Payload): unknown[] =>
  attempt(() => [...(JSON.parse(co ? (co as string) : textOfBase64url(cx as string)) as { data: unknown[] }).data], []);

/** Writes JSON into payloads: as it is, or as base64url. Entities come last, all in one list. */
export const payloadJsonProcessor =
  (base64: boolean): JsonProcessor =>
  (builder, json, entities) => {
    const write = (value: Payload, keyIfEncoded: string, keyIfNotEncoded: string): void => {
      const text = attempt(() => JSON.stringify(value), '');
      if (base64) builder.add(keyIfEncoded, base64url(text));
      else builder.add(keyIfNotEncoded, text);
    };
    const further: unknown[] = [];
    for (const { json: value, keyIfEncoded, keyIfNotEncoded } of json.splice(0)) {
      if (keyIfEncoded === 'cx') further.push(...attempt(() => [value.data].flat(), []));
      else write(value, keyIfEncoded, keyIfNotEncoded);
    }
    further.push(...entities.splice(0));
    if (further.length)
      write({ schema: CONTEXTS, data: [...builtEntities(builder.getPayload()), ...further] }, 'cx', 'co');
  };
