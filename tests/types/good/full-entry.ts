// The entry with the full core: the default tracker in full, and every feature as a site uses it.
import { createTracker as createDefault, type Tracker } from 'piste';
import { createConsent } from 'piste/consent';
import { trackPageViews } from 'piste/page-views';
import {
  activityListener,
  activityMetrics,
  browserEntity,
  createTracker,
  crossDomainLinks,
  erasure,
  eventStore,
  fields,
  globalEntities,
  pageAddress,
  plugins,
  queryLimit,
  refusals,
  requests,
  snowplowQueue,
  transactions,
  version,
  type Activity,
  type EntityCondition,
  type ErasureReceipt,
  type EventStore,
  type Feature,
  type FirewallAction,
  type FirewallRules,
  type FullOptions,
  type FullSession,
  type FullStats,
  type FullTracker,
  type GlobalEntity,
  type Plugin,
  type Session,
  type TrackerOptions,
} from 'piste/full';

const common: TrackerOptions = { collector: 'https://collector.example', identity: 'local', sessionEntity: true };
export const trackers: Tracker[] = [createTracker(common), createDefault(common)];
export const named: string = version;

const schema = 'iglu:com.acme/user/jsonschema/1-0-0';
const onlyViews: EntityCondition = (event) => event?.eventType === 'pv';
const held: GlobalEntity[] = [
  { schema, data: {} },
  () => ({ schema, data: {} }),
  (event) => [{ schema, data: { of: event?.eventSchema } }],
  [onlyViews, { schema, data: {} }],
  [{ reject: 'iglu:com.acme/*/jsonschema/1-*-*' }, [() => undefined, { schema, data: {} }]],
];
const entities = globalEntities({ user: { schema, data: {} } });
entities.add(held);
entities.add({ user: () => undefined });
entities.remove(['user', { schema, data: {} }]);
entities.clear();

const plugin: Plugin = {
  entities: () => [{ schema, data: {} }],
  beforeTrack: ({ payload, setField, addEntity }) => {
    if (payload['e'] === 'se') setField('se_la', 'x');
    addEntity({ schema, data: {} });
  },
  filter: ({ e }) => e !== 'pp',
  afterTrack: ({ eid }) => void eid,
};
const own = plugins(plugin);
const remove: () => void = own.add({});
remove();

const store: EventStore = {
  add: ({ payload, svrAnon }) => Promise.resolve([payload['eid'], svrAnon]),
  removeHead: () => {},
  iterator: () => ({ next: () => Promise.resolve({ value: undefined, done: true }) }),
};
const address = pageAddress({ preserveReferrer: true });
const links = crossDomainLinks({ reason: ({ type }) => type, userId: true });
const orders = transactions();
const visits = activityListener(({ maxY, counts }: Activity) => void [maxY, counts?.clicks], {
  minimumVisitSeconds: 5,
  heartbeatSeconds: 5,
});
const signs = refusals({ optOutCookie: 'no', respectDoNotTrack: true, respectGlobalPrivacyControl: true });
const all: Feature[] = [entities, own, address, links, orders, visits, signs, browserEntity(), activityMetrics()];

const options: FullOptions = {
  ...common,
  features: [
    ...all,
    fields({ ip: '192.0.2.1' }),
    queryLimit(2000),
    snowplowQueue('sp'),
    eventStore(store),
    requests({ fetch, onRequestFailure: ({ willRetry, status }) => void [willRetry, status] }),
  ],
  appVersion: '2.4.1',
  entities: [{ schema, data: {} }],
  pageViewIdBy: 'path',
  keepActivity: true,
  minBatchEvents: 5,
  retryFailedRequests: true,
  retryStatusCodes: [403],
  dontRetryStatusCodes: [500],
  onSession: ({ previousSessionId, firstEventMs }) => void [previousSessionId, firstEventMs],
};
const tracker: FullTracker = createTracker(options);
export const visitor: FullSession | undefined = tracker.session();
export const known: Session | undefined = visitor;

tracker.trackPageView({ title: 'Skis', furtherEntities: () => [{ schema, data: {} }] });
tracker.track({ type: 'page_view', furtherEntities: () => [] });
tracker.track({ type: 'structured', category: 'c', action: 'a' });
tracker.page.setTitle('Skis');
tracker.page.keepViewId();
tracker.activity.setPings({ minimumVisitSeconds: 5, heartbeatSeconds: 5 });
tracker.activity.setPings(undefined);
tracker.activity.mark();
tracker.configure({ identity: 'cookie', cookies: { path: '/' }, entities: undefined });
export const texts: string[] = [tracker.page.viewId(), tracker.identityNames().user, tracker.tabId() ?? ''];

address.setUrl('/skis');
address.setReferrer(undefined);
links.decorate(({ hostname }) => hostname === 'b.example');
orders.track({ orderId: 'o', total: 5, entities: [], priority: 'high' });
orders.trackItem({ orderId: 'o', sku: 's', price: 5, quantity: 1 });
visits.setTimes(undefined);
signs.heed({ optOutCookie: null });
const consent = createConsent({ purposes: ['maps'] });
export const receipts: ErasureReceipt[] = [];
const asks = erasure({ schema: undefined, onReceipt: (receipt) => void receipts.push(receipt) });
const heeding = createTracker({ collector: 'https://collector.example.com', consent, features: [asks, erasure()] });
heeding.trackStructured({ category: 'map', action: 'zoom', purpose: 'maps' });
createTracker({ collector: 'https://collector.example.com', consent: undefined });
const action: FirewallAction = 'hash';
const firewall: FirewallRules = {
  urls: { parameters: { code: 'keep', '*': action }, paths: { '/users/*': 'mask' }, fragment: 'drop', emails: 'mask' },
  page: { tokens: 'keep' },
  referrer: {},
  links: undefined,
  titles: { jwts: 'drop', cards: undefined },
  texts: { tokens: 'hash' },
};
for (const rules of [firewall, 'safe', 'off', undefined] as const)
  createTracker({ collector: 'https://collector.example.com', firewall: rules });
const counted: FullStats = tracker.stats();
export const redacted: number = counted.redacted.dropped + counted.redacted.masked + counted.redacted.hashed;
export const later: Promise<FullStats> = tracker.flush();
export const stop: () => void = trackPageViews(tracker);
