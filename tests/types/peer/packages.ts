// The peer's packages, which files of ours answer for each, and where the two differ on purpose.

const internal = 'no plugin takes it: it is how that package works inside';
const emitter = 'its emitter is not ours';

export interface PeerPackage {
  name: string;
  /** Files in js/src/snowplow. The first that has a name counts. */
  files: readonly string[];
  /** The interface with its functions, and the file that has it. */
  api: readonly [name: string, file: string];
  /** Names that we do not have, and why. */
  absent: Readonly<Record<string, string>>;
  /** Types that are not quite the same: in what, and why. */
  different: Readonly<Record<string, readonly [verdict: string, reason: string]>>;
}

const because = (reason: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, reason]));

const enumeration = 'an enum there, and plain numbers here, which cost nothing: each passes for the other';

export const packages: readonly PeerPackage[] = [
  {
    name: '@snowplow/browser-tracker',
    files: ['types.ts'],
    api: ['SnowplowApi', 'types.ts'],
    absent: {},
    different: {},
  },
  {
    name: '@snowplow/tracker-core',
    files: ['tracker-core/types.ts', 'events/types.ts', 'emitter/types.ts'],
    api: ['TrackerCoreApi', 'plugin-api/types.ts'],
    absent: {
      ...because(emitter, 'Emitter', 'EmitterConfiguration', 'newEmitter', 'newEventStorePayload'),
      ...because(emitter, 'InMemoryEventStoreConfiguration', 'newInMemoryEventStore'),
      ...because('a tracker has one; none is made apart', 'CoreConfiguration', 'trackerCore'),
      ...because(internal, 'GlobalContexts', 'globalContexts', 'PluginContexts', 'pluginContexts'),
      ...because(internal, 'getRuleParts', 'isValidRule', 'isValidRuleSetArg', 'isRuleSet', 'isRuleSetProvider'),
      ...because(internal, 'matchSchemaAgainstRule', 'matchSchemaAgainstRuleSet', 'validateVendor'),
      ...because(internal, 'validateVendorParts', 'isConditionalContextProvider', 'isContextCallbackFunction'),
      ...because(internal, 'isContextPrimitive', 'isFilterProvider', 'isSelfDescribingJson', 'isStringArray'),
      ...because(internal, 'isJson', 'isNonEmptyJson'),
    },
    different: { LOG_LEVEL: ['members differ', enumeration] },
  },
  {
    name: '@snowplow/browser-tracker-core',
    files: ['tracker/types.ts', 'emitter/types.ts', 'tracker-core/types.ts', 'plugin-api/types.ts'],
    api: ['BrowserCoreApi', 'plugin-api/types.ts'],
    absent: {
      ...because(internal, 'createCrossDomainParameterValue', 'decorateQuerystring', 'findRootDomain', 'fixupDomain'),
      ...because(internal, 'fixupTitle', 'fromQuerystring', 'getReferrer', 'getTimeZone', 'isFunction', 'isInteger'),
      ...because(internal, 'isString', 'isValueInArray'),
    },
    different: {},
  },
];
