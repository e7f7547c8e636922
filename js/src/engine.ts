// What the glue needs of a core, whatever it runs on: the functions of piste.h, with strings and numbers.
import type { Action, EventKind, Field, Key, Signal, Status } from './constants.ts';

/** One tracker of the core. Times are those of a moment: wall clock and monotonic, in ms. */
export interface Engine {
  /** Of a scope: see piste_hash(). */
  readonly hash: (scope: string) => number;
  set(key: Key, value: string): Status;
  track(kind: EventKind, fields: readonly string[], wallMs: number, monoMs: number): Status;
  refuse(why: Status): Status;
  restore(row: string): Status;
  signal(kind: Signal): void;
  /** 1 if a page ping was tracked or is due, 2 if the other clock tells. Offsets: least x, greatest x, least y,
   * greatest y. */
  setActivity(activeMs: number, offsets: readonly [number, number, number, number]): number;
  next(): Action;
  number(field: Field): number;
  text(field: Field): string;
  /** The bytes of a text: valid until the next call. */
  bytes(field: Field): Uint8Array<ArrayBuffer>;
  done(id: number, outcome: number, retryAfterMs: number): Status;
}

/** What the core is to know, by key, as text. */
export type Facts = readonly (readonly [key: Key, value: string])[];

/** Makes an engine: at once if it can, else later. Calls `failed` if there will be none. */
export type EngineLoader = (ready: (engine: Engine) => void, failed: (cause: unknown) => void) => void;
