// The entities that go with many events: which the site has given, and which of them go with one event (protocol
// facts, sections 5.1 to 5.3). Nothing here throws, whatever the site gives and whatever its functions do.
import { attempt } from '../ports/local-rows.ts';
import type { SelfDescribingJson } from '../types.ts';
import type { RuleSet } from './rules.ts';
import { admits, isRuleSet } from './rules.ts';

/** What the site's functions are told of an event. */
export type EntityEvent = {
  /** Its fields, under the names that they have in the payload. */
  event: Record<string, unknown>;
  /** As `pv`. */
  eventType: string;
  /** Of a self-describing event; else empty. */
  eventSchema: string;
};

/** Makes the entities of one event. What is not valid, or throws, adds none. */
export type EntityGenerator = (event?: EntityEvent) => SelfDescribingJson | readonly SelfDescribingJson[] | undefined;
/** Whether an event gets entities: only if it gives exactly `true`. */
export type EntityFilter = (event?: EntityEvent) => boolean;
/** Goes with every event. */
export type GlobalEntity = SelfDescribingJson | EntityGenerator;
export type FilterProvider = readonly [EntityFilter, GlobalEntity | readonly GlobalEntity[]];
export type RuleSetProvider = readonly [RuleSet, GlobalEntity | readonly GlobalEntity[]];
/** Goes with the events that its first member chooses. */
export type ConditionalEntity = FilterProvider | RuleSetProvider;

export type GlobalEntityOptions = {
  /** Rulesets that only reject admit what they do not reject. Default false. */
  rejectOnlyAdmits?: boolean | undefined;
  /** Told of each item that was not taken. */
  invalid?: ((item: unknown) => void) | undefined;
};

export interface GlobalEntities {
  /** A list is added to what is there; members of an object take the place of those of the same name. */
  add(entities: readonly unknown[] | Record<string, unknown>): void;
  /** Texts are names. Others remove all equals that have no name: the same function, or data of the same JSON. */
  remove(entities: readonly unknown[]): void;
  clear(): void;
  readonly isEmpty: boolean;
  /** Those that go with `event`, in order. */
  entitiesFor(event: EntityEvent): SelfDescribingJson[];
}

/** Most items without a name. Reason: a page that adds one with every view, or a generator that adds itself, would make
 * its events larger until none can be sent. */
const MAX_UNNAMED_COUNT = 1000;

/** Either all primitives or all conditional ones. */
interface Population {
  unnamed: unknown[];
  /** Without a prototype: any name will do. */
  named: Record<string, unknown>;
}

const nameless = (): Population['named'] => Object.create(null) as Population['named'];

const isUsable = (task: unknown): boolean => typeof task === 'function' && task.length < 2;

/** Not what cannot be written as JSON: the event would be lost with it. */
const isEntity = (item: unknown): item is SelfDescribingJson => {
  const { schema, data } = { ...(item as SelfDescribingJson | null) };
  return typeof schema === 'string' && typeof data === 'object' && !!JSON.stringify(item);
};

const isPrimitive = (item: unknown): boolean => isUsable(item) || isEntity(item);

/** 0 a primitive, 1 a conditional one, -1 neither. */
const kindOf = (item: unknown): number =>
  attempt(() => {
    if (!Array.isArray(item)) return isPrimitive(item) ? 0 : -1;
    const [condition, sources] = item as unknown[];
    const isCondition = item.length === 2 && (isUsable(condition) || isRuleSet(condition));
    return isCondition && [sources].flat().every(isPrimitive) ? 1 : -1;
  }, -1);

const isSame = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((part, i) => isSame(part, b[i]));
  }
  const text = JSON.stringify(a) as string | undefined; // none: a function
  return text !== undefined && text === JSON.stringify(b);
};

/** The entities of one item for one event. */
type Choose = (item: unknown, event: EntityEvent) => SelfDescribingJson[];

const createChoose = (rejectOnlyAdmits: boolean): Choose => {
  /** The site's functions that are at work: one that tracks an event is not called for that one too. */
  const running = new Set<unknown>();

  const call = (task: (event: EntityEvent) => unknown, event: EntityEvent): unknown => {
    if (running.has(task)) return undefined;
    running.add(task);
    try {
      return task({ ...event });
    } finally {
      running.delete(task);
    }
  };

  const ofPrimitive: Choose = (item, event) =>
    attempt(() => {
      const list = [typeof item === 'function' ? call(item as EntityGenerator, event) : item].flat();
      return list.every(isEntity) ? list : [];
    }, []);

  const isWanted = (condition: unknown, event: EntityEvent): boolean =>
    typeof condition === 'function'
      ? call(condition as EntityFilter, event) === true
      : admits(condition as RuleSet, event.eventSchema, rejectOnlyAdmits);

  return (item, event) =>
    attempt(() => {
      if (!Array.isArray(item)) return ofPrimitive(item, event);
      const [condition, sources] = item as unknown[];
      return isWanted(condition, event) ? [sources].flat().flatMap((source) => ofPrimitive(source, event)) : [];
    }, []);
};

/** Whether there is anything in it. */
export const hasAny = (record: object): boolean => {
  for (const _ in record) return true;
  return false;
};

export const createGlobalEntities = ({ rejectOnlyAdmits, invalid }: GlobalEntityOptions = {}): GlobalEntities => {
  const populations = [0, 1].map((): Population => ({ unnamed: [], named: nameless() }));
  const choose = createChoose(!!rejectOnlyAdmits);
  return {
    add: (entities) =>
      attempt(() => {
        const isList = Array.isArray(entities);
        for (const [name, item] of Object.entries(entities)) {
          const population = populations[kindOf(item)];
          if (!population || (isList && population.unnamed.length >= MAX_UNNAMED_COUNT)) invalid?.(item);
          else if (isList) population.unnamed.push(item);
          else population.named[name] = item;
        }
      }, undefined),
    remove: (entities) =>
      attempt(() => {
        for (const item of Object.values(entities)) {
          for (const population of populations) {
            if (typeof item === 'string') delete population.named[item];
            else population.unnamed = population.unnamed.filter((held) => !attempt(() => isSame(item, held), false));
          }
        }
      }, undefined),
    clear() {
      for (const population of populations) {
        population.unnamed = [];
        population.named = nameless();
      }
    },
    // Asked for each event: nothing is made.
    get isEmpty() {
      return populations.every(({ unnamed, named }) => !unnamed.length && !hasAny(named));
    },
    // Conditional ones are read after the primitives have run, which may have changed them.
    entitiesFor: (event) =>
      populations.flatMap(({ unnamed, named }) =>
        [...unnamed, ...Object.values(named)].flatMap((item) => choose(item, event)),
      ),
  };
};
