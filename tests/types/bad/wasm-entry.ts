// The entry piste/wasm needs to know where the wasm is.
import { createTracker } from 'piste/wasm';
import bytes from 'piste/piste.wasm'; // ERROR Cannot find module 'piste/piste.wasm'

const collector = 'https://collector.example';
createTracker({ collector }); // ERROR Property 'wasm' is missing
createTracker({ wasm: '/piste.wasm' }); // ERROR Property 'collector' is missing
createTracker({ collector, wasm: new Uint8Array(5) }); // ERROR not assignable to type 'string | URL | Promise<Module>'
createTracker({ collector, wasm: { url: '/piste.wasm' } }); // ERROR 'url' does not exist in type
createTracker({ collector, wasm: '/piste.wasm' });
