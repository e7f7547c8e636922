// Makes an instance out of the bytes of piste.wasm.
import { createWasmEngine } from './engine-wasm.ts';
import type { Engine, EngineLoader } from './engine.ts';

/** Loads an engine: within the call where the browser allows that for a module of this size, else later. */
export const loadFrom =
  (readBytes: () => Uint8Array<ArrayBuffer>, create: (wasm: never) => Engine = createWasmEngine): EngineLoader =>
  (ready, failed) => {
    const open = (instance: WebAssembly.Instance): void => ready(create(instance.exports as never));
    try {
      const bytes = readBytes();
      let instance: WebAssembly.Instance;
      try {
        instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
      } catch (cause) {
        // Chromium before 115 allows only 4 KB here. Anything else, as a policy that forbids wasm, is final.
        if (!(cause instanceof RangeError)) throw cause;
        return void WebAssembly.instantiate(bytes)
          .then((result) => open(result.instance))
          .catch(failed);
      }
      open(instance);
    } catch (cause) {
      failed(cause);
    }
  };
