// Entities of many events: the same go with each as with the peer, but where the peer is mistaken or breaks.
import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import type { EntityEvent, GlobalEntities, GlobalEntityOptions } from '../../../js/src/full/global-entities.ts';
import { createGlobalEntities } from '../../../js/src/full/global-entities.ts';
import type { SelfDescribingJson } from '../../../js/src/types.ts';
import { seeded } from '../seeded.ts';

/** What both can do. */
interface Both {
  add: (entities: unknown) => void;
  remove: (entities: unknown) => void;
  clear: () => void;
}

const SCHEMA = 'iglu:com.acme/checkout/jsonschema/1-0-2';
const OTHER = 'iglu:org.shop.till/paid/jsonschema/2-1-0';
const events = {
  view: peer.buildPageView({ pageUrl: 'https://a.test/', pageTitle: 't' }),
  struct: peer.buildStructEvent({ category: 'c', action: 'a' }),
  checkout: peer.buildSelfDescribingEvent({ event: { schema: SCHEMA, data: { step: 1 } } }),
  paid: peer.buildSelfDescribingEvent({ event: { schema: OTHER, data: {} } }),
};
type EventName = keyof typeof events;
const NAMES = Object.keys(events) as EventName[];

/** What our tracker tells of the events that the peer has built. */
const told = (name: EventName): EntityEvent => {
  const event = events[name].getPayload();
  return {
    event,
    eventType: event['e'] as string,
    eventSchema: { view: '', struct: '', checkout: SCHEMA, paid: OTHER }[name],
  };
};

const oursAfter = (steps: (both: Both) => void, options?: GlobalEntityOptions): GlobalEntities => {
  const ours = createGlobalEntities(options);
  steps(ours as Both);
  return ours;
};

const peerAfter = (steps: (both: Both) => void): peer.GlobalContexts => {
  const theirs = peer.globalContexts();
  steps({
    add: (entities) => theirs.addGlobalContexts(entities as never),
    remove: (entities) => theirs.removeGlobalContexts(entities as never),
    clear: () => theirs.clearGlobalContexts(),
  });
  return theirs;
};

const one = (n: unknown): SelfDescribingJson => ({ schema: 'iglu:com.acme/e/jsonschema/1-0-0', data: { n } });
const makes = (n: unknown) => () => one(n);

/** The entities in short: `n` of each. */
const brief = (entities: readonly SelfDescribingJson[]): string =>
  entities.map(({ data }) => (data as { n: string } | null)?.n).join(' ');
const oursFor = (steps: (both: Both) => void, name: EventName, options?: GlobalEntityOptions): string =>
  brief(oursAfter(steps, options).entitiesFor(told(name)));
const peerFor = (steps: (both: Both) => void, name: EventName): string =>
  brief(peerAfter(steps).getApplicableContexts(events[name]));

const isView = (event?: EntityEvent): boolean => event?.eventType === 'pv';
const gen = makes('gen');
const broken = (): never => {
  throw new Error('the site');
};
const twoParameters = (_a: unknown, _b: unknown): SelfDescribingJson => one('two');
const twoParametersAndData = Object.assign((_a: unknown, _b: unknown) => one('two'), one('data'));
const accept = { accept: SCHEMA };

describe('the same entities as with the peer', () => {
  const rows: [what: string, steps: (both: Both) => void, checkout: string, view?: string][] = [
    ['nothing was added', () => {}, ''],
    ['data', ({ add }) => add([one('a'), one('b')]), 'a b'],
    ['a generator', ({ add }) => add([gen]), 'gen'],
    ['a generator with a parameter', ({ add }) => add([(e: EntityEvent) => one(e.eventType)]), 'ue', 'pv'],
    ['the schema of the event', ({ add }) => add([(e: EntityEvent) => one(e.eventSchema)]), SCHEMA, ''],
    ['the fields of the event', ({ add }) => add([(e: EntityEvent) => one(e.event['page'])]), '', 't'],
    ['functions that are no generators', ({ add }) => add([twoParameters, twoParametersAndData, one('a')]), 'a'],
    ['a generator with a default', ({ add }) => add([(_e = 1, _f = 2) => one('a')]), 'a'],
    ['a generator that gives a list', ({ add }) => add([() => [one('a'), one('b')]]), 'a b'],
    ['a generator that gives a list with a mistake', ({ add }) => add([() => [one('a'), {}], gen]), 'gen'],
    [
      'a generator that gives {}',
      ({ add }) => add([() => ({}), () => undefined, () => null, () => [], () => 1, () => 'a', gen]),
      'gen',
    ],
    ['a generator that gives a generator', ({ add }) => add([() => gen, one('a')]), 'a'],
    ['a generator that throws', ({ add }) => add([broken, one('a')]), 'a'],
    ['duplicates', ({ add }) => (add([one('a'), gen]), add([one('a'), gen])), 'a gen a gen'],
    [
      'the order: primitives before conditional ones, unnamed before named',
      ({ add }) => {
        add({ x: [() => true, one(4)], y: one(2) });
        add([[() => true, one(3)], one(1)]);
      },
      '1 2 3 4',
    ],
    [
      'names in their order, numbers first',
      ({ add }) => (add({ b: one('b') }), add({ a: one('a'), 1: one(1) })),
      '1 b a',
    ],
    [
      'a name that comes again keeps its place',
      ({ add }) => (add({ a: one(1), b: one(2) }), add({ a: one(3) })),
      '3 2',
    ],
    ['a name of two kinds', ({ add }) => (add({ a: one(1) }), add({ a: [() => true, one(2)] })), '1 2'],
    ['a bad one does not replace', ({ add }) => (add({ a: one(1) }), add({ a: {} })), '1'],
    ['a filter', ({ add }) => add([[isView, one('a')]]), '', 'a'],
    ['a filter with a list', ({ add }) => add([[isView, [one('a'), gen, makes('b')]]]), '', 'a gen b'],
    ['a filter with no entity', ({ add }) => add([[isView, []], gen]), 'gen'],
    ['a filter that throws', ({ add }) => add([[broken, one('a')], gen]), 'gen'],
    [
      'filters that give what is not exactly true',
      ({ add }) =>
        add([
          [() => 1, gen],
          [() => 'true', gen],
          [() => ({}), gen],
        ]),
      '',
    ],
    ['a filter with two parameters', ({ add }) => add([[twoParameters, one('a')]]), ''],
    ['a filter with a list with a mistake', ({ add }) => add([[() => true, [one('a'), 1]]]), ''],
    ['a filter alone, or with too much', ({ add }) => add([[() => true], [() => true, one(1), one(2)]]), ''],
    ['a list in a list', ({ add }) => add([[() => true, [[one(1)]]], [one(1)], []]), ''],
    [
      'a ruleset',
      ({ add }) =>
        add([
          [accept, one('a')],
          [{ accept: OTHER }, one('b')],
        ]),
      'a',
      '',
    ],
    ['a ruleset with a list', ({ add }) => add([[accept, [gen, one('a')]]]), 'gen a', ''],
    ['a ruleset with wildcards', ({ add }) => add([[{ accept: 'iglu:com.acme/*/jsonschema/*-0-*' }, gen]]), 'gen', ''],
    ['a ruleset that only rejects', ({ add }) => add([[{ reject: OTHER }, gen]]), '', ''],
    ['a ruleset that accepts and rejects', ({ add }) => add([[{ accept: [SCHEMA], reject: [SCHEMA] }, gen]]), ''],
    ['a ruleset with one bad rule', ({ add }) => add([[{ accept: [SCHEMA, 'x'] }, gen]]), ''],
    ['a ruleset whose generator throws', ({ add }) => add([[accept, [broken, gen]]]), 'gen', ''],
    ['a ruleset with a bad entity', ({ add }) => add([[accept, {}]]), ''],
    [
      'what is no entity',
      ({ add }) => add([{}, null, undefined, 1, '', 'a', true, Symbol.iterator, 1n, [], gen]),
      'gen',
    ],
    ['no data, or data of no kind', ({ add }) => add([{ schema: 's' }, { schema: 's', data: 's' }, { data: {} }]), ''],
    ['data null', ({ add }) => add([{ schema: 's', data: null }]), ''],
    [
      'a schema that is none',
      ({ add }) =>
        add([
          { schema: 1, data: {} },
          { schema: '', data: { n: 'a' } },
        ]),
      'a',
    ],
    ['no list', ({ add }) => (add({}), add(1), add(true), add('ab'), add(gen)), ''],
    ['removed: data of the same text', ({ add, remove }) => (add([one(1), one(2), one(1)]), remove([one(1)])), '2'],
    [
      'removed: not data in another order',
      ({ add, remove }) => (add([one(1)]), remove([{ data: { n: 1 }, schema: one(1).schema }])),
      '1',
    ],
    ['removed: the same function', ({ add, remove }) => (add([gen, makes('gen'), gen]), remove([gen])), 'gen'],
    ['removed: not a named one by its data', ({ add, remove }) => (add({ a: one(1) }), remove([one(1)])), '1'],
    [
      'removed: by name',
      ({ add, remove }) => (add({ a: one(1), b: one(2) }), add([one(3)]), remove(['a', 'c'])),
      '3 2',
    ],
    [
      'removed: a name of two kinds',
      ({ add, remove }) => (add({ a: gen }), add({ a: [isView, gen] }), remove(['a'])),
      '',
      '',
    ],
    [
      'removed: a filter',
      ({ add, remove }) => (
        add([
          [isView, gen],
          [isView, one(1)],
        ]),
        remove([[isView, gen]])
      ),
      '',
      '1',
    ],
    [
      'removed: not with another filter',
      ({ add, remove }) => (add([[isView, gen]]), remove([[broken, gen]])),
      '',
      'gen',
    ],
    [
      'removed: not with more, or fewer',
      ({ add, remove }) => (
        add([[isView, [gen, gen]]]),
        remove([
          [isView, [gen, gen, gen]],
          [isView, [gen]],
        ])
      ),
      '',
      'gen gen',
    ],
    ['removed: not one for a list', ({ add, remove }) => (add([[isView, [gen]]]), remove([[isView, gen]])), '', 'gen'],
    ['removed: not a list for one', ({ add, remove }) => (add([[isView, gen]]), remove([[isView, [gen]]])), '', 'gen'],
    [
      'removed: a ruleset',
      ({ add, remove }) => (add([[accept, [gen, one(1)]], gen]), remove([[{ ...accept }, [gen, one(1)]]])),
      'gen',
    ],
    [
      'removed: not another ruleset',
      ({ add, remove }) => (add([[accept, gen]]), remove([[{ accept: [SCHEMA] }, gen]])),
      'gen',
      '',
    ],
    [
      'removed: nothing by what is none',
      ({ add, remove }) => (add([gen, one(1)]), remove([undefined, null, {}, [], 1])),
      'gen 1',
    ],
    ['removed: no list', ({ add, remove }) => (add([gen]), remove({}), remove(gen), remove(1)), 'gen'],
    ['cleared', ({ add, clear }) => (add([gen, [isView, gen]]), add({ a: gen, b: [isView, gen] }), clear()), ''],
    ['added again', ({ add, clear }) => (add([gen]), clear(), add([one(1)]), add({ a: one(2) })), '1 2'],
  ];
  for (const [what, steps, checkout, view = checkout] of rows) {
    test(what, () => {
      assert.equal(peerFor(steps, 'checkout'), checkout);
      assert.equal(oursFor(steps, 'checkout'), checkout);
      assert.equal(peerFor(steps, 'view'), view);
      assert.equal(oursFor(steps, 'view'), view);
      assert.equal(JSON.stringify(oursAfter(steps).entitiesFor(told('paid'))), peersJson(steps, 'paid'));
    });
  }
});

const peersJson = (steps: (both: Both) => void, name: EventName): string =>
  JSON.stringify(peerAfter(steps).getApplicableContexts(events[name]));

test('the same entities as with the peer after any calls in any order', () => {
  const rules = [accept, { accept: [SCHEMA, OTHER], reject: OTHER }, { reject: OTHER }, { accept: 'no rule' }];
  const primitives = [one(1), one(2), gen, makes('x'), () => [one(3), one(4)], broken, twoParameters, {}, 5];
  const lists = [...primitives, [], [one(1), gen], [one(2), {}], [gen]];
  const conditions = [isView, broken, () => true, twoParameters, ...rules];
  const next = seeded(20_240_601);
  const any = <T>(list: readonly T[]): T => list[next() % list.length] as T;
  const item = (): unknown => (next() % 2 ? any(primitives) : [any(conditions), any(lists)]);
  const named = (): Record<string, unknown> => ({ [any(['a', 'b', '1'])]: item(), [any(['b', 'c', '0'])]: item() });
  const calls: (() => (both: Both) => void)[] = [
    () =>
      (
        (items) => (both: Both) =>
          both.add(items)
      )([item(), item(), item()]),
    () =>
      (
        (items) => (both: Both) =>
          both.add(items)
      )(named()),
    () =>
      (
        (items) => (both: Both) =>
          both.remove(items)
      )([item(), any(['a', 'b', 'c', '0', '1'])]),
  ];
  let count = 0;
  for (let run = 0; run < 500; ++run) {
    const steps = Array.from({ length: 1 + (next() % 12) }, () => any(calls)());
    if (next() % 8 === 0) steps.splice(next() % steps.length, 0, (both) => both.clear());
    const all = (both: Both): void => steps.forEach((step) => step(both));
    const [ours, theirs] = [oursAfter(all), peerAfter(all)];
    const isEmpty = !theirs.getGlobalPrimitives().length && !theirs.getConditionalProviders().length;
    assert.equal(ours.isEmpty, isEmpty);
    for (const name of NAMES) {
      const expected = theirs.getApplicableContexts(events[name]);
      assert.deepEqual(ours.entitiesFor(told(name)), expected, `run ${run}, ${name}`);
      count += expected.length;
    }
  }
  assert.ok(count > 2000, `${count}`);
});

describe('other entities than with the peer', () => {
  const cyclic = one('cyclic');
  (cyclic.data as { self?: unknown }).self = cyclic;
  class Own {
    readonly schema = 's';
    readonly data = { n: 'own' };
  }
  const bare = Object.assign(Object.create(null) as object, one('bare'));
  const foreign: unknown = runInNewContext("({ schema: 's', data: { n: 'foreign' } })");
  const rows: [what: string, steps: (both: Both) => void, ours: string, theirs: string][] = [
    [
      'a wildcard in the vendor',
      ({ add }) => add([[{ accept: 'iglu:org.shop.*/paid/jsonschema/*-*-*' }, gen]]),
      'gen',
      '',
    ],
    ['an object of another realm', ({ add }) => add([foreign]), 'foreign', ''],
    ['an object without a prototype', ({ add }) => add([bare]), 'bare', ''],
    ['an object of a class', ({ add }) => add([new Own()]), 'own', ''],
    ['a generator that gives one', ({ add }) => add([() => new Own()]), 'own', ''],
    ['a member that is undefined', ({ add }) => add([[{ accept: OTHER, reject: undefined }, gen]]), 'gen', ''],
    ['the name __proto__', ({ add }) => add({ ['__proto__']: one(1), constructor: one(2) }), '1 2', '2'],
    ['what would make the event impossible to send', ({ add }) => add([cyclic, one(1n), gen]), 'gen', 'cyclic 1 gen'],
    ['a generator of such', ({ add }) => add([() => cyclic, () => [one(1n)], gen]), 'gen', 'cyclic 1 gen'],
  ];
  for (const [what, steps, ours, theirs] of rows) {
    test(what, () => {
      assert.equal(oursFor(steps, 'paid'), ours);
      assert.equal(peerFor(steps, 'paid'), theirs);
    });
  }

  test('with rejectOnlyAdmits, what is not rejected, of the events that have a schema', () => {
    const steps = ({ add }: Both): void => add([[{ reject: OTHER }, gen]]);
    const admitted = NAMES.map((name) => oursFor(steps, name, { rejectOnlyAdmits: true }));
    assert.deepEqual(admitted, ['', '', 'gen', '']);
  });
});

describe('whatever the site does', () => {
  const thrower = new Proxy({}, { get: broken, ownKeys: broken, getPrototypeOf: broken, has: broken });
  const revoked = (of: object): object => {
    const { proxy, revoke } = Proxy.revocable(of, {});
    revoke();
    return proxy;
  };
  const getter = Object.defineProperty({ data: {} }, 'schema', { get: broken, enumerable: true });
  const bad = [thrower, revoked({}), revoked([]), revoked(gen), getter, [thrower, gen], [gen, thrower], [getter, gen]];

  test('objects that throw are not taken, and take nothing with them', () => {
    const found: unknown[] = [];
    const ours = createGlobalEntities({ invalid: (item) => found.push(item) });
    ours.add([...bad, gen]);
    ours.add({ bad: thrower, good: one(1) });
    assert.equal(brief(ours.entitiesFor(told('view'))), 'gen 1');
    assert.equal(found.length, bad.length + 1);
    ours.remove([...bad, gen]);
    assert.equal(brief(ours.entitiesFor(told('view'))), '1');
  });

  test('calls with what is no list do nothing', () => {
    const ours = createGlobalEntities();
    for (const what of [null, undefined, 0, '', thrower, revoked([]), revoked({})]) {
      ours.add(what as never);
      ours.remove(what as never);
    }
    assert.equal(ours.isEmpty, true);
  });

  test('generators that give what throws add nothing', () => {
    const ours = createGlobalEntities();
    ours.add([...bad.map((what) => () => what as never), () => new Proxy([one(1)], { get: broken }), gen]);
    ours.add([[accept, [() => getter as never, makes('a')]]]);
    assert.equal(brief(ours.entitiesFor(told('checkout'))), 'gen a');
  });

  test('a generator that gives a list with a hole gives no hole', () => {
    const ours = createGlobalEntities();
    ours.add([() => [one(1), , one(2)]]); // eslint-disable-line no-sparse-arrays
    assert.deepEqual(ours.entitiesFor(told('view')), [one(1), one(2)]);
  });

  test('what is changed after it was added goes as it is by then, if it still can', () => {
    const ours = createGlobalEntities();
    const changing = one(1);
    const rules: { accept: unknown } = { accept: SCHEMA };
    ours.add([changing, [rules, gen]]);
    changing.data = { n: 2 };
    assert.equal(brief(ours.entitiesFor(told('checkout'))), '2 gen');
    changing.data = changing;
    rules.accept = '(';
    assert.deepEqual(ours.entitiesFor(told('checkout')), []);
  });

  test('what is cyclic is removed if it is the same, and is equal to nothing else', () => {
    const ours = createGlobalEntities();
    const cyclic = one(1);
    ours.add([cyclic, one(2)]);
    cyclic.data = cyclic;
    ours.remove([one(2)]);
    assert.equal(ours.isEmpty, false);
    ours.remove([cyclic]);
    assert.equal(ours.isEmpty, true);
  });

  test('each function gets the event in an object of its own', () => {
    const ours = createGlobalEntities();
    const spoil = (event?: EntityEvent): SelfDescribingJson => {
      const type = event?.eventType;
      Object.assign(event ?? {}, { eventType: 'x', eventSchema: 'x' });
      return one(type);
    };
    ours.add([spoil, [spoil as never, gen], (event?: EntityEvent) => one(event?.eventType)]);
    assert.equal(brief(ours.entitiesFor(told('view'))), 'pv pv');
  });

  test('names of the language are names as any other', () => {
    const ours = createGlobalEntities();
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    ours.remove(names);
    for (const name of names) ours.add({ [name]: one(name) });
    assert.equal(brief(ours.entitiesFor(told('view'))), names.join(' '));
    ours.remove(names);
    assert.equal(ours.isEmpty, true);
    assert.equal(({} as { schema?: string }).schema, undefined);
  });
});

describe('functions that call back', () => {
  test('a generator that adds itself is called as often as it was there before the event, and at most so often', () => {
    let refused = 0;
    const ours = createGlobalEntities({ invalid: () => ++refused });
    let calls = 0;
    const again = (): SelfDescribingJson => (++calls, ours.add([again]), one(calls));
    ours.add([again]);
    assert.equal(brief(ours.entitiesFor(told('view'))), '1');
    assert.equal(brief(ours.entitiesFor(told('view'))), '2 3');
    for (let i = 0; i < 12; ++i) ours.entitiesFor(told('view'));
    assert.equal(ours.entitiesFor(told('view')).length, 1000);
    assert.ok(refused > 0);
  });

  test('what a primitive adds or clears holds for the conditional ones of the same event, as with the peer', () => {
    const adds = (both: Both): void => both.add([() => (both.add([[() => true, one(2)], one(3)]), one(1))]);
    const clears = (both: Both): void => both.add([() => (both.clear(), one(1)), gen, [() => true, one(2)]]);
    for (const [steps, expected] of [
      [adds, '1 2'],
      [clears, '1 gen'],
    ] as const) {
      assert.equal(oursFor(steps, 'view'), expected);
      assert.equal(peerFor(steps, 'view'), expected);
    }
  });

  test('a function that tracks an event is not called for that event, and all others are', () => {
    const ours = createGlobalEntities();
    const inner: string[] = [];
    let depth = 0;
    const track = (): boolean => {
      if (++depth > 3) return false; // else there is no end to it if this fails
      inner.push(brief(ours.entitiesFor(told('paid'))));
      --depth;
      return true;
    };
    ours.add([() => (track(), one('a')), one('b'), [track, one('c')]]);
    assert.equal(brief(ours.entitiesFor(told('view'))), 'a b c');
    // Each tracks one event, for which the other is called, which tracks one more.
    assert.deepEqual(inner, ['b', 'b c', 'b', 'a b']);
  });
});

test('each item that is not taken is told, and nothing else', () => {
  const found: unknown[] = [];
  const ours = createGlobalEntities({ invalid: (item) => found.push(item) });
  ours.add([one(1), 1, [isView, {}], gen, [accept, gen], twoParameters]);
  ours.add({ a: one(2), b: 'b', c: [{ accept: 'x' }, gen] });
  ours.remove([5, 'x', {}]);
  ours.entitiesFor(told('view'));
  assert.deepEqual(found, [1, [isView, {}], twoParameters, 'b', [{ accept: 'x' }, gen]]);
});

test('it is empty until something is taken, and when all is removed', () => {
  const ours = createGlobalEntities();
  ours.add([{}, 1]);
  assert.equal(ours.isEmpty, true);
  for (const item of [gen, [isView, gen]]) {
    ours.add([item]);
    assert.equal(ours.isEmpty, false);
    ours.remove([item]);
    assert.equal(ours.isEmpty, true);
    ours.add({ name: item });
    assert.equal(ours.isEmpty, false);
    ours.clear();
    assert.equal(ours.isEmpty, true);
  }
});
