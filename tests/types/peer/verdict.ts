// How a type of ours compares with the peer's of the same name.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Which members there are, which may be left out, which are read-only, and how many parameters each function takes. */
type Frame<T> = { [K in keyof T]: NonNullable<T[K]> extends (...args: infer P) => unknown ? P['length'] : 1 };

/** An interface does not pass for a record, an alias does. */
type IsRecord<T> = T extends Record<string, unknown> ? true : false;

/** Assignability alone would not miss a member that may be left out. */
export type Verdict<Peer, Ours> = [Peer] extends [Ours]
  ? [Ours] extends [Peer]
    ? Same<Frame<Peer>, Frame<Ours>> extends true
      ? Same<IsRecord<Peer>, IsRecord<Ours>> extends true
        ? 'same'
        : 'one is a record'
      : 'members differ'
    : 'ours is refused by the peer'
  : 'the peer is refused by ours';

/** Does not compile with any other verdict than the expected. */
export type Expect<Expected extends string, Found extends Expected> = Found;
