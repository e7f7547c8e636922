// Decides what each option of the collector is when it is not given, and refuses what makes no sense.

/**
 * @typedef {object} CollectorOptions
 * @property {number | undefined} [port] 0 (the default) takes any free port.
 * @property {string | undefined} [host] Default `127.0.0.1`: nobody else on the network can reach it.
 * @property {string[] | undefined} [schemas] Folders with further schemas, `<vendor>/<name>/jsonschema/<version>`.
 * @property {boolean | undefined} [allowUnknownSchemas] Take data whose schema is not there. Default false: it is bad.
 * @property {string[] | undefined} [postPaths] Further POST paths. `/:vendor/:version` is always there.
 * @property {number | undefined} [keep] How many good and how many bad events are kept. Default 10000.
 * @property {number | undefined} [keepBytes] And at most so many bytes of each. Default 64 MiB.
 * @property {number | undefined} [maxBodyBytes] Larger requests are answered 413. Default 5 MiB.
 * @property {boolean | undefined} [secureCookie] `Secure; SameSite=None` instead of `SameSite=Lax`. Default false.
 */

/** @typedef {{ [K in keyof CollectorOptions]-?: NonNullable<CollectorOptions[K]> }} Settings */

const MIB = 1024 * 1024;

/** @param {string} name @param {number} value @param {number} least @param {number} most */
function requireWhole(name, value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}`);
  }
}

/**
 * @param {CollectorOptions} options
 * @returns {Settings}
 */
export function settingsFrom(options) {
  const settings = {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    schemas: options.schemas ?? [],
    allowUnknownSchemas: options.allowUnknownSchemas ?? false,
    postPaths: options.postPaths ?? [],
    keep: options.keep ?? 10_000,
    keepBytes: options.keepBytes ?? 64 * MIB,
    maxBodyBytes: options.maxBodyBytes ?? 5 * MIB,
    secureCookie: options.secureCookie ?? false,
  };
  requireWhole('port', settings.port, 0, 65_535);
  requireWhole('keep', settings.keep, 1, 1_000_000);
  requireWhole('keepBytes', settings.keepBytes, 1, 1024 * MIB);
  requireWhole('maxBodyBytes', settings.maxBodyBytes, 1, 256 * MIB);
  for (const path of settings.postPaths) {
    if (!path.startsWith('/')) throw new RangeError(`a POST path begins with a slash: ${path}`);
  }
  return settings;
}
