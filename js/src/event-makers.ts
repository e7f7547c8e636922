// How self-describing events of known schemas are made out of what a site gives: nothing throws, and what is empty is
// left out.
import type { EventOptions, SelfDescribingEvent } from './types.ts';

const VENDOR = 'iglu:com.snowplowanalytics.snowplow';

/** Members may be missing, or null: both are left out. */
export type Optional<T> = { readonly [Name in keyof T]?: T[Name] | null | undefined };

export const schemaOf = (name: string, version = '1-0-0'): string => `${VENDOR}/${name}/jsonschema/${version}`;

/** What `task` gives; undefined if it throws. */
const attempt = <T>(task: () => T): T | undefined => {
  try {
    return task();
  } catch {
    return undefined; // the site's getters
  }
};

/** The named members that are there, in the order of their names; that of `kept` also if it is null. Undefined if they
 * cannot be read, so that the tracker refuses the event. */
export const pick = (from: object, names: string, kept = ''): Record<string, unknown> | undefined =>
  attempt(() => {
    const data: Record<string, unknown> = {};
    for (const name of names.split(' ')) {
      const value: unknown = Reflect.get(from, name);
      if (value !== undefined && (value !== null || name === kept)) data[name] = value;
    }
    return data;
  });

/** A function that makes events of one schema. */
export const maker =
  <T extends object>(name: string, names: string, version?: string, kept?: string) =>
  (data: T, options?: EventOptions): SelfDescribingEvent => ({
    ...attempt(() => ({ ...options })),
    schema: schemaOf(name, version),
    data: pick(data, names, kept),
  });
