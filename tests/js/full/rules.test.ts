// Rules: the same are valid and match as with the peer, but for its mistakes, each of which is named here.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as peer from '@snowplow/tracker-core';
import type { RuleSet } from '../../../js/src/full/rules.ts';
import { admits, isRuleSet } from '../../../js/src/full/rules.ts';

const isRule = (rule: unknown): boolean => isRuleSet({ accept: rule });
const peerAdmits = (rules: RuleSet, schema: string): boolean =>
  peer.matchSchemaAgainstRuleSet(rules as peer.RuleSet, schema);

const product = (vendors: string[], names: string[], versions: string[]): string[] =>
  vendors.flatMap((vendor) =>
    names.flatMap((name) => versions.map((version) => `iglu:${vendor}/${name}/jsonschema/${version}`)),
  );
const VENDORS = ['com.acme', 'com.acme.shop', 'com.acme.x-y_Z.9', 'com-acme', 'acme', 'org.acme.shop', '', 'a..b'];
const WILD_VENDORS = ['*', '*.acme', 'com.*', '*.*', 'com.acme.*', 'com.acme.*.*', 'com.acme.*.shop', 'com.acme.*.*.*'];
const NAMES = ['event', 'e-v_e', 'e.v', '*', '', 'ev*', '**', 'e v'];
const VERSIONS = [
  '1-0-0',
  '1-0-1',
  '1-*-0',
  '*-*-*',
  '1-0-*',
  '12-34-56',
  '0-0-0',
  '01-0-0',
  '1-00-0',
  '1-0',
  '1-0-0-0',
  '1-2*-0',
];
const schemas = product(
  [...VENDORS, 'com.acme.shop.till'],
  ['event', 'e-v_e', 'e.v', '*', ''],
  ['1-0-0', '1-0-1', '1-0-12', '1-2-0', '12-34-56', '3-0-7', '0-0-0', '1-01-0', 'x-0-0', '*-*-*'],
);
const odd = [
  'com.acme/event/jsonschema/1-0-0',
  'iglu:com.acme/event/avro/1-0-0',
  'iglu:com.acme/event/*/1-0-0',
  ' iglu:com.acme/event/jsonschema/1-0-0',
  'iglu:com.acme/event/jsonschema/1-0-0\n',
  'iglu:com.acmé/event/jsonschema/1-0-0',
  '',
  '*',
];

test('the same rules are valid as with the peer', () => {
  const rules = [...product([...VENDORS, ...WILD_VENDORS], NAMES, VERSIONS), ...odd];
  assert.deepEqual(rules.filter(isRule), rules.filter(peer.isValidRule));
  assert.equal(rules.filter(isRule).length, 7 * 4 * 6);
});

test('the same rules match as with the peer where the vendor has no wildcard', () => {
  const rules = product(VENDORS, NAMES, VERSIONS).filter(isRule);
  let count = 0;
  for (const accept of rules) {
    for (const schema of [...schemas, ...odd]) {
      const isAdmitted = admits({ accept }, schema, false);
      assert.equal(isAdmitted, peerAdmits({ accept }, schema), `${accept} and ${schema}`);
      count += +isAdmitted;
    }
  }
  assert.ok(count > 100);
});

const rule = (vendor: string): string => `iglu:${vendor}/event/jsonschema/1-0-0`;

describe('a wildcard in the vendor matches one label, which it never does with the peer', () => {
  const rows: [accept: string, vendor: string, expected: boolean][] = [
    ['com.acme.*', 'com.acme.shop', true],
    ['com.acme.*', 'com.acme.x-y', true],
    ['com.acme.*', 'com.acme', false],
    ['com.acme.*', 'com.acme.shop.till', false],
    ['com.acme.*', 'com-acme.shop', false],
    ['com.acme.*.*', 'com.acme.shop.till', true],
    ['com.acme.*.*', 'com.acme.shop', false],
    ['com.acme.shop.*', 'com.acme.shop.till', true],
    ['com.acme.shop.*', 'com.acme.page.till', false],
  ];
  for (const [accept, vendor, expected] of rows) {
    test(`${accept} and ${vendor}: ${expected}`, () => {
      assert.equal(admits({ accept: rule(accept) }, rule(vendor), false), expected);
      assert.equal(peerAdmits({ accept: rule(accept) }, rule(vendor)), false);
    });
  }
});

describe('with the peer a rule is valid, though it can never match, if its vendor has labels with other signs', () => {
  for (const vendor of ['com.acme$shop', 'com.ac*', 'com.acme.sh*', 'com.acme/shop']) {
    test(vendor, () => {
      assert.equal(isRule(rule(vendor)), false);
      assert.equal(peer.isValidRule(rule(vendor)), true);
    });
  }
});

describe('a ruleset is valid with one member or two, if all its rules are', () => {
  const good = rule('com.acme');
  const bad = 'com.acme';
  const rows: [what: string, value: unknown, expected: boolean][] = [
    ['a text to accept', { accept: good }, true],
    ['a text to reject', { reject: good }, true],
    ['lists', { accept: [good, good], reject: [good] }, true],
    ['an empty list', { accept: [] }, true],
    ['another member', { accept: good, other: bad }, true],
    ['no member', {}, false],
    ['another member alone', { other: good }, false],
    ['an empty text', { accept: '' }, false],
    ['one bad rule', { accept: [good, bad] }, false],
    ['a bad rule to reject', { accept: good, reject: bad }, false],
    ['a list in a list', { accept: [[good]] }, false],
    ['a rule that is no text', { accept: [good, 1] }, false],
    ['an object for a list', { accept: {} }, false],
    ['a number', { accept: 0 }, false],
    ['a list for a ruleset', [good], false],
    ['a text for a ruleset', good, false],
    ['a function', () => good, false],
    ['null', null, false],
    ['undefined', undefined, false],
  ];
  for (const [what, value, expected] of rows) {
    test(`${what}: ${expected}`, () => {
      assert.equal(isRuleSet(value), expected);
      assert.equal(peer.isRuleSet(value), expected);
    });
  }

  test('a member that is undefined or null is as one that is missing, and not invalid as with the peer', () => {
    for (const none of [undefined, null]) {
      assert.equal(isRuleSet({ accept: good, reject: none }), true);
      assert.equal(isRuleSet({ accept: none, reject: good }), true);
      assert.equal(isRuleSet({ accept: none, reject: none }), false);
      assert.equal(peer.isRuleSet({ accept: good, reject: none }), false);
    }
    assert.equal(admits({ accept: good, reject: undefined }, good, false), true);
    assert.equal(admits({ accept: undefined, reject: good }, rule('com.other'), true), true);
  });
});

describe('what is accepted and not rejected is admitted', () => {
  const [mine, other] = [rule('com.acme'), rule('com.other')];
  const rows: [what: string, rules: RuleSet, schema: string, expected: boolean, rejectOnly: boolean][] = [
    ['accepted', { accept: mine }, mine, true, true],
    ['accepted by the second rule', { accept: [other, mine] }, mine, true, true],
    ['accepted, another rejected', { accept: mine, reject: other }, mine, true, true],
    ['accepted and rejected', { accept: mine, reject: [other, mine] }, mine, false, false],
    ['not accepted', { accept: other }, mine, false, false],
    ['neither', { accept: other, reject: other }, mine, false, false],
    ['only rejected', { reject: mine }, mine, false, false],
    ['not rejected', { reject: other }, mine, false, true],
    ['nothing to reject', { reject: [] }, mine, false, true],
    ['nothing to accept', { accept: [], reject: other }, mine, false, false],
    ['no schema', { reject: other }, '', false, false],
    ['no schema that it could be', { reject: other }, 'other', false, false],
  ];
  for (const [what, rules, schema, expected, rejectOnly] of rows) {
    test(`${what}: ${expected}${expected === rejectOnly ? '' : ', but with rejectOnlyAdmits'}`, () => {
      assert.equal(admits(rules, schema, false), expected);
      assert.equal(peerAdmits(rules, schema), expected);
      assert.equal(admits(rules, schema, true), rejectOnly);
    });
  }
});

test('a rule as long as a book is judged in no time, over which the peer would sit for ever', () => {
  assert.equal(isRule(rule('a'.repeat(1e6))), false);
  assert.equal(isRule(rule('a.'.repeat(1e5))), false);
  assert.equal(isRule(`iglu:com.acme${'.*'.repeat(1e5)}.x/event/jsonschema/1-0-0`), false);
  assert.equal(admits({ accept: rule('com.acme.*') }, rule('com.acme.' + 'a'.repeat(1e6)), false), true);
});
