// The collector's own schemas give the same verdicts as the published ones, where these are at hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SCHEMAS } from '../../examples/collector/src/collector.mjs';
import { Registry } from '../../examples/collector/src/registry.mjs';
import { FULL, variations } from './instances.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CENTRAL = join(ROOT, '../shared/iglu-central/schemas');
const skip = existsSync(CENTRAL) ? false : 'the published schemas are not beside this checkout';
const VENDOR = 'com.snowplowanalytics.snowplow';

/** @param {string} folder @param {string} file */
const read = (folder, file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** The members that a schema names at its top, or in its items. @param {any} schema @returns {string[]} */
const membersOf = (schema) => Object.keys(schema.properties ?? schema.items?.properties ?? {});

for (const [title, full] of Object.entries(FULL)) {
  test(`${title} agrees with the published schema`, { skip }, () => {
    const [name, version] = title.split(' ');
    const file = `${VENDOR}/${name}/jsonschema/${version}`;
    const uri = `iglu:${file}`;
    const [own, published] = [SCHEMAS, CENTRAL].map((folder) => {
      const registry = new Registry();
      const schema = read(folder, file);
      registry.add(uri, schema);
      return {
        schema,
        isValid: (/** @type {unknown} */ instance) => registry.errors(uri, instance, false).length === 0,
      };
    });
    assert.ok(own && published);
    const members = [...new Set([...membersOf(own.schema), ...membersOf(published.schema)])];
    const verdicts = { valid: 0, invalid: 0 };
    for (const instance of [full, ...variations(full, members)]) {
      const expected = published.isValid(instance);
      verdicts[expected ? 'valid' : 'invalid']++;
      const shown = JSON.stringify(instance).slice(0, 300);
      assert.equal(
        own.isValid(instance),
        expected,
        `the published schema says ${expected ? 'valid' : 'invalid'}: ${shown}`,
      );
    }
    assert.ok(verdicts.valid > 0 && verdicts.invalid > 20, JSON.stringify(verdicts));
  });
}
