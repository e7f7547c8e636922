// Everything that a site can say to the default entry. Compiles without the types of the DOM and of Node.
import { createTracker, version } from 'piste';
import type { Consent } from 'piste/consent';

declare const consent: Consent;

const tracker = createTracker({
  collector: 'https://collector.example',
  appId: 'shop',
  namespace: 'main',
  platform: 'web',
  method: 'post',
  postPath: '/p/events',
  base64: false,
  serverAnonymisation: true,
  webPage: true,
  pagePings: { minimumVisitSeconds: 10, heartbeatSeconds: 10 },
  storage: 'local',
  identity: 'cookie',
  anonymous: 'session',
  sessionEntity: false,
  sessionTimeoutSeconds: 1800,
  userLifetimeSeconds: 63_072_000,
  cookies: { domain: 'shop.example', path: '/', prefix: '_sp_', sameSite: 'Lax', secure: true },
  consent,
  credentials: 'same-origin',
  headers: { Authorization: 'Bearer token' },
  maxBatchBytes: 40_000,
  batchWaitMs: 0,
  requestTimeoutMs: 5000,
  onProblem: ({ code, during, detail }) => void [code.toFixed(), during.length, detail],
  onSession: ({ userId, sessionId, sessionIndex, eventIndex }) =>
    void [userId?.length, sessionId.length, sessionIndex + eventIndex],
});

tracker.trackPageView();
tracker.trackPageView({
  title: 'Skis',
  entities: [{ schema: 'iglu:com.acme/user/jsonschema/1-0-0', data: { id: 1 } }],
});
tracker.trackStructured({ category: 'cart', action: 'add' });
tracker.trackStructured({
  category: 'cart',
  action: 'add',
  label: 'ski',
  property: 'red',
  value: 1.5,
  trueTimestamp: 1,
});
tracker.trackSelfDescribing({ schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: { step: 1 }, deviceTimestamp: 1 });
tracker.track({ type: 'page_view', title: 'Skis' });
tracker.track({ type: 'structured', category: 'cart', action: 'add' });
tracker.track({ type: 'self_describing', schema: 'iglu:com.acme/step/jsonschema/1-0-0', data: [1, 2] });
tracker.track({ type: 'page_ping', minX: 0, maxX: 0, minY: 0, maxY: 900 });
tracker.setUserId('ann');
tracker.setUserId(null);
tracker.setUserId(undefined);
tracker.newSession();
tracker.setAnonymous(true);
tracker.setAnonymous('session');
tracker.setAnonymous(false);
tracker.forgetVisitor();
tracker.forgetVisitor({});
tracker.forgetVisitor({ session: true, user: false });

export const visitor: string | undefined = tracker.session()?.userId;

export async function leave(): Promise<number> {
  const { accepted, restored, delivered, pending, rejected, dropped, inFlight, failures } = await tracker.flush();
  const lost = (rejected['400'] ?? 0) + (dropped.queue_full ?? 0);
  const isRunning: boolean = tracker.stats().engine === 'wasm' && tracker.stats().retryInMs === 0;
  tracker.close();
  return accepted - restored - delivered - pending - lost - inFlight - failures - (isRunning ? 1 : 0);
}

export const named: string = version;
