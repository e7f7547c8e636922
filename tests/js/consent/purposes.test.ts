// Which purpose an event and its entities are given to the core with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventKind } from '../../../js/src/constants.ts';
import { fieldsOf } from '../../../js/src/event-fields.ts';
import { fieldsWithPurposes } from '../../../js/src/consent/purposes.ts';

const NAMES = ['necessary', 'analytics', 'marketing'];
const numberOf = (name: unknown): number | undefined => {
  const number = NAMES.indexOf(name as string);
  return number < 0 ? undefined : number;
};
const AD = 'iglu:com.acme/ad/jsonschema/1-0-0';
const USER = 'iglu:com.acme/user/jsonschema/2-1-0';
const structured = { category: 'c', action: 'a' };
const of = (schema: string) => ({ schema, data: {} });
const [ad, user] = [of(AD), of(USER)];

test('an event that says nothing has the fields that it has without consent', () => {
  const event = { ...structured, entities: [ad], priority: 'high' as const };
  const fields = fieldsWithPurposes(EventKind.Structured, event, {}, numberOf);
  assert.deepEqual(fields, fieldsOf(EventKind.Structured, event));
});

const purposes: [what: string, kind: EventKind, event: object, events: Record<string, string>, digit: string][] = [
  ['its own', EventKind.Structured, { ...structured, purpose: 'marketing' }, { structured: 'necessary' }, '2'],
  ['that of its type', EventKind.Structured, structured, { structured: 'necessary' }, '0'],
  ['that of its schema', EventKind.SelfDescribing, ad, { [AD]: 'marketing', self_describing: 'analytics' }, '2'],
  ['that of any version', EventKind.SelfDescribing, ad, { 'iglu:com.acme/ad/jsonschema': 'marketing' }, '2'],
  [
    'that of its type, if its schema has none',
    EventKind.SelfDescribing,
    user,
    { [AD]: 'marketing', self_describing: 'necessary' },
    '0',
  ],
  ['none that there is', EventKind.PageView, { purpose: 'marketting' }, {}, 'none'],
  ['none of an inherited name', EventKind.PageView, { purpose: 'toString' }, {}, 'none'],
];
for (const [what, kind, event, events, digit] of purposes)
  test(`the purpose of an event: ${what}`, () => {
    const fields = fieldsWithPurposes(kind, event, { events }, numberOf);
    assert.deepEqual(fields, [...fieldsOf(kind, event), digit]);
  });

test('entities are given by their purposes, those of one together', () => {
  const event = { ...structured, entities: [ad, user, ad] as never[] };
  const fields = fieldsWithPurposes(EventKind.Structured, event, { entities: { [AD]: 'marketing' } }, numberOf);
  const alone = fieldsOf(EventKind.Structured, { ...structured, entities: [user] });
  assert.deepEqual(fields, [...alone, '', '2', JSON.stringify([ad, ad])]);
});

test('an entity whose purpose is none keeps its event from being taken', () => {
  const event = { ...structured, entities: [ad] as never[] };
  const fields = fieldsWithPurposes(EventKind.Structured, event, { entities: { [AD]: 'ads' } }, numberOf);
  assert.deepEqual(fields.slice(-3), ['', 'none', JSON.stringify([ad])]);
});

test('entities that are none are left for the core to refuse', () => {
  const event = { ...structured, entities: [null, 1] as never[] };
  const fields = fieldsWithPurposes(EventKind.Structured, event, { entities: { [AD]: 'marketing' } }, numberOf);
  assert.deepEqual(fields, fieldsOf(EventKind.Structured, event));
});

test('where the core knows no entities with purposes, those that are granted go, and their event needs them', () => {
  const entities = { [AD]: 'marketing', [USER]: 'analytics' };
  const options = { entities, events: { structured: 'necessary' } };
  const event = { ...structured, entities: [ad, user, ad, of('iglu:a/b/jsonschema/1-0-0')] as never[] };
  const given = (granted: readonly string[], from: object = options): string[] =>
    fieldsWithPurposes(EventKind.Structured, event, from, numberOf, (name) => granted.includes(name));
  const free = of('iglu:a/b/jsonschema/1-0-0');
  assert.deepEqual([given([])[5], given([]).slice(9)], [JSON.stringify([free]), ['0']]);
  assert.deepEqual([given(['marketing'])[5], given(['marketing']).slice(9)], [JSON.stringify([ad, ad, free]), ['02']]);
  assert.deepEqual(given(['marketing', 'analytics']).slice(9), ['021']);
  assert.deepEqual(given(['analytics'], { entities }).slice(9), ['11']);
  assert.deepEqual(given([], { entities }).slice(9), []);
  assert.deepEqual(given([], { entities: { [AD]: 'talk' } }).slice(9), ['1none'], 'which no core takes');
});
