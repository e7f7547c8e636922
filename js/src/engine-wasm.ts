// The core as piste.wasm: one instance for each tracker.
import type { Action, EventKind, Field, Key, Signal } from './constants.ts';
import { ABI_VERSION, MAX_EVENT_BYTES, Status } from './constants.ts';
import type { Engine } from './engine.ts';
import type { MemoryExports } from './memory.ts';
import { openMemory, SIZE_BYTES } from './memory.ts';
import { monoNow, wallNow } from './ports/clock.ts';

/* eslint-disable @typescript-eslint/naming-convention -- the names are those of piste.h */
/** The exports of piste.wasm: piste.h, with pointers as numbers. */
export interface WasmExports extends MemoryExports {
  piste_abi_version(): number;
  piste_create(): number;
  piste_destroy(tracker: number): void;
  piste_hash(scope: number, size: number): number;
  piste_set(tracker: number, key: Key, text: number, size: number): Status;
  piste_track(tracker: number, kind: EventKind, buffer: number, size: number, now: number): Status;
  piste_refuse(tracker: number, why: Status): Status;
  piste_restore(tracker: number, row: number, size: number, now: number): Status;
  piste_signal(tracker: number, kind: Signal, now: number): Status;
  piste_set_activity(
    tracker: number,
    activeMs: number,
    leastX: number,
    greatestX: number,
    leastY: number,
    greatestY: number,
    now: number,
  ): number;
  piste_next(tracker: number, now: number): Action;
  piste_text(tracker: number, field: Field): number;
  piste_text_size(tracker: number, field: Field): number;
  piste_number(tracker: number, field: Field): number;
  piste_done(tracker: number, id: number, outcome: number, retryAfterMs: number, now: number): Status;
}
/* eslint-enable @typescript-eslint/naming-convention */

/** Makes a tracker in an instance. Throws if the wasm is not of this package's version, or has no memory. */
export const createWasmEngine = (wasm: WasmExports): Engine => {
  const tracker = wasm.piste_abi_version() === ABI_VERSION ? wasm.piste_create() : 0;
  if (!tracker) throw new RangeError('piste.wasm: no tracker');
  const memory = openMemory(wasm);
  const now = (): number => memory.moment(wallNow(), monoNow());
  const bytes = (field: Field): Uint8Array<ArrayBuffer> =>
    memory.view(wasm.piste_text(tracker, field), wasm.piste_text_size(tracker, field));
  /** Writes one text without its size; returns address and size. */
  const write = (text: string): [number, number] => {
    const size = memory.fields([text]) - SIZE_BYTES;
    return [memory.input() + SIZE_BYTES, size];
  };

  return {
    hash: (scope) => wasm.piste_hash(...write(scope)),
    set: (key, value) => wasm.piste_set(tracker, key, ...write(value)),
    track(kind, fields, wallMs, monoMs) {
      // UTF-8 is never shorter than UTF-16 units: this saves copying what the core would refuse.
      const units = fields.reduce((sum, field) => sum + field.length, 0);
      if (units > MAX_EVENT_BYTES) return wasm.piste_refuse(tracker, Status.TooLarge);
      const size = memory.fields(fields);
      return wasm.piste_track(tracker, kind, memory.input(), size, memory.moment(wallMs, monoMs));
    },
    refuse: (why) => wasm.piste_refuse(tracker, why),
    restore: (row) => wasm.piste_restore(tracker, ...write(row), now()),
    signal: (kind) => void wasm.piste_signal(tracker, kind, now()),
    setActivity: (activeMs, offsets) => wasm.piste_set_activity(tracker, activeMs, ...offsets, now()),
    next: () => wasm.piste_next(tracker, now()),
    number: (field) => wasm.piste_number(tracker, field),
    text: (field) => memory.text(wasm.piste_text(tracker, field), wasm.piste_text_size(tracker, field)),
    bytes,
    done: (id, outcome, retryAfterMs) => wasm.piste_done(tracker, id, outcome, retryAfterMs, now()),
  };
};
