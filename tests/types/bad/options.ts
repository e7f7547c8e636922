// Options that make no sense are mistakes already when the site is compiled.
import { createTracker } from 'piste';

const collector = 'https://collector.example';
createTracker(); // ERROR Expected 1 arguments
createTracker({}); // ERROR Property 'collector' is missing
createTracker({ collector: undefined }); // ERROR Type 'undefined' is not assignable to type 'string'
createTracker({ collector: new URL(collector) }); // ERROR Type 'URL' is not assignable to type 'string'
createTracker({ collector, colector: '' }); // ERROR 'colector' does not exist in type 'TrackerOptions'
createTracker({ collector, method: 'POST' }); // ERROR Type '"POST"' is not assignable
createTracker({ collector, storage: 'session' }); // ERROR Type '"session"' is not assignable
createTracker({ collector, identity: 'cookies' }); // ERROR Type '"cookies"' is not assignable
createTracker({ collector, identity: true }); // ERROR Type 'true' is not assignable
createTracker({ collector, anonymous: 'user' }); // ERROR Type '"user"' is not assignable
createTracker({ collector, sessionEntity: 'yes' }); // ERROR Type 'string' is not assignable to type 'boolean
createTracker({ collector, sessionTimeoutSeconds: '5' }); // ERROR Type 'string' is not assignable to type 'number'
createTracker({ collector, userLifetimeSeconds: null }); // ERROR Type 'null' is not assignable to type 'number
createTracker({ collector, cookies: 'shop.example' }); // ERROR has no properties in common with type 'CookieOptions'
createTracker({ collector, cookies: { sameSite: 'lax' } }); // ERROR Type '"lax"' is not assignable
createTracker({ collector, cookies: { name: '_sp_' } }); // ERROR 'name' does not exist in type 'CookieOptions'
createTracker({ collector, onSession: (id: string) => void id }); // ERROR Type 'Session' is not assignable
createTracker({ collector, credentials: 'always' }); // ERROR Type '"always"' is not assignable
createTracker({ collector, appId: 5 }); // ERROR Type 'number' is not assignable to type 'string'
createTracker({ collector, appId: null }); // ERROR Type 'null' is not assignable
createTracker({ collector, base64: 1 }); // ERROR Type 'number' is not assignable to type 'boolean
createTracker({ collector, pagePings: true }); // ERROR is not assignable to type '{ minimumVisitSeconds: number;
createTracker({ collector, pagePings: { minimumVisitSeconds: 5 } }); // ERROR Property 'heartbeatSeconds' is missing
createTracker({ collector, batchWaitMs: '5' }); // ERROR Type 'string' is not assignable to type 'number'
createTracker({ collector, headers: { Authorization: undefined } }); // ERROR is not assignable to type 'string'
createTracker({ collector, onProblem: (text: string) => void text }); // ERROR Type 'Problem' is not assignable
createTracker({ collector, wasm: '/piste.wasm' }); // ERROR 'wasm' does not exist in type 'TrackerOptions'
createTracker({ collector });
