// Mistakes in options that the core cannot see. Only in the development entry: texts are bytes.
import { attempt } from '../ports/local-rows.ts';
import type { JoinableConsent } from '../consent/rules.ts';
import type { FeatureOf } from './feature.ts';
import type { FullOptions } from './types.ts';

type Check = readonly [is: (value: unknown) => boolean, what: string];

const isOneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);
const isWhole = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const TEXT: Check = [(value) => typeof value === 'string', 'a text'];
const SWITCH: Check = [(value) => typeof value === 'boolean', 'true or false'];
const COUNT: Check = [isWhole, 'a whole number above 0'];
const FUNCTION: Check = [(value) => typeof value === 'function', 'a function'];
const STATUSES: Check = [(value) => Array.isArray(value) && value.every(isWhole), 'a list of HTTP statuses'];
const OBJECT: Check = [(value) => typeof value === 'object', 'an object'];
const LIST: Check = [(value) => Array.isArray(value), 'a list'];

const isFeature = (value: unknown): boolean => typeof (value as Partial<FeatureOf> | null)?.attach === 'function';
const isConsent = (value: unknown): boolean => typeof (value as Partial<JoinableConsent> | null)?.join === 'function';
const isEntity = (value: unknown): boolean => typeof (value as { schema?: unknown } | null)?.schema === 'string';

const isFirewall = (value: unknown): boolean =>
  isOneOf('safe', 'off')(value) || (typeof value === 'object' && value !== null && !Array.isArray(value));

/** What an option is to be. Those without a check the core checks. */
const OPTIONS: Readonly<Record<keyof FullOptions, Check | undefined>> = {
  collector: undefined,
  appId: TEXT,
  namespace: TEXT,
  platform: TEXT,
  method: undefined,
  postPath: undefined,
  base64: SWITCH,
  serverAnonymisation: SWITCH,
  webPage: SWITCH,
  pagePings: OBJECT,
  storage: [isOneOf('local', 'memory'), '"local" or "memory"'],
  identity: undefined,
  anonymous: [isOneOf(true, false, 'session'), 'true, false or "session"'],
  sessionEntity: SWITCH,
  sessionTimeoutSeconds: undefined,
  userLifetimeSeconds: undefined,
  cookies: OBJECT,
  credentials: [isOneOf('include', 'same-origin', 'omit'), '"include", "same-origin" or "omit"'],
  headers: OBJECT,
  maxBatchBytes: undefined,
  batchWaitMs: undefined,
  requestTimeoutMs: undefined,
  onProblem: FUNCTION,
  onDelivered: FUNCTION,
  onDropped: FUNCTION,
  onSession: FUNCTION,
  onRetry: FUNCTION,
  features: [(value) => Array.isArray(value) && value.every(isFeature), 'a list of features, each made by a call'],
  consent: [isConsent, 'made by createConsent() of piste/consent'],
  firewall: [isFirewall, '"safe", "off" or an object of rules'],
  entities: [(value) => LIST[0](value) && (value as unknown[]).every(isEntity), 'a list of entities'],
  appVersion: TEXT,
  pageViewIdBy: [isOneOf('path', 'query', 'hash'), '"path", "query" or "hash"'],
  keepActivity: SWITCH,
  minBatchEvents: COUNT,
  retryFailedRequests: SWITCH,
  retryStatusCodes: STATUSES,
  dontRetryStatusCodes: STATUSES,
};

/** A sentence for each. */
export const mistakesIn = (options: FullOptions | undefined): string[] =>
  attempt(() => Object.entries({ ...options }), []).flatMap(([name, value]) => {
    if (!Object.hasOwn(OPTIONS, name)) return [`There is no option ${name}.`];
    const check = OPTIONS[name as keyof FullOptions];
    if (value === undefined || !check || attempt(() => check[0](value), false)) return [];
    return [`The option ${name} must be ${check[1]}.`];
  });
