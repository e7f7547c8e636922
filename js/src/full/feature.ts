// What a feature is inside: what it does to a tracker that it is given to.
import type { FullHost } from './full-host.ts';
import type { Feature } from './types.ts';

/** A feature as its tracker sees it. */
export interface FeatureOf extends Feature {
  /** Called once for each tracker, before its engine is made. */
  attach(host: FullHost): unknown;
}

/** Makes a feature, with the functions that the site calls. */
export const featureOf = <T extends object>(attach: FeatureOf['attach'], functions: T = {} as T): T & Feature =>
  ({ ...functions, attach }) as unknown as T & Feature;
