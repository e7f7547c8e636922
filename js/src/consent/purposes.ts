// What an event is for, and what its entities are for, as the fields that follow an event's others.
import { fieldsOf } from '../event-fields.ts';
import type { Entity, EventOptions } from '../types.ts';
import type { ConsentOptions } from './types.ts';

/** By kind of event, as EventKind numbers them. */
const KINDS = ['page_view', 'structured', 'self_describing', 'page_ping', 'transaction', 'transaction_item'];
/** What the core takes for no purpose: it refuses the event. */
const NO_PURPOSE = 'none';
/** The purpose of what says none. */
const USUAL = 'analytics';

type Purposes = Pick<ConsentOptions, 'events' | 'entities'>;
type NumberOf = (purpose: unknown) => number | undefined;

/** By the whole schema URI, or by what stands before its version. */
export const bySchema = (
  schema: unknown,
  purposes: Readonly<Record<string, string>> | undefined,
): string | undefined => {
  if (!purposes || typeof schema !== 'string') return undefined;
  const name = schema.slice(0, schema.lastIndexOf('/'));
  return [schema, name].filter((key) => Object.hasOwn(purposes, key)).map((key) => purposes[key])[0];
};

/** The number that the core knows a purpose by; empty: the one that every event has. */
export const digitOf = (purpose: unknown, numberOf: NumberOf): string =>
  purpose === undefined ? '' : `${numberOf(purpose) ?? NO_PURPOSE}`;

/** The fields of an event with its purpose, and its entities by theirs. `isGranted`: for a core that knows no entities
 * with purposes of their own; those that are not granted now stay away, and the event needs the purposes of the others,
 * too. `markOf`: what an event for a purpose is marked with now. Throws as fieldsOf() does. */
export const fieldsWithPurposes = (
  kind: number,
  event: EventOptions & { schema?: unknown },
  { events, entities }: Purposes,
  numberOf: NumberOf,
  isGranted?: (purpose: string) => boolean,
  markOf?: (purpose: string) => Entity | undefined,
): string[] => {
  const type = KINDS[kind];
  const ofType = events && type !== undefined && Object.hasOwn(events, type) ? events[type] : undefined;
  const purpose = event.purpose ?? bySchema(event.schema, events) ?? ofType;
  const free: Entity[] = [];
  const guarded = new Map<string, Entity[]>();
  /** What the event is for because of entities that go with it. */
  const further = new Set<string>();
  for (const entity of event.entities ?? []) {
    const needed = bySchema((entity as Entity | undefined)?.schema, entities);
    const digit = digitOf(needed, numberOf);
    if (digit && !isGranted) {
      guarded.set(digit, [...(guarded.get(digit) ?? []), entity]);
    } else if (needed === undefined || digit === NO_PURPOSE || isGranted?.(needed)) {
      free.push(entity);
      further.add(digit);
    }
  }
  const mark = markOf?.(purpose ?? USUAL);
  if (mark) free.push(mark);
  const fields = fieldsOf(kind, { ...event, entities: free });
  const others = [...further].join('');
  const digits = digitOf(purpose ?? (others ? USUAL : undefined), numberOf) + others;
  if (!digits && !guarded.size) return fields;
  return [...fields, digits, ...[...guarded].flatMap(([number, some]) => [number, JSON.stringify(some)])];
};
