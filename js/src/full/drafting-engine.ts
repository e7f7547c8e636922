// The core as the full piste.wasm: an engine that also makes drafts, which plugins change before they are taken.
import type { Status } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { WasmExports } from '../engine-wasm.ts';
import { createWasmEngine } from '../engine-wasm.ts';

/** The exports that only the full piste.wasm has. */
export interface RareExports extends WasmExports {
  piste_draft: WasmExports['piste_track'];
  piste_commit: WasmExports['piste_restore'];
  // eslint-disable-next-line @typescript-eslint/naming-convention -- the name is that of piste.h
  piste_guard: (tracker: number, purposes: number, size: number) => number;
}

export interface DraftingEngine extends Engine {
  /** As track(), but the event waits for {@link commit}. Its payload is the text `Field.Draft`. */
  draft: Engine['track'];
  commit(payload: string): Status;
  /** Whether an entity that needs these purposes may be added to the draft, which then needs them, too. */
  guard(purposes: string): boolean;
}

/** Makes a tracker in an instance, as createWasmEngine() does. */
export const createDraftingEngine = (wasm: RareExports): DraftingEngine => {
  // piste_draft() takes what piste_track() takes, and piste_commit() and piste_guard() what piste_restore() does, which
  // is one more than the last needs: so the engine that the default entry has, too, writes their arguments.
  const { piste_draft: draft, piste_commit: commit, piste_guard: guard } = wasm;
  let rare: typeof commit | undefined;
  /* eslint-disable @typescript-eslint/naming-convention, @typescript-eslint/unbound-method -- exports of the wasm */
  const engine = createWasmEngine({
    ...wasm,
    piste_track: (...values) => (rare ? draft : wasm.piste_track)(...values),
    piste_restore: (...values) => (rare ?? wasm.piste_restore)(...values),
  });
  /* eslint-enable @typescript-eslint/naming-convention, @typescript-eslint/unbound-method */
  const rarely = (called: typeof commit, call: () => Status): Status => {
    rare = called;
    try {
      return call();
    } finally {
      rare = undefined;
    }
  };
  return {
    ...engine,
    draft: (...event) => rarely(commit, () => engine.track(...event)),
    commit: (payload) => rarely(commit, () => engine.restore(payload)),
    guard: (purposes) => Boolean(rarely(guard, () => engine.restore(purposes))),
  };
};
