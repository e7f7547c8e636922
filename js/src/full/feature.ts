// What a feature is inside: what it does to a tracker that it is given to.
import { Status } from '../constants.ts';
import type { FullHost } from './full-host.ts';
import type { Feature } from './types.ts';

/** A feature as its tracker sees it. */
export interface FeatureOf extends Feature {
  /** Called once for each tracker, before its engine is made. */
  attach(host: FullHost): unknown;
}

type Call = (...values: unknown[]) => unknown;

/** Makes a feature, with the functions that the site calls: what throws in one of them is told to `onProblem` of its
 * trackers (102, during `features`), and not thrown into the page. `hosts` are those of its trackers, from `attach`
 * on. */
export const featureOf = <T extends object>(
  attach: FeatureOf['attach'],
  functions: T = {} as T,
  hosts: FullHost[] = [],
): T & Feature => {
  const harmless = Object.entries(functions).map(([name, call]: [string, Call]) => [
    name,
    (...values: unknown[]): unknown => {
      try {
        return call(...values);
      } catch (cause) {
        for (const { site } of hosts) site.report(Status.InvalidValue, 'features', cause);
        return undefined;
      }
    },
  ]);
  return {
    ...(Object.fromEntries(harmless) as T),
    attach(host: FullHost) {
      hosts.push(host);
      attach(host);
    },
  } as unknown as T & Feature;
};
