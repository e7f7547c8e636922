// Entities that come with no event of the site's: those of all events, and those that plugins and rules add.
import type { JsonProcessor } from '../full/payload-builder.ts';
import { attempt } from '../ports/local-rows.ts';

/** What an entity needs besides its event, as the core takes it; empty: nothing. */
export type NeedsOf = (entity: unknown) => string;

/** What no JSON has (RFC 7464). */
const MARK = '\x1e';

/** Key.Entities of entities that are JSON with commas between. What is no JSON stays as it is. */
const attached = (needsOf: NeedsOf, entities: string): string =>
  attempt(() => {
    const parts = new Map([['', '']]);
    for (const entity of JSON.parse(`[${entities}]`) as unknown[]) {
      const needs = needsOf(entity);
      const before = parts.get(needs);
      parts.set(needs, (before ? `${before},` : '') + JSON.stringify(entity));
    }
    return [...parts].map(([needs, text]) => (needs ? MARK : '') + needs + text).join('');
  }, entities);

/** As attached(), for whoever asks at each event. */
export const attachedBy = (needsOf: NeedsOf): ((entities: string) => string) => {
  let last = '';
  let made = '';
  return (entities) => {
    if (entities !== last) made = attached(needsOf, (last = entities));
    return made;
  };
};

/** See ConsentRules. */
export const guardingBy =
  (needsOf: NeedsOf) =>
  (
    process: JsonProcessor,
    isOwn: (entity: unknown) => boolean,
    guard: (purposes: string) => boolean,
  ): JsonProcessor => {
    const mayGo = (entity: unknown): boolean => isOwn(entity) || !needsOf(entity) || guard(needsOf(entity));
    return (builder, json, entities) => {
      json.forEach(({ keyIfEncoded, keyIfNotEncoded, json: { data, ...rest } }, i) => {
        if (keyIfEncoded === 'cx')
          json[i] = { keyIfEncoded, keyIfNotEncoded, json: { ...rest, data: [data].flat().filter(mayGo) } };
      });
      entities.splice(0, Infinity, ...entities.filter(mayGo));
      process(builder, json, entities);
    };
  };
