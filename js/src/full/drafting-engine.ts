// The core as the full piste.wasm: an engine that also makes drafts, which plugins change before they are taken.
import type { Status } from '../constants.ts';
import type { Engine } from '../engine.ts';
import type { WasmExports } from '../engine-wasm.ts';
import { createWasmEngine } from '../engine-wasm.ts';

/** The exports that only the full piste.wasm has. */
export interface RareExports extends WasmExports {
  piste_draft: WasmExports['piste_track'];
  piste_commit: WasmExports['piste_restore'];
}

export interface DraftingEngine extends Engine {
  /** As track(), but the event waits for {@link commit}. Its payload is the text `Field.Draft`. */
  draft: Engine['track'];
  commit(payload: string): Status;
}

/** Makes a tracker in an instance, as createWasmEngine() does. */
export const createDraftingEngine = (wasm: RareExports): DraftingEngine => {
  // piste_draft() takes what piste_track() takes, and piste_commit() what piste_restore() does: so the engine that the
  // default entry has, too, writes their arguments.
  let isRare = false;
  /* eslint-disable @typescript-eslint/naming-convention, @typescript-eslint/unbound-method -- exports of the wasm */
  const engine = createWasmEngine({
    ...wasm,
    piste_track: (...values) => (isRare ? wasm.piste_draft : wasm.piste_track)(...values),
    piste_restore: (...values) => (isRare ? wasm.piste_commit : wasm.piste_restore)(...values),
  });
  /* eslint-enable @typescript-eslint/naming-convention, @typescript-eslint/unbound-method */
  const rarely = (call: () => Status): Status => {
    isRare = true;
    try {
      return call();
    } finally {
      isRare = false;
    }
  };
  return {
    ...engine,
    draft: (...event) => rarely(() => engine.track(...event)),
    commit: (payload) => rarely(() => engine.restore(payload)),
  };
};
