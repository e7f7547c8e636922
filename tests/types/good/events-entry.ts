// Events of `piste/events`: what a site writes.
import { createTracker, type SelfDescribingEvent } from 'piste';
import {
  adClick,
  changeForm,
  consentDocument,
  consentWithdrawn,
  linkClick,
  screenView,
  type LinkClick,
} from 'piste/events';

const tracker = createTracker({ collector: 'https://collector.example.com' });
const click: LinkClick = { targetUrl: 'https://shop.example/', elementId: undefined, elementClasses: null };
const event: SelfDescribingEvent = linkClick(click, { priority: 'high', entities: [] });
tracker.trackSelfDescribing(event);
tracker.trackSelfDescribing(screenView({ name: 'home' }));
tracker.trackSelfDescribing(adClick({ targetUrl: 't', costModel: 'cpc', cost: 0.5 }));
tracker.trackSelfDescribing(changeForm({ formId: 'f', elementId: 'e', nodeName: 'SELECT', value: null }));
tracker.trackSelfDescribing(consentWithdrawn({ id: '1', version: '2', all: true }));
tracker.trackPageView({ entities: [consentDocument({ id: '1', version: '2' })] });
