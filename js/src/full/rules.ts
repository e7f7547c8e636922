// Which events a ruleset lets have its entities: rules are schema URIs with wildcards (protocol facts, section 5.3).

/** Rules that an event's schema has to match, and such as it must not match: each a schema URI in which `*` may stand
 * for the name, for a number of the version, and for the last labels of the vendor from the third on. */
export type RuleSet = {
  accept?: string | readonly string[] | undefined;
  reject?: string | readonly string[] | undefined;
};

const RULE = /^iglu:[\w-]+(\.[\w-]+)+(\.\*)*\/([\w.-]+|\*)\/jsonschema\/([1-9]\d*|\*)-(0|[1-9]\d*|\*)-(0|[1-9]\d*|\*)$/;
const SCHEMA = /^iglu:[\w.-]+\/[\w-]+\/jsonschema\/[1-9]\d*-(0|[1-9]\d*)-(0|[1-9]\d*)$/;

const listOf = (rules: RuleSet['accept']): readonly string[] => [rules ?? []].flat();

/** Whether all its rules are valid; one of the two members is enough. Throws what a getter of `value` throws. */
export const isRuleSet = (value: unknown): value is RuleSet => {
  const { accept, reject } = { ...(value as RuleSet | null) };
  return (
    !!(accept ?? reject) &&
    [...listOf(accept), ...listOf(reject)].every((rule) => typeof rule === 'string' && RULE.test(rule))
  );
};

/** A wildcard is a whole label, name or number: nothing with a dot or slash. */
const isMatch = (rule: string, schema: string): boolean =>
  new RegExp(`^${rule.replace(/[.*]/g, (sign) => (sign === '.' ? '\\.' : '[\\w-]+'))}$`).test(schema);

/** Events without a schema of their own, as page views, are never admitted. `rejectOnlyAdmits`: rules that only reject
 * admit what they do not reject; else nothing, as in the Snowplow browser tracker. */
export const admits = ({ accept, reject }: RuleSet, schema: string, rejectOnlyAdmits: boolean): boolean => {
  const matches = (rules: RuleSet['accept']): boolean => listOf(rules).some((rule) => isMatch(rule, schema));
  return SCHEMA.test(schema) && (matches(accept) || (rejectOnlyAdmits && !accept)) && !matches(reject);
};
