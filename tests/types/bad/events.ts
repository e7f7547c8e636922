// Events that the core would refuse, as far as types can tell.
import { createTracker } from 'piste';

const tracker = createTracker({ collector: 'https://collector.example' });
const schema = 'iglu:com.acme/step/jsonschema/1-0-0';

tracker.trackStructured(); // ERROR Expected 1 arguments
tracker.trackStructured({ category: 'cart' }); // ERROR Property 'action' is missing
tracker.trackStructured({ category: 'cart', action: undefined }); // ERROR Type 'undefined' is not assignable
tracker.trackStructured({ category: 'cart', action: 'add', value: '5' }); // ERROR Type 'string' is not assignable
tracker.trackStructured({ category: 'cart', action: 'add', title: 'x' }); // ERROR 'title' does not exist in type
tracker.trackPageView('Skis'); // ERROR has no properties in common
tracker.trackPageView({ page: 'Skis' }); // ERROR 'page' does not exist in type 'PageViewEvent'
tracker.trackPageView({ trueTimestamp: new Date() }); // ERROR Type 'Date' is not assignable to type 'number'
tracker.trackPageView({ context: [] }); // ERROR 'context' does not exist in type 'PageViewEvent'
tracker.trackSelfDescribing({ schema }); // ERROR Property 'data' is missing
tracker.trackSelfDescribing({ data: {} }); // ERROR Property 'schema' is missing
tracker.trackSelfDescribing({ event: { schema, data: {} } }); // ERROR 'event' does not exist in type
tracker.trackPageView({ entities: { schema, data: {} } }); // ERROR does not exist in type 'readonly
tracker.trackPageView({ entities: [{ data: {} }] }); // ERROR Property 'schema' is missing
tracker.trackPageView({ entities: [schema] }); // ERROR Type 'string' is not assignable to type 'SelfDescribingJson'
tracker.track({ type: 'click' }); // ERROR Type '"click"' is not assignable
tracker.track({ category: 'cart', action: 'add' }); // ERROR is not assignable to parameter of type 'TrackerEvent'
tracker.track({ type: 'structured', category: 'cart' }); // ERROR Property 'action' is missing
tracker.track({ type: 'page_view', category: 'cart' }); // ERROR 'category' does not exist in type
tracker.track({ type: 'page_ping', minX: '0' }); // ERROR Type 'string' is not assignable to type 'number'
tracker.trackPageView({});
