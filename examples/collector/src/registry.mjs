// Holds the schemas: reads folders in Iglu's layout and tells what is wrong with an instance.
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Ajv } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

/** @typedef {import('ajv').ValidateFunction} ValidateFunction */
/** @typedef {{ first: ValidateFunction, all: () => ValidateFunction }} Validators */

/** @type {import('ajv').Options} */
const OPTIONS = { strict: false, ownProperties: true, logger: false, validateFormats: true };

// Both packages are CommonJS; TypeScript and Node disagree on where their default export is.
const Draft04 = /** @type {typeof import('ajv-draft-04').default} */ (/** @type {unknown} */ (AjvDraft04));
const addAllFormats = /** @type {import('ajv-formats').FormatsPlugin} */ (/** @type {unknown} */ (addFormats));

/** @param {typeof Draft04 | typeof Ajv} Compiler */
function compilers(Compiler) {
  const pair = { first: new Compiler(OPTIONS), all: new Compiler({ ...OPTIONS, allErrors: true }) };
  addAllFormats(pair.first);
  addAllFormats(pair.all);
  return pair;
}

/**
 * Iglu's own meta-schema is draft 4; a newer draft counts only where the schema names it.
 * @param {unknown} metaSchema
 */
const isNewerDraft = (metaSchema) => typeof metaSchema === 'string' && /draft-0[67]\/schema/.test(metaSchema);

/** @param {string} folder @returns {string[]} Files below it, in order, relative to it; no hidden ones. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** @param {string} file Path below the folder. @returns {string | null} The Iglu URI that the path stands for. */
function uriOfPath(file) {
  const match = /^([\w.-]+)\/([\w-]+)\/jsonschema\/(\d+-\d+-\d+)(?:\.json)?$/.exec(file.split(sep).join('/'));
  return match ? `iglu:${match[1]}/${match[2]}/jsonschema/${match[3]}` : null;
}

/** @param {unknown} self @param {string} uri */
function isAbout(self, uri) {
  if (typeof self !== 'object' || self === null) return true;
  const { vendor, name, format, version } = /** @type {Record<string, unknown>} */ (self);
  return `iglu:${vendor}/${name}/${format}/${version}` === uri;
}

export class Registry {
  /** @type {Map<string, Validators>} */
  #validators = new Map();
  #draft04 = compilers(Draft04);
  #draft07 = compilers(Ajv);

  /**
   * Adds all schemas of a folder; one that is there already is replaced.
   * @param {string} folder
   * @throws {Error} naming the file that cannot be used
   */
  addFolder(folder) {
    for (const file of filesBelow(folder)) {
      const uri = uriOfPath(file);
      if (!uri) continue;
      try {
        this.add(uri, JSON.parse(readFileSync(join(folder, file), 'utf8')));
      } catch (error) {
        throw new Error(`schema ${join(folder, file)}: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  /**
   * @param {string} uri
   * @param {Record<string, unknown>} document
   */
  add(uri, document) {
    const { $schema: metaSchema, self, ...schema } = document;
    if (!isAbout(self, uri)) throw new Error(`its "self" is not ${uri}`);
    const { first, all } = isNewerDraft(metaSchema) ? this.#draft07 : this.#draft04;
    /** @type {ValidateFunction | undefined} */
    let slow;
    this.#validators.set(uri, { first: first.compile(schema), all: () => (slow ??= all.compile(schema)) });
  }

  /** @param {string} uri */
  has(uri) {
    return this.#validators.has(uri);
  }

  uris() {
    return [...this.#validators.keys()];
  }

  /**
   * @param {string} uri Of a schema that is there.
   * @param {unknown} instance
   * @param {boolean} wantAll Collect every error: only for small instances.
   * @returns {string[]} Empty when the instance is valid.
   */
  errors(uri, instance, wantAll) {
    const validators = this.#validators.get(uri);
    if (!validators) return [`unknown schema ${uri}`];
    if (validators.first(instance)) return [];
    const validate = wantAll ? validators.all() : validators.first;
    if (wantAll) validate(instance);
    return (validate.errors ?? []).map(describe);
  }
}

/** @param {import('ajv').ErrorObject} error */
function describe({ instancePath, message, keyword, params }) {
  const place = instancePath === '' ? '' : `${instancePath} `;
  if (keyword === 'additionalProperties') return `${place}must not have the property "${params.additionalProperty}"`;
  if (keyword === 'enum') return `${place}must be one of ${JSON.stringify(params.allowedValues)}`;
  if (keyword === 'pattern' && params.pattern.startsWith('^iglu:')) return `${place}is not an Iglu URI`;
  return `${place}${message}`;
}
