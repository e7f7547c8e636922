// The entry for sites that serve piste.wasm themselves: the same tracker, and where the wasm is.
import { createTracker as createDefault, type Tracker } from 'piste';
import { createTracker, version, type WasmTrackerOptions } from 'piste/wasm';

const collector = 'https://collector.example';
const compiled: Promise<WebAssembly.Module> = WebAssembly.compileStreaming(fetch('/assets/piste.wasm'));

export const trackers: Tracker[] = [
  createTracker({ collector, wasm: '/assets/piste.wasm' }),
  createTracker({ collector, wasm: new URL('https://shop.example/piste.wasm'), appId: 'shop' }),
  createTracker({ collector, wasm: compiled, onProblem: ({ code }) => void code }),
  createDefault({ collector, credentials: 'include' satisfies RequestCredentials }),
];
export const options: WasmTrackerOptions = { collector, wasm: '/piste.wasm' };
export const named: string = version;
