// Which members a case may have: a misspelt one would otherwise be ignored, and prove nothing.

/** @typedef {Record<string, any>} Json */

const anyStep = ['at', 'wall_ms', 'entropy', 'tracker', 'moment', 'expect'];
const anyEvent = ['entities', 'true_ms', 'device_ms', 'priority', 'purpose', 'guarded', 'buffer', 'times'];

/** The members of each call beside those of any step. @type {Readonly<Record<string, readonly string[]>>} */
const calls = {
  set: [],
  track: anyEvent,
  draft: anyEvent.filter((name) => name !== 'times'),
  commit: [],
  guard: [],
  refuse: [],
  restore: [],
  signal: [],
  set_activity: [],
  next: ['stored', 'probe', 'drafts'],
  done: ['outcome', 'retry_after_ms'],
  stats: [],
  read: [],
  restart: [],
  hash: [],
};

/** @type {Readonly<Record<string, readonly string[]>>} */
const eventFields = {
  PAGE_VIEW: ['title'],
  STRUCTURED: ['category', 'action', 'label', 'property', 'value'],
  SELF_DESCRIBING: ['schema', 'data'],
  PAGE_PING: ['title', 'least_x', 'greatest_x', 'least_y', 'greatest_y'],
  TRANSACTION: ['order', 'affiliation', 'total', 'tax', 'shipping', 'city', 'state', 'country', 'currency'],
  TRANSACTION_ITEM: ['order', 'sku', 'name', 'category', 'price', 'quantity', 'currency'],
};

/** @type {Readonly<Record<string, readonly string[]>>} */
const actions = {
  wait: ['wait'],
  erase: ['erase', 'row', 'payload', 'kind', 'taken', 'why', 'outcome'],
  store: ['store', 'row', 'payload', 'kind', 'taken', 'lasting'],
  set_state: ['set_state', 'value', 'max_age_s'],
  draft: ['draft', 'payload'],
  send: ['send', 'url', 'body', 'payloads', 'query', 'events', 'bytes', 'anonymous', 'keepalive', 'timeout_ms'],
};

/** Actions without parts. */
const bareActions = ['idle', 'claim_probe', 'yield_probe', 'session'];

/** Calls whose answer has no default. */
const answered = ['draft', 'next', 'stats', 'set_activity', 'guard', 'read', 'restore', 'hash'];

/** @type {(object: Json, allowed: readonly string[], what: string) => string[]} */
const unknown = (object, allowed, what) =>
  Object.keys(object)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${what}: no member "${key}" is known`);

/** @param {Json | string} action @param {string} what */
function actionFaults(action, what) {
  if (typeof action === 'string') return bareActions.includes(action) ? [] : [`${what}: "${action}" is no action`];
  const name = Object.keys(actions).find((one) => action[one] !== undefined);
  if ((action.kind ?? action.taken) !== undefined && action.payload === undefined)
    return [`${what}: a kind or a time without a payload`];
  return name === undefined ? [`${what}: not an action`] : unknown(action, actions[name] ?? [], `${what}, ${name}`);
}

/** The words that members of a step may have. @type {Readonly<Record<string, readonly string[]>>} */
const words = { stored: ['OK', 'FAILED', 'LATER'], probe: ['GRANTED', 'LATER'], drafts: ['COMMITTED', 'LEFT'] };

/** @type {(step: Json, what: string) => string[]} */
const wordFaults = (step, what) =>
  Object.entries(words)
    .filter(([member, known]) => step[member] !== undefined && !known.includes(step[member]))
    .map(([member]) => `${what}: ${member} cannot be "${step[member]}"`);

/** @param {Json} step @param {string} what */
function stepFaults(step, what) {
  const named = Object.keys(calls).filter((call) => step[call] !== undefined);
  const [call] = named;
  if (call === undefined || named.length > 1) return [`${what}: ${named.length} calls`];
  const own = [call, ...(calls[call] ?? []), ...(eventFields[step.track ?? step.draft] ?? [])];
  const missing = (answered.includes(call) || step.times !== undefined) && step.expect === undefined;
  const inActions = call === 'next' && Array.isArray(step.expect) ? step.expect : [];
  return [
    ...unknown(step, [...anyStep, ...own], `${what}, ${call}`),
    ...wordFaults(step, what),
    ...(missing ? [`${what}, ${call}: expects nothing`] : []),
    ...inActions.flatMap((/** @type {Json} */ action) => actionFaults(action, what)),
  ];
}

/** What is wrong with the form of a case file. @param {Json} file @returns {string[]} */
export function faults(file) {
  const found = unknown(file, ['about', 'needs', 'before', 'cases'], 'file');
  for (const one of file.cases) {
    found.push(...unknown(one, ['name', 'rule', 'steps'], one.name));
    if (!one.name || !one.rule) found.push(`${one.name}: has no name or no rule`);
    if (!one.steps.some((/** @type {Json} */ step) => step.expect !== undefined))
      found.push(`${one.name}: expects nothing`);
    const steps = [...(file.before ?? []), ...one.steps];
    found.push(...steps.flatMap((step, i) => stepFaults(step, `${one.name}, step ${i}`)));
  }
  return found;
}
