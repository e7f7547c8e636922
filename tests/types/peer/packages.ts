// The peer's packages, which files of ours answer for each, and where the two differ on purpose.

const CORE = 'snowplow-core/index.ts';
const internal = 'no plugin takes it: it is how that package works inside';
const emitter = 'its emitter is not ours';

export interface PeerPackage {
  name: string;
  /** Files in js/src. The first that has a name counts. */
  files: readonly string[];
  /** Of which the functions are: the interface in a file of the face's types, or the module itself. */
  api: { interface: string; file: string } | { module: string };
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
    files: ['snowplow/types.ts'],
    api: { interface: 'SnowplowApi', file: 'snowplow/types.ts' },
    absent: {},
    different: {},
  },
  {
    name: '@snowplow/tracker-core',
    files: [CORE],
    api: { module: CORE },
    absent: {
      ...because(emitter, 'Emitter', 'EmitterConfiguration', 'newEmitter', 'newEventStorePayload'),
      ...because(emitter, 'InMemoryEventStoreConfiguration', 'newInMemoryEventStore'),
      ...because('a tracker has one; none is made apart', 'CoreConfiguration', 'trackerCore'),
      ...because(internal, 'GlobalContexts', 'globalContexts', 'PluginContexts', 'pluginContexts'),
      ...because(internal, 'getRuleParts', 'isValidRule', 'isValidRuleSetArg', 'isRuleSet', 'isRuleSetProvider'),
      ...because(internal, 'matchSchemaAgainstRule', 'matchSchemaAgainstRuleSet', 'validateVendor'),
      ...because(internal, 'validateVendorParts', 'isConditionalContextProvider', 'isContextCallbackFunction'),
      ...because(internal, 'isContextPrimitive', 'isFilterProvider', 'isSelfDescribingJson', 'isStringArray'),
    },
    different: { LOG_LEVEL: ['members differ', enumeration] },
  },
  {
    name: '@snowplow/browser-tracker-core',
    files: ['snowplow/tracker/types.ts', CORE],
    api: { module: CORE },
    absent: {
      ...because('trackers are made by `newTracker` of `piste/snowplow`', 'addTracker'),
      ...because(internal, 'createCrossDomainParameterValue', 'decorateQuerystring', 'findRootDomain', 'fixupDomain'),
      ...because(internal, 'fixupTitle', 'getReferrer'),
    },
    different: {},
  },
];
