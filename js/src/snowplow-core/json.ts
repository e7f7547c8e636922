// Payloads and the JSON in them, as plugins see them (protocol facts, sections 1.4 and 1.5).
import { base64url, textOfBase64url } from '../full/base64url.ts';
import { createPayloadBuilder } from '../full/payload-builder.ts';
import { attempt } from '../ports/local-rows.ts';
import type { TrackerCoreApi } from '../snowplow/plugin-api/types.ts';

const CONTEXTS = 'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0';

export const payloadBuilder = createPayloadBuilder as TrackerCoreApi['payloadBuilder'];

/** Whether it is an object or a list as JSON has them: no instance of a class, and none of another window. */
export const isJson: TrackerCoreApi['isJson'] = (property) =>
  property !== undefined && property !== null && [Object, Array].includes(property.constructor as ArrayConstructor);

export const isNonEmptyJson: TrackerCoreApi['isNonEmptyJson'] = (property) =>
  isJson(property) && Object.keys(property as object).length > 0;

export const removeEmptyProperties: TrackerCoreApi['removeEmptyProperties'] = (event, exemptFields = {}) => {
  const kept: Record<string, unknown> = {};
  // What is inherited counts, as with the peer.
  for (const name in event) {
    const value = event[name];
    if (exemptFields[name] || (value !== undefined && value !== null)) kept[name] = value;
  }
  return kept;
};

/** What `read` gives, if it is a list as payloads have it. */
const listIn = (read: () => unknown): unknown[] =>
  attempt(() => {
    const { data } = read() as { data: unknown };
    return Array.isArray(data) ? (data as unknown[]) : [data];
  }, []);

export const payloadJsonProcessor: TrackerCoreApi['payloadJsonProcessor'] = (encodeBase64) => (builder, json, own) => {
  const write = (value: unknown, keyIfEncoded: string, keyIfNotEncoded: string): void => {
    const text = attempt(() => JSON.stringify(value), '');
    builder.add(encodeBase64 ? keyIfEncoded : keyIfNotEncoded, encodeBase64 ? base64url(text) : text);
  };
  const entities: unknown[] = [];
  for (const { json: value, keyIfEncoded, keyIfNotEncoded } of json.splice(0)) {
    if (keyIfEncoded === 'cx') entities.push(...listIn(() => value));
    else write(value, keyIfEncoded, keyIfNotEncoded);
  }
  entities.push(...own.splice(0));
  if (!entities.length) return;
  const { cx, co } = builder.getPayload() as Record<string, string>;
  const built = encodeBase64 ? cx && textOfBase64url(cx) : co;
  write({ schema: CONTEXTS, data: [...(built ? listIn(() => JSON.parse(built)) : []), ...entities] }, 'cx', 'co');
};
