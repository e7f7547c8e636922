// Puts the fields of an event into the order that piste.h gives them. The core checks them.
import type { EventOptions, PagePingEvent, PageViewEvent, SelfDescribingEvent, StructuredEvent } from './types.ts';

type Value = string | number | undefined | null;

const json = (value: unknown): string | undefined => JSON.stringify(value);
/** Leaves alone what is no number: Math.round() makes 0 of null. */
const rounded = (number: number | undefined): Value => number && Math.round(number);

/** By kind of event, as EventKind numbers them. The name is the `type` that `track()` takes. */
export const TYPES = ['page_view', 'structured', 'self_describing', 'page_ping'] as const;
/** As the core numbers them; what is none becomes -1, which the core refuses. */
const PRIORITIES = ['low', 'normal', 'high'] as const;
const FIELDS = [
  ({ title }: PageViewEvent): Value[] => [title],
  ({ category, action, label, property, value }: StructuredEvent): Value[] => [
    category,
    action,
    label,
    property,
    value,
  ],
  ({ schema, data }: SelfDescribingEvent): Value[] => [schema, json(data)],
  ({ title, minX, maxX, minY, maxY }: PagePingEvent): Value[] => [title, ...[minX, maxX, minY, maxY].map(rounded)],
] as const;

/** The fields of `event` as text; absent ones are empty. Throws what JSON.stringify or a getter of the event throws. */
export const fieldsOf = (kind: number, event: EventOptions): string[] => {
  const own = FIELDS[kind] as ((event: EventOptions) => Value[]) | undefined;
  const { entities, trueTimestamp, deviceTimestamp, priority } = event;
  const common = [
    entities?.length ? json(entities) : '',
    rounded(trueTimestamp),
    rounded(deviceTimestamp),
    priority && PRIORITIES.indexOf(priority),
  ];
  return [...(own ? own(event) : []), ...common].map((value) => `${value ?? ''}`);
};
