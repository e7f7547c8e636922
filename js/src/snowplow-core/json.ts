// Payloads and the JSON in them, as plugins see them (protocol facts, sections 1.4 and 1.5).
import * as builder from '../full/payload-builder.ts';
import type { TrackerCoreApi } from '../snowplow/plugin-api/types.ts';

export const payloadBuilder = builder.createPayloadBuilder as TrackerCoreApi['payloadBuilder'];
export const payloadJsonProcessor = builder.payloadJsonProcessor as TrackerCoreApi['payloadJsonProcessor'];

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
