// A tracker has these members and no others, and of the package only the entries can be imported.
import * as piste from 'piste';
import type { Host } from 'piste'; // ERROR has no exported member 'Host'
import type { Tracker } from 'piste/dist/types.js'; // ERROR Cannot find module 'piste/dist/types.js'
import { createDriver } from 'piste/src/driver.ts'; // ERROR Cannot find module 'piste/src/driver.ts'

const tracker = piste.createTracker({ collector: 'https://collector.example' });

tracker.setUserId(); // ERROR Expected 1 arguments
tracker.setUserId(5); // ERROR Argument of type 'number' is not assignable
tracker.newSession('mine'); // ERROR Expected 0 arguments
tracker.setAnonymous(); // ERROR Expected 1 arguments
tracker.setAnonymous('user'); // ERROR Argument of type '"user"' is not assignable
tracker.forgetVisitor(true); // ERROR has no properties in common with type
tracker.forgetVisitor({ users: true }); // ERROR 'users' does not exist in type
const sessionId: string = tracker.session().sessionId; // ERROR Object is possibly 'undefined'
tracker.trackClick({}); // ERROR Property 'trackClick' does not exist on type 'Tracker'
tracker.flush().delivered; // ERROR Property 'delivered' does not exist on type 'Promise<Stats>'
tracker.stats().lost; // ERROR Property 'lost' does not exist on type 'Stats'
const rejected: number = tracker.stats().rejected['400']; // ERROR Type 'number | undefined' is not assignable
if (tracker.stats().engine === 'js') tracker.close(); // ERROR have no overlap
const later: Promise<void> = tracker.trackPageView(); // ERROR Type 'void' is not assignable
piste.version = '9'; // ERROR Cannot assign to 'version'
tracker.close();
