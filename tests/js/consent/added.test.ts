// Entities that come with no event of the site's: how the core is told what they need, and which may be added.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachedBy, guardingBy } from '../../../js/src/consent/added.ts';
import { createPayloadBuilder, payloadJsonProcessor } from '../../../js/src/full/payload-builder.ts';

const entity = (name: string) => ({ schema: `iglu:com.acme/${name}/jsonschema/1-0-0`, data: {} });
const needs: Record<string, string> = { ad: '2', user: '12', none: 'none' };
const needsOf = (one: unknown): string => needs[/acme.(\w+)/.exec(JSON.stringify(one ?? ''))?.[1] ?? ''] ?? '';
const json = (...names: string[]): string => names.map((name) => JSON.stringify(entity(name))).join();

test('entities that need purposes stand apart, in their order', () => {
  const attached = attachedBy(needsOf);
  assert.equal(attached(''), '');
  assert.equal(attached(json('a', 'b')), json('a', 'b'));
  assert.equal(
    attached(json('ad', 'a', 'user', 'ad', 'b')),
    `${json('a', 'b')}\x1e2${json('ad', 'ad')}\x1e12${json('user')}`,
  );
  assert.equal(attached(json('ad')), `\x1e2${json('ad')}`);
});

test('what is no JSON stays as it is, and what was said last is said again', () => {
  const attached = attachedBy(needsOf);
  for (const text of ['{', '}', json('ad') + ',', 'x']) assert.equal(attached(text), text);
  assert.equal(attached(json('ad')), attached(json('ad')));
});

/** What goes of these entities, added by both ways that there are; and what was asked for. */
const added = (names: readonly string[], passes: boolean, own: readonly string[] = []) => {
  const builder = createPayloadBuilder();
  const asked: string[] = [];
  const isOwn = (one: unknown): boolean => own.some((name) => JSON.stringify(one).includes(name));
  const guard = (purposes: string): boolean => asked.push(purposes) > 0 && passes;
  builder.withJsonProcessor(guardingBy(needsOf)(payloadJsonProcessor(false), isOwn, guard));
  for (const name of names) builder.addContextEntity(entity(name));
  builder.addJson('cx', 'co', { data: names.map(entity) });
  builder.addJson('ue_px', 'ue_pr', entity('ad'));
  const { co, ue_pr: event } = builder.build();
  const { data } = JSON.parse((co as string | undefined) ?? '{"data":[]}') as { data: { schema: string }[] };
  assert.equal(event, json('ad'));
  return [data.map(({ schema }) => schema.split('/')[1]), asked];
};

test('what needs nothing is not asked for, and what needs something goes if it may', () => {
  assert.deepEqual(added(['a', 'ad', 'user'], true), [
    ['a', 'ad', 'user', 'a', 'ad', 'user'],
    ['2', '12', '2', '12'],
  ]);
  assert.deepEqual(added(['a', 'ad', 'none'], false), [
    ['a', 'a'],
    ['2', 'none', '2', 'none'],
  ]);
  assert.deepEqual(added(['ad'], false), [[], ['2', '2']]);
});

test('what the core has put there is not asked for', () => {
  assert.deepEqual(added(['a', 'ad'], false, ['acme/ad']), [['a', 'ad', 'a', 'ad'], []]);
});
