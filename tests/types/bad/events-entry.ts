// Data that the schemas of the built-in events would refuse, as far as types can tell.
import { createTracker } from 'piste';
import { adClick, changeForm, consentWithdrawn, linkClick, siteSearch, submitForm } from 'piste/events';

const tracker = createTracker({ collector: 'https://collector.example' });
tracker.trackSelfDescribing(linkClick({ targetUrl: 't' }));
tracker.trackSelfDescribing(linkClick); // ERROR is not assignable to parameter of type

linkClick(); // ERROR Expected 1-2 arguments
linkClick({}); // ERROR Property 'targetUrl' is missing
linkClick({ targetUrl: null }); // ERROR Type 'null' is not assignable to type 'string'
linkClick({ targetUrl: 't', url: 't' }); // ERROR 'url' does not exist in type
linkClick({ targetUrl: 't', elementClasses: 'a b' }); // ERROR Type 'string' is not assignable to type
linkClick({ targetUrl: 't' }, { context: [] }); // ERROR 'context' does not exist in type 'EventOptions'
adClick({ targetUrl: 't', costModel: 'cpx' }); // ERROR Type '"cpx"' is not assignable
changeForm({ formId: 'f', elementId: 'e', nodeName: 'DIV', value: null }); // ERROR Type '"DIV"' is not assignable
changeForm({ formId: 'f', elementId: 'e', nodeName: 'INPUT' }); // ERROR Property 'value' is missing
siteSearch({ terms: 'skis' }); // ERROR Type 'string' is not assignable to type
submitForm({ formId: 'f', elements: [{ name: 'n' }] }); // ERROR is missing the following properties
consentWithdrawn({ id: '1', version: '2' }); // ERROR Property 'all' is missing
