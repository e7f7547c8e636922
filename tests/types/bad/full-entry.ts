// What a site says wrong to the trackers and features of `piste/full`.
import {
  activityListener,
  createTracker,
  crossDomainLinks,
  erasure,
  fields,
  globalEntities,
  plugins,
  refusals,
  transactions,
} from 'piste/full';

const collector = 'https://collector.example';
const schema = 'iglu:com.acme/user/jsonschema/1-0-0';
createTracker({ collector, features: [globalEntities] }); // ERROR is not assignable to type 'Feature'
createTracker({ collector, features: [{}] }); // ERROR is missing in type '{}' but required in type 'Feature'
createTracker({ collector, features: fields() }); // ERROR Type 'FieldsFeature' is missing
erasure({ onReceipt: (receipt: string) => void receipt }); // ERROR Type 'ErasureReceipt' is not assignable
erasure({ purpose: 'marketing' }); // ERROR 'purpose' does not exist in type 'ErasureOptions'
createTracker({ collector, plugins: [] }); // ERROR 'plugins' does not exist in type 'FullOptions'
createTracker({ collector, pageViewIdBy: 'pathname' }); // ERROR Type '"pathname"' is not assignable
createTracker({ collector, retryStatusCodes: 500 }); // ERROR Type 'number' is not assignable
createTracker({ collector, firewall: true }); // ERROR Type 'true' is not assignable
createTracker({ collector, firewall: 'strict' }); // ERROR Type '"strict"' is not assignable
createTracker({ collector, firewall: { url: {} } }); // ERROR 'url' does not exist in type 'FirewallRules'
createTracker({ collector, firewall: { urls: { emails: 'masked' } } }); // ERROR Type '"masked"' is not assignable
createTracker({ collector, firewall: { urls: { parameters: ['token'] } } }); // ERROR is not assignable to type
createTracker({ collector, firewall: { texts: { fragment: 'drop' } } }); // ERROR 'fragment' does not exist
createTracker({ collector, onSession: (id: string) => void id }); // ERROR Type 'FullSession' is not assignable

const tracker = createTracker({ collector });
tracker.trackTransaction({}); // ERROR Property 'trackTransaction' does not exist on type 'FullTracker'
tracker.page.setUrl('/'); // ERROR Property 'setUrl' does not exist on type 'TrackerPage'
tracker.activity.setPings({ minimumVisitSeconds: 5 }); // ERROR Property 'heartbeatSeconds' is missing
tracker.configure({ namespace: 'other' }); // ERROR 'namespace' does not exist in type 'ChangeableOptions'
tracker.configure({ identity: 'cookies' }); // ERROR Type '"cookies"' is not assignable
tracker.trackPageView({ furtherEntities: [] }); // ERROR Type 'never[]' is not assignable

globalEntities().add({ schema, data: {} }); // ERROR is not assignable to type 'GlobalEntity'
globalEntities([[{ except: schema }, { schema, data: {} }]]); // ERROR 'except' does not exist
globalEntities([[() => true]]); // ERROR Type '[() => true]' is not assignable
globalEntities().remove('user'); // ERROR is not assignable to parameter of type
plugins({ contexts: () => [] }); // ERROR 'contexts' does not exist in type 'Plugin'
plugins({ entities: () => [{ schema }] }); // ERROR Property 'data' is missing
crossDomainLinks({ user: true }); // ERROR 'user' does not exist in type 'LinkDetails'
refusals(true); // ERROR has no properties in common with type 'RefusalSigns'
activityListener(() => {}); // ERROR Expected 2 arguments
transactions().track({ orderId: 'o' }); // ERROR Property 'total' is missing
transactions().trackItem({ orderId: 'o', sku: 's', price: '5' }); // ERROR Type 'string' is not assignable
tracker.close();
